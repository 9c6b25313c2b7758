package delivery.layout;

import java.util.List;

/**
 * A finding about one item of a delivery.
 *
 * @param value      in words; empty if nothing was found
 * @param reason     the evidence for it, or why it is not known
 * @param candidates the candidates, where several things fit
 */
public record Finding(Item item, State state, String value, String reason, List<String> candidates) {

    public enum State {
        /** One thing fits. */
        FOUND,
        /** A setting names it. */
        SET,
        /** Several things fit, and somebody has to say which. */
        AMBIGUOUS,
        /** Nothing fits. */
        MISSING,
        /** The delivery has no such thing, and needs none. */
        NONE,
        /** It exists, and prevents something from working. */
        FAULT,
        /** Only a rendered copy shows whether it works. */
        OPEN
    }

    public Finding {
        candidates = List.copyOf(candidates);
    }

    public static Finding found(Item item, String value, String reason) {
        return new Finding(item, State.FOUND, value, reason, List.of());
    }

    static Finding set(Item item, String value, String setting) {
        return new Finding(item, State.SET, value, "set by " + setting, List.of());
    }

    static Finding ambiguous(Item item, List<String> candidates, String reason) {
        return new Finding(item, State.AMBIGUOUS, "", reason, candidates);
    }

    static Finding missing(Item item, String reason) {
        return new Finding(item, State.MISSING, "", reason, List.of());
    }

    public static Finding none(Item item, String value, String reason) {
        return new Finding(item, State.NONE, value, reason, List.of());
    }

    public static Finding fault(Item item, String value, String reason) {
        return new Finding(item, State.FAULT, value, reason, List.of());
    }

    static Finding open(Item item, String value, String reason) {
        return new Finding(item, State.OPEN, value, reason, List.of());
    }

    public boolean isKnown() {
        return state != State.AMBIGUOUS && state != State.MISSING;
    }

    /** The setting to give, with its candidates; empty if the item is known or no setting changes it. */
    public String question() {
        if (isKnown() || item.setting().isEmpty()) {
            return "";
        }
        return candidates.isEmpty() ? "set " + item.setting()
                : "set " + item.setting() + " to one of " + String.join(", ", candidates);
    }

    /** In one sentence: "value of the tag: image.tag, as it is the live image's tag beside its repository". */
    public String sentence() {
        String head = switch (state) {
            case AMBIGUOUS -> "not clear: " + String.join(" or ", candidates);
            case MISSING -> "not found";
            default -> value;
        };
        String question = question();
        return item + ": " + head + (reason.isEmpty() ? "" : " (" + reason + ")")
                + (question.isEmpty() ? "" : "; " + question);
    }
}
