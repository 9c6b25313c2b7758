package delivery.steps;

/** Which version of a scenario's is meant. */
public enum Age {
    /** The one that the user's own Application deploys. */
    OLD,
    /** The one after it. */
    NEW,
    /** The one after that. */
    NEWER
}
