package delivery.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The text of a feature file.
 *
 * @param file path of the file
 * @param raw  its unchanged content
 */
record FeatureText(Path file, String raw) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Reads a file; if it is not valid text, a finding is added. */
    static FeatureText read(Path file, List<Finding> findings) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return new FeatureText(file, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notUtf8) {
            findings.add(Finding.meaning(file, lineOf(bytes), "this line is not in UTF-8",
                    "save the file as UTF-8, and see whether its letters are the ones that you meant"));
            return new FeatureText(file, "");
        }
    }

    /** Returns the line of the first byte that is not valid UTF-8. */
    private static int lineOf(byte[] bytes) {
        int line = 1;
        int begin = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                if (new String(bytes, begin, end - begin, StandardCharsets.UTF_8).indexOf('\uFFFD') >= 0) {
                    return line;
                }
                begin = end + 1;
                line++;
            }
        }
        return line;
    }

    /** Returns the text without invisible characters: a byte order mark, carriage returns. */
    String text() {
        String text = hasByteOrderMark() ? raw.substring(1) : raw;
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    boolean hasByteOrderMark() {
        return raw.startsWith(BYTE_ORDER_MARK);
    }

    boolean hasCarriageReturns() {
        return raw.indexOf('\r') >= 0;
    }

    /** Returns the lines without their endings. */
    List<String> lines() {
        return List.of(text().split("\n", -1));
    }

    /** Returns the number of the first line that contains a text; empty if none does. */
    Optional<Integer> first(String text) {
        List<String> lines = lines();
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).contains(text)) {
                return Optional.of(index + 1);
            }
        }
        return Optional.empty();
    }
}
