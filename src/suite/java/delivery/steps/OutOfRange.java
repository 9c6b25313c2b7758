package delivery.steps;

/** A number in a feature that makes no sense there. The message names it and what is possible. */
public final class OutOfRange extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String possible;

    /**
     * @param written  what the feature has: "2000000 requests"
     * @param possible what it may have: "1 to 100000"
     */
    OutOfRange(String written, String possible) {
        super("\"" + written + "\" is not possible: " + possible);
        this.possible = possible;
    }

    /** What may be written instead. */
    public String possible() {
        return possible;
    }
}
