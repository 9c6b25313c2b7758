package delivery.settings;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The place of the version in an image.
 *
 * @param file    absolute path in the image
 * @param pattern has one group, which matches the version
 */
public record VersionLine(String file, Pattern pattern) {

    private static final String EXAMPLE = "; write one such as /app/version.py:VERSION = \"(.*)\"";

    /** @throws IllegalArgumentException if it is not {@code FILE:EXPRESSION} with an absolute path and one group */
    static VersionLine parse(String text) {
        int colon = text.indexOf(':');
        if (!text.startsWith("/") || colon < 2 || text.substring(0, colon).matches(".*//.*|.*/\\.{1,2}/.*|.*/")) {
            throw new IllegalArgumentException("does not begin with the absolute path of a file in the image and a"
                    + " colon" + EXAMPLE);
        }
        try {
            Pattern pattern = Pattern.compile(text.substring(colon + 1), Pattern.MULTILINE);
            if (pattern.matcher("").groupCount() == 1) {
                return new VersionLine(text.substring(0, colon), pattern);
            }
        } catch (PatternSyntaxException invalid) {
            throw new IllegalArgumentException("has no regular expression after the file: " + invalid.getDescription()
                    + EXAMPLE, invalid);
        }
        throw new IllegalArgumentException("does not have one group, which matches the version" + EXAMPLE
                + ", with (?:…) for other groups");
    }

    @Override
    public String toString() {
        return file + ":" + pattern;
    }
}
