package delivery.failure;

/** The steps of a canary do not let a criterion be proved. The message says which step, and what to change. */
public final class UnmeasurableSteps extends WrongInput {

    private static final long serialVersionUID = 1L;

    public UnmeasurableSteps(String what) {
        super("The steps of the canary do not let the criterion be proved: " + what);
    }
}
