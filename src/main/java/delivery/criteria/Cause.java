package delivery.criteria;

/** Where a verdict comes from. */
public enum Cause {
    /** The criterion itself was judged. */
    CRITERION,
    /** The environment could not carry the proof. */
    ENVIRONMENT,
    /** The suite is at fault. */
    SUITE,
    /** No scenario was asked to judge it: the selection or the feature files decide that. */
    SELECTION
}
