package delivery.failure;

/** The selection cannot be run, because the features or the tags are wrong. The message says where, and what to do. */
public final class InvalidSelection extends WrongInput {

    private static final long serialVersionUID = 1L;

    public InvalidSelection(String message) {
        // A stack trace does not help a person who edits features.
        super(message, false);
    }
}
