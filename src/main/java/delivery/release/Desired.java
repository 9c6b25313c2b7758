package delivery.release;

import delivery.rollout.Strategy;

/** The desired state of a release, independent of how it is delivered. The overrides apply to the chart's values. */
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
