package delivery.chart;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A step of a canary release, as the chart's values or the Rollout have it. */
public sealed interface CanaryStep {

    /** The canary gets this share of the traffic, in percent. */
    record SetWeight(int percent) implements CanaryStep {

        @Override
        public String toString() {
            return "setWeight " + percent;
        }
    }

    /** The release waits: so long, or until a person promotes it. */
    record Pause(Optional<Duration> duration) implements CanaryStep {

        @Override
        public String toString() {
            return duration.map(time -> "pause of " + time.toSeconds() + " s").orElse("pause");
        }
    }

    /** The canary is judged by these templates' analysis. */
    record Analysis(List<String> templates) implements CanaryStep {

        public Analysis {
            templates = List.copyOf(templates);
        }

        @Override
        public String toString() {
            return "analysis";
        }
    }

    /**
     * The canary's pods are no longer counted by its weight.
     *
     * @param replicas so many pods; empty where they are a share
     * @param weight   so many percent of the release's replicas; both are empty where the traffic's weight counts again
     */
    record SetCanaryScale(OptionalInt replicas, OptionalInt weight) implements CanaryStep {

        @Override
        public String toString() {
            return "setCanaryScale";
        }
    }

    /** A step of another kind. */
    record Other(String kind) implements CanaryStep {

        @Override
        public String toString() {
            return kind;
        }
    }

    /** Percent that it sets the canary's weight to; empty if it does not. */
    default OptionalInt setsWeight() {
        return this instanceof SetWeight weight ? OptionalInt.of(weight.percent()) : OptionalInt.empty();
    }
}
