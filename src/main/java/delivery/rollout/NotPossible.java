package delivery.rollout;

/** The release does not let a person do what is to be done: that is a finding about the delivery, as any other. */
public final class NotPossible extends AssertionError {

    private static final long serialVersionUID = 1L;

    public NotPossible(String what) {
        super(what);
    }
}
