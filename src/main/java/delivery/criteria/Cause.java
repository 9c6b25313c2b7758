package delivery.criteria;

/** The cause of a verdict. */
public enum Cause {
    /** The criterion itself was judged. */
    CRITERION(""),
    /** The environment cannot support the proof. */
    ENVIRONMENT("environment problem: "),
    /** The suite itself failed. */
    SUITE("internal error in the suite: "),
    /** Nobody asked for a proof, or the request for it was wrong. */
    SELECTION(""),
    /** The delivery does not have the feature that the criterion covers. */
    DELIVERY("");

    private final String origin;

    Cause(String origin) {
        this.origin = origin;
    }

    /** Prefix of the reason of a criterion that was not run; may be empty. */
    public String origin() {
        return origin;
    }
}
