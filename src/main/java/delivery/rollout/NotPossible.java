package delivery.rollout;

/** The release does not allow an action that a person must be able to take: a finding about the delivery. */
public final class NotPossible extends AssertionError {

    private static final long serialVersionUID = 1L;

    public NotPossible(String what) {
        super(what);
    }
}
