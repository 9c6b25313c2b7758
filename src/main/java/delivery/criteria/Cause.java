package delivery.criteria;

/** What a verdict comes from. */
public enum Cause {
    /** What the criterion asks for was judged. */
    CRITERION(""),
    /** The environment cannot carry the proof. */
    ENVIRONMENT("environment problem: "),
    /** The suite itself failed. */
    SUITE("internal error in the suite: "),
    /** Nobody asked for a proof, or asked for it wrongly. */
    SELECTION(""),
    /** The delivery does not have what the criterion speaks of. */
    DELIVERY("");

    private final String origin;

    Cause(String origin) {
        this.origin = origin;
    }

    /** Stands before the reason of a criterion that was not run; may be empty. */
    public String origin() {
        return origin;
    }
}
