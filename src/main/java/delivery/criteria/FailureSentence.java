package delivery.criteria;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The message of a failed assertion as one sentence with both values. AssertJ lays its messages out over many lines, of
 * which the first tells neither; any other message stays as it is.
 */
public final class FailureSentence {

    private static final Pattern DESCRIPTION = Pattern.compile("\\A\\s*\\[(.*)] *\\R");
    private static final Pattern EQUAL = Pattern.compile("\\Aexpected: (.*?)\\R but was: (.*)\\z", Pattern.DOTALL);
    private static final Pattern ACTUAL =
            Pattern.compile("\\AExpecting(?: \\w+)? ?:\\R(.*?)\\R(?=(?:not )?to |and |but )(.*)\\z", Pattern.DOTALL);
    private static final Pattern BUT_WAS = Pattern.compile(
            "\\AExpect(?:ing|ed)(?: value)? (.*?),? but was:? (.*)\\z", Pattern.DOTALL);
    private static final Pattern DETAIL = Pattern.compile("\\R(?:but )(.*)\\z", Pattern.DOTALL);

    /** AssertJ's way to write a Duration. */
    private static final Pattern SECONDS = Pattern.compile("(?<!\\w)(\\d+(?:\\.\\d+)?)S(?!\\w)");

    private FailureSentence() {
    }

    /**
     * The message in one line if AssertJ wrote it, with what it was about first: "pods of the old version: expected 3
     * but was 2".
     */
    public static String of(String message) {
        Matcher described = DESCRIPTION.matcher(message);
        String about = "";
        String rest = message.strip();
        if (described.find()) {
            about = described.group(1).strip() + ": ";
            rest = message.substring(described.end()).strip();
        }
        if (!rest.startsWith("Expect") && !EQUAL.matcher(rest).matches()) {
            return message;
        }
        return about.isEmpty() && !isLaidOut(rest) ? message : about
                + SECONDS.matcher(sentence(rest)).replaceAll("$1 s");
    }

    private static boolean isLaidOut(String text) {
        return text.startsWith("Expecting ") || EQUAL.matcher(text).matches();
    }

    private static String sentence(String text) {
        Matcher equal = EQUAL.matcher(text);
        if (equal.matches()) {
            return "expected " + line(equal.group(1)) + " but was " + line(equal.group(2));
        }
        Matcher actual = ACTUAL.matcher(text);
        if (actual.matches()) {
            Matcher detail = DETAIL.matcher(actual.group(2));
            boolean more = detail.find();
            String wanted = more ? actual.group(2).substring(0, detail.start()) : actual.group(2);
            return "expected " + line(wanted) + " but was " + line(actual.group(1))
                    + (more && !detail.group(1).equals("did not.") ? " (" + line(detail.group(1)) + ")" : "");
        }
        Matcher butWas = BUT_WAS.matcher(text);
        if (butWas.matches()) {
            return "expected " + line(butWas.group(1)).replaceFirst("^size: ", "a size of ") + " but was "
                    + line(butWas.group(2));
        }
        return "expected " + line(text.replaceFirst("\\AExpect(?:ing|ed) ", ""));
    }

    /** In one line. A colon at a line's end only leads to the value in the next one. */
    private static String line(String text) {
        List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.stream().map(line -> line.endsWith(":") && lines.size() > 1
                ? line.substring(0, line.length() - 1) : line).collect(Collectors.joining(" "));
    }
}
