package delivery.steps;

/** The role of a version in a scenario. */
public enum VersionRole {
    /** The version that the user's own Application deploys. */
    OLD,
    /** The version after the old one. */
    NEW,
    /** The version after the new one. */
    NEWER
}
