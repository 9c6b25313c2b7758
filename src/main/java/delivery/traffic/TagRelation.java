package delivery.traffic;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the tag of an image and what its application answers relate: {@code v0.2.1} answers {@code 0.2.1}. One of the two
 * is the other with something before or after it, or they are equal.
 *
 * @param before what the tag has before the answer, or the answer before the tag
 * @param after  what the tag has after the answer
 * @param longer whether it is the answer that has more
 */
public record TagRelation(String before, String after, boolean longer) {

    private static final Pattern NUMBER = Pattern.compile("^[vV]?(\\d+\\.\\d+(?:\\.\\d+)*)(?!\\w)");

    /** A version answers with its tag. */
    public static final TagRelation EQUAL = new TagRelation("", "", false);

    /** Learnt from one version; empty if they have nothing to do with each other: a commit's hash answers a number. */
    public static Optional<TagRelation> between(String tag, String answer) {
        if (tag.equals(answer)) {
            return Optional.of(EQUAL);
        }
        return affixes(tag, answer, false)
                // What an answer has after the tag is another at each build.
                .or(() -> affixes(answer, tag, true).filter(relation -> relation.after().isEmpty()));
    }

    /** Whether both begin with the same number: they speak of one version, though nothing follows from that. */
    static boolean isNear(String tag, String answer) {
        Matcher one = NUMBER.matcher(tag);
        Matcher other = NUMBER.matcher(answer);
        return one.find() && other.find() && one.group(1).equals(other.group(1));
    }

    /** What a version of this tag answers; empty if its tag is not of the form of the one that was learned from. */
    public Optional<String> answer(String tag) {
        if (longer) {
            return Optional.of(before + tag);
        }
        boolean fits = tag.length() > before.length() + after.length() && tag.startsWith(before) && tag.endsWith(after);
        return fits ? Optional.of(tag.substring(before.length(), tag.length() - after.length())) : Optional.empty();
    }

    /** In a sentence, with what the tag is called: "its tag without its v". */
    public String words(String tag) {
        if (equals(EQUAL)) {
            return tag;
        }
        return longer ? tag + " with " + before + " before it"
                : tag + " without its "
                        + (after.isEmpty() ? before : before.isEmpty() ? after : before + " and " + after);
    }

    private static Optional<TagRelation> affixes(String whole, String part, boolean longer) {
        int at = whole.indexOf(part);
        if (part.isEmpty() || at < 0 || whole.indexOf(part, at + 1) >= 0) {
            return Optional.empty();
        }
        String before = whole.substring(0, at);
        String after = whole.substring(at + part.length());
        boolean ofItsOwn = (before.isEmpty() || before.matches("(?:.*[^\\w.])?v|.*[^\\w.]"))
                && (after.isEmpty() || after.matches("[^\\w.].*"));
        return ofItsOwn ? Optional.of(new TagRelation(before, after, longer)) : Optional.empty();
    }
}
