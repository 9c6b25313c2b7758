package delivery.task;

import java.util.regex.Pattern;

/** Text of any origin, made safe to show as nothing but text in one line of Markdown. */
final class Plain {

    /** Line breaks of every kind, and control characters that a terminal or an editor would obey. */
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");
    /** Marks that change the direction of writing, and lone surrogates. */
    private static final Pattern UNFIT = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069\\p{Cs}]");
    private static final Pattern MEANING = Pattern.compile("[\\\\`*_\\[\\]~|$]");

    private Plain() {
    }

    static String line(String text) {
        return UNFIT.matcher(BREAKS.matcher(text).replaceAll(" ")).replaceAll("\uFFFD").strip();
    }

    /** Returns the same as {@link #line(String)}, with each special character of Markdown or HTML escaped. */
    static String escaped(String text) {
        String entities = line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return MEANING.matcher(entities).replaceAll("\\\\$0");
    }

    /** Returns the same as {@link #line(String)}, truncated with a mark. */
    static String cut(int longest, String text) {
        String line = line(text);
        return line.codePointCount(0, line.length()) <= longest ? line
                : line.substring(0, line.offsetByCodePoints(0, longest - 1)).strip() + "…";
    }
}
