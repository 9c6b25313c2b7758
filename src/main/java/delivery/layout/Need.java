package delivery.layout;

/** What a criterion needs from a delivery. */
public enum Need {
    /** A release can be made beside the live one. */
    COPY,
    /** Users can see which version answers them. */
    VERSION,
    BLUE_GREEN,
    CANARY,
    /** One release changes from one strategy to the other. */
    STRATEGY_CHANGE,
    /** A release waits until a person promotes it. */
    PERSON,
    ANALYSIS,
    /** A version that the delivery's own analysis refuses. */
    FAULTY_VERSION,
    /** What was undone in the cluster alone stays so. */
    LASTING_UNDO
}
