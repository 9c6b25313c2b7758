package delivery.chart;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A step of a canary release, as the chart's values have it. */
public sealed interface CanaryStep {

    /** The canary gets this share of the traffic, in percent. */
    record SetWeight(int percent) implements CanaryStep {
    }

    /** The release waits: so long, or until a person promotes it. */
    record Pause(Optional<Duration> duration) implements CanaryStep {
    }

    /** The canary is judged by these templates' analysis. */
    record Analysis(List<String> templates) implements CanaryStep {

        public Analysis {
            templates = List.copyOf(templates);
        }
    }

    /** A step of another kind. */
    record Other(String kind) implements CanaryStep {
    }
}
