package delivery.layout;

/** A need that a criterion may have of a delivery. */
public enum Need {
    /** A release can be made next to the live one. */
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
    /** An undo that is made only in the cluster lasts. */
    LASTING_UNDO,
    /** A new version is released by a change of the Application. */
    APPLICATION_UPDATE,
    /** Argo CD finds that an undone release differs from what the Application asks for. */
    DIFFERING_UNDO
}
