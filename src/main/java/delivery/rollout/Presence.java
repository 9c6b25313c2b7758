package delivery.rollout;

/** Whether the namespace of the live release has an object. */
public enum Presence {
    /** It was put there by hand: nothing puts it into a new namespace. */
    BY_HAND,
    /** Something made it that may make it here too. */
    MADE,
    MISSING,
    UNKNOWN
}
