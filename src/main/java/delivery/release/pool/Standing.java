package delivery.release.pool;

import delivery.release.Overrides;
import delivery.rollout.Strategy;

/** The state of a release that no scenario uses, with its overrides of the chart's values. */
public record Standing(Strategy strategy, Stage stage, Overrides overrides) {

    Standing at(Stage other) {
        return new Standing(strategy, other, overrides);
    }

    /** Whether a release in this state is what a scenario asks for. */
    public boolean serves(Situation wanted) {
        boolean there = stage == wanted.stage() || wanted.stage() == Stage.STABLE && stage.atRest();
        return there && strategy == wanted.strategy() && overrides.equals(wanted.overrides());
    }
}
