package delivery.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** The output of {@code make layout} with some settings, and its exit code. */
record ShownLayout(int code, String said) {

    private static final Pattern END = Pattern.compile("(?s).*(?:Nothing can|Most criteria cannot) be proved yet:\n  ");

    static ShownLayout of(Map<String, String> settings) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = LayoutCommand.run(settings, new Properties(), new PrintStream(said, true, StandardCharsets.UTF_8));
        return new ShownLayout(code, said.toString(StandardCharsets.UTF_8));
    }

    /** Returns the last sentence. */
    String sentence() {
        return END.matcher(said).replaceFirst("").replaceFirst("\\nmake layout shows.*", "").strip();
    }
}
