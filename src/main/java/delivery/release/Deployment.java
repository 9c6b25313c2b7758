package delivery.release;

import delivery.rollout.Strategy;

/** A version that a release was asked for, and the strategy that it was released by. */
record Deployment(Version version, Strategy strategy) {
}
