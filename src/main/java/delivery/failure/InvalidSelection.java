package delivery.failure;

/** What was asked for cannot be run: the features or the tags are wrong. The message says where, and what to do. */
public final class InvalidSelection extends WrongInput {

    private static final long serialVersionUID = 1L;

    public InvalidSelection(String message) {
        // Where in the code it was found says nothing to who is to mend the features.
        super(message, false);
    }
}
