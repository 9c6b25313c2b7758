package delivery.failure;

/** The delivery does not have what a scenario speaks of: neither a failure nor a proof. */
public final class NotApplicable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what the delivery lacks, in one sentence */
    public NotApplicable(String reason) {
        super(reason, null, false, false);
    }
}
