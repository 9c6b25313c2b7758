package delivery.waiting;

/** What was expected is not so. The message says what was expected, what was seen, when, and how to look. */
public final class NotMet extends AssertionError {

    private static final long serialVersionUID = 1L;

    NotMet(String message) {
        super(message);
    }
}
