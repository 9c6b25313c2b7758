package delivery.steps;

/** Which version of a scenario's is meant. */
public enum VersionRole {
    /** The one that the user's own Application deploys. */
    OLD,
    /** The one after it. */
    NEW,
    /** The one after that. */
    NEWER
}
