package delivery.failure;

/** The delivery does not have the feature that a scenario is about: neither a failure nor a proof. */
public final class NotApplicable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what the delivery lacks, in one sentence */
    public NotApplicable(String reason) {
        super(reason, null, false, false);
    }
}
