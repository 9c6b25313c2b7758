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

    /** The canary is judged by these templates' analysis; dryRun are metrics, or patterns, that never fail it. */
    record Analysis(List<String> templates, List<String> dryRun) implements CanaryStep {

        public Analysis {
            templates = List.copyOf(templates);
            dryRun = List.copyOf(dryRun);
        }

        @Override
        public String toString() {
            return "analysis" + (templates.isEmpty() ? "" : " " + String.join(", ", templates))
                    + (dryRun.isEmpty() ? "" : ", dryRun of " + String.join(", ", dryRun));
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
            return "setCanaryScale" + (replicas.isPresent() ? " " + replicas.getAsInt() + " replicas"
                    : weight.isPresent() ? " " + weight.getAsInt() + "%" : " as the traffic");
        }
    }

    /** A step of another kind, with a text that is the same for what means the same; empty if it says nothing. */
    record Other(String kind, String content) implements CanaryStep {

        /** One that says nothing. */
        public Other(String kind) {
            this(kind, "");
        }

        @Override
        public String toString() {
            return kind + (content.isEmpty() ? "" : " " + content);
        }
    }

    /** Percent that it sets the canary's weight to; empty if it does not. */
    default OptionalInt setsWeight() {
        return this instanceof SetWeight weight ? OptionalInt.of(weight.percent()) : OptionalInt.empty();
    }
}
