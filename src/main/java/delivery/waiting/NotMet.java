package delivery.waiting;

/** What was expected is not so. The message says what was expected, what was seen, when, and how to look. */
public final class NotMet extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    NotMet(String message, boolean forGood) {
        super(message);
        this.forGood = forGood;
    }

    /**
     * Whether it could not become as expected any more, however long it had been waited. Where it could, the platform
     * may be why it did not in time.
     */
    public boolean isForGood() {
        return forGood;
    }
}
