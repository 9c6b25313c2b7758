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
 * A feature file as text.
 *
 * @param file where it is
 * @param raw  all of it
 */
record FeatureText(Path file, String raw) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Reads a file; what keeps it from being a text is found instead. */
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

    /** Line of the first byte that UTF-8 does not have. */
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

    /** Without what cannot be seen: a byte order mark, carriage returns. */
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

    /** The lines, without their ends. */
    List<String> lines() {
        return List.of(text().split("\n", -1));
    }

    /** Number of the first line that has this, in itself; empty if none has. */
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
