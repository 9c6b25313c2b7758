package delivery.failure;

/** A criterion cannot be proved with the steps of a canary. The message says which step, and what to change. */
public final class UnmeasurableSteps extends WrongInput {

    private static final long serialVersionUID = 1L;

    public UnmeasurableSteps(String what) {
        super("The criterion cannot be proved with the steps of the canary: " + what);
    }
}
