package delivery.release.pool;

import delivery.release.Overrides;
import delivery.rollout.Strategy;

/** Where a release stands that nobody uses, with the overrides of the chart's values that it has. */
public record Standing(Strategy strategy, Stage stage, Overrides overrides) {

    Standing at(Stage other) {
        return new Standing(strategy, other, overrides);
    }

    /** Whether it is what a scenario asks for. */
    public boolean serves(Situation wanted) {
        boolean there = stage == wanted.stage() || wanted.stage() == Stage.STABLE && stage.atRest();
        return there && strategy == wanted.strategy() && overrides.equals(wanted.overrides());
    }
}
