package delivery.waiting;

/** An expectation was not met. The message says what was expected, what was seen and when, and where to look. */
public final class NotMet extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    NotMet(String message, boolean forGood) {
        super(message);
        this.forGood = forGood;
    }

    /**
     * Whether the expectation could no longer be met, however long the wait. If it could, the platform may be the
     * reason why it was not met in time.
     */
    public boolean isForGood() {
        return forGood;
    }
}
