package delivery.chart;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A step of a canary release, from the chart's values or the Rollout. */
public sealed interface CanaryStep {

    /** Gives the canary this share of the traffic, in percent. */
    record SetWeight(int percent) implements CanaryStep {

        @Override
        public String toString() {
            return "setWeight " + percent;
        }
    }

    /** Makes the release wait for this time or, without one, until a person promotes it. */
    record Pause(Optional<Duration> duration) implements CanaryStep {

        @Override
        public String toString() {
            return duration.map(time -> "pause of " + time.toSeconds() + " s").orElse("pause");
        }
    }

    /** Judges the canary by these analysis templates; dryRun lists metrics, or patterns, that never fail it. */
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
     * Sets the number of the canary's pods independently of its weight.
     *
     * @param replicas number of pods; empty if they are given as a share
     * @param weight   percent of the release's replicas; both are empty if the pods follow the traffic's weight again
     */
    record SetCanaryScale(OptionalInt replicas, OptionalInt weight) implements CanaryStep {

        @Override
        public String toString() {
            return "setCanaryScale" + (replicas.isPresent() ? " " + replicas.getAsInt() + " replicas"
                    : weight.isPresent() ? " " + weight.getAsInt() + "%" : " as the traffic");
        }
    }

    /** A step of another kind, with a text that is the same for equivalent contents; empty if it has no contents. */
    record Other(String kind, String content) implements CanaryStep {

        /** A step without contents. */
        public Other(String kind) {
            this(kind, "");
        }

        @Override
        public String toString() {
            return kind + (content.isEmpty() ? "" : " " + content);
        }
    }

    /** Percent to which it sets the canary's weight; empty if it does not set it. */
    default OptionalInt setsWeight() {
        return this instanceof SetWeight weight ? OptionalInt.of(weight.percent()) : OptionalInt.empty();
    }
}
