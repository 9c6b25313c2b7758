package delivery.text;

/** The labels that mark what runs make, so that it can be found and removed again. */
public final class OwnershipLabels {

    /** Value of {@link #MANAGED_BY}, and the name under which the suite writes to the cluster. */
    public static final String OWNER = "progressive-delivery-acceptance";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** Has the id of the run. */
    public static final String RUN = "delivery.acceptance/run";

    /** Selects what runs made, in the form that kubectl takes. */
    public static final String SELECTOR = MANAGED_BY + "=" + OWNER;

    private OwnershipLabels() {
    }
}
