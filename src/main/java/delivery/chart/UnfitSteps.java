package delivery.chart;

/** The steps of a canary do not let a criterion be proved. The message says which step, and what to change. */
public final class UnfitSteps extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnfitSteps(String what) {
        super("rollouts.canary.steps: " + what);
    }
}
