package delivery.task;

import java.util.regex.Pattern;

/** Text of any origin, made fit to stand in one line of Markdown as nothing but text. */
final class Plain {

    /** Line breaks of every kind, and what a terminal or an editor would act on. */
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");
    /** Turns the direction of writing; half a character. */
    private static final Pattern UNFIT = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069\\p{Cs}]");
    private static final Pattern MEANING = Pattern.compile("[\\\\`*_\\[\\]~|$]");

    private Plain() {
    }

    static String line(String text) {
        return UNFIT.matcher(BREAKS.matcher(text).replaceAll(" ")).replaceAll("\uFFFD").strip();
    }

    /** As {@link #line(String)}, with every mark that means something to Markdown or HTML shown as it is. */
    static String escaped(String text) {
        String entities = line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return MEANING.matcher(entities).replaceAll("\\\\$0");
    }

    /** As {@link #line(String)}, cut short with a mark. */
    static String cut(int longest, String text) {
        String line = line(text);
        return line.codePointCount(0, line.length()) <= longest ? line
                : line.substring(0, line.offsetByCodePoints(0, longest - 1)).strip() + "…";
    }
}
