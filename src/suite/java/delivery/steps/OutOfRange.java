package delivery.steps;

/** A number in a feature is outside its range. The message names the number and the range. */
public final class OutOfRange extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String possible;

    /**
     * @param written  the text in the feature: "2000000 requests"
     * @param possible the range: "1 to 100000"
     */
    OutOfRange(String written, String possible) {
        super("\"" + written + "\" is not possible: " + possible);
        this.possible = possible;
    }

    /** Returns the values that may be written instead. */
    public String possible() {
        return possible;
    }
}
