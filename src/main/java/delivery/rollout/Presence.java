package delivery.rollout;

/** Whether the namespace of the live release has an object, and how it got there. */
public enum Presence {
    /** It was created by hand, so nothing creates it in a new namespace. */
    BY_HAND,
    /** A program created it, which may also create it in a new namespace. */
    MADE,
    MISSING,
    UNKNOWN
}
