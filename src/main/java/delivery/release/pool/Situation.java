package delivery.release.pool;

import delivery.release.Overrides;
import delivery.rollout.Strategy;

/** The situation of the release that a scenario asks for; from the beginning, if it has to see the first deployment. */
public record Situation(Strategy strategy, Stage stage, Overrides overrides, boolean fromTheBeginning) {

    /** The same situation, on a release that is created for it. */
    public Situation seenFromTheBeginning() {
        return new Situation(strategy, stage, overrides, true);
    }

    /** @throws IllegalArgumentException if the strategy has no such stage */
    public Situation {
        boolean blueGreen = strategy == Strategy.BLUE_GREEN;
        boolean there = switch (stage) {
            case STABLE, PROMOTED -> true;
            case PREVIEW -> blueGreen;
            case LAST_PAUSE -> !blueGreen;
            case PAUSED, UNDER_WAY -> false;
        };
        if (!there) {
            throw new IllegalArgumentException("no scenario can ask for a " + strategy + " release " + stage);
        }
    }
}
