package delivery.failure;

/** The delivery does not have the feature that a scenario covers: neither a failure nor a proof. */
public final class NotApplicable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason feature that the delivery does not have, in one sentence */
    public NotApplicable(String reason) {
        super(reason, null, false, false);
    }
}
