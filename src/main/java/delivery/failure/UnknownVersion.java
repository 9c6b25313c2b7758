package delivery.failure;

/** The version that answers is unknown. The message shows the request, the answer and the setting to give. */
public final class UnknownVersion extends WrongInput {

    private static final long serialVersionUID = 1L;

    public UnknownVersion(String message) {
        super(message);
    }
}
