package delivery.text;

/** The labels of objects that runs create, so that they can be found and removed again. */
public final class OwnershipLabels {

    /** Value of {@link #MANAGED_BY}, and the name under which the suite writes to the cluster. */
    public static final String OWNER = "progressive-delivery-acceptance";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** The id of the run. */
    public static final String RUN = "delivery.acceptance/run";

    /** A kubectl selector for the objects that runs created. */
    public static final String SELECTOR = MANAGED_BY + "=" + OWNER;

    private OwnershipLabels() {
    }
}
