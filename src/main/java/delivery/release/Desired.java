package delivery.release;

import delivery.rollout.Strategy;

/** What is wanted of a release, however it gets there; the overrides are of the chart's values. */
public record Desired(Strategy strategy, Version version, Overrides overrides) {

    Desired with(Version other) {
        return new Desired(strategy, other, overrides);
    }

    Desired with(Strategy other) {
        return new Desired(other, version, overrides);
    }

    Desired with(Overrides other) {
        return new Desired(strategy, version, other);
    }
}
