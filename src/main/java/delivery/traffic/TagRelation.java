package delivery.traffic;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The relation between the tag of an image and the answer of its application: {@code v0.2.1} answers {@code 0.2.1}.
 * Either they are equal, or one of them is the other with something before or after it.
 *
 * @param before prefix that the longer one has
 * @param after  suffix that the tag has
 * @param longer whether the answer is the longer one
 */
public record TagRelation(String before, String after, boolean longer) {

    private static final Pattern NUMBER = Pattern.compile("^[vV]?(\\d+\\.\\d+(?:\\.\\d+)*)(?!\\w)");

    /** A version answers with its tag. */
    public static final TagRelation EQUAL = new TagRelation("", "", false);

    /** Derives the relation from one version; empty if the two are unrelated, such as a commit's hash and a number. */
    public static Optional<TagRelation> between(String tag, String answer) {
        if (tag.equals(answer)) {
            return Optional.of(EQUAL);
        }
        return affixes(tag, answer, false)
                // The suffix of an answer differs with each build.
                .or(() -> affixes(answer, tag, true).filter(relation -> relation.after().isEmpty()));
    }

    /** Whether both begin with the same number and so name one version, although no relation follows from that. */
    static boolean isNear(String tag, String answer) {
        Matcher one = NUMBER.matcher(tag);
        Matcher other = NUMBER.matcher(answer);
        return one.find() && other.find() && one.group(1).equals(other.group(1));
    }

    /** Returns the answer of a version with this tag; empty if the tag does not have the form that was learned. */
    public Optional<String> answer(String tag) {
        if (longer) {
            return Optional.of(before + tag);
        }
        boolean fits = tag.length() > before.length() + after.length() && tag.startsWith(before) && tag.endsWith(after);
        return fits ? Optional.of(tag.substring(before.length(), tag.length() - after.length())) : Optional.empty();
    }

    /** The relation in words, with the tag as it is called: "its tag without its v". */
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
