package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.chart.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An AnalysisRun at one moment.
 *
 * @param type       why it was made: {@code Step}, {@code Background}, {@code PrePromotion}, {@code PostPromotion}
 * @param terminated whether it was told to end: it is then Successful without having measured anything
 * @param planned    seconds that its measurements take at least, by its own numbers; 0 where they set no end
 * @param completed  when it ended, to the second; empty if it has not, or does not tell
 */
public record AnalysisRunState(String name, String hash, String type, String phase, String message, boolean terminated,
        List<Metric> metrics, long planned, Optional<ServerTime> completed) {

    private static final String POST_PROMOTION = "PostPromotion";

    /**
     * What it measured of one metric.
     *
     * @param counted measurements that were judged; one that could not be taken is none
     * @param dryRun  whether it is only told: whatever it measures, it fails no release
     */
    public record Metric(String name, String phase, int counted, int successful, int failed, int errors,
            boolean dryRun, List<Measurement> measurements) {
    }

    /** One measurement: what was judged, and how. */
    public record Measurement(String phase, String value, String message) {
    }

    public static AnalysisRunState parse(JsonNode object) {
        JsonNode status = object.path("status");
        List<Metric> metrics = status.path("metricResults").valueStream().map(metric -> new Metric(
                metric.path("name").asText(""), metric.path("phase").asText(""), metric.path("count").asInt(),
                metric.path("successful").asInt(), metric.path("failed").asInt(), metric.path("error").asInt(),
                metric.path("dryRun").asBoolean(), metric.path("measurements").valueStream().map(measurement ->
                        new Measurement(measurement.path("phase").asText(""), measurement.path("value").asText(""),
                                measurement.path("message").asText(""))).toList())).toList();
        JsonNode labels = object.path("metadata").path("labels");
        return new AnalysisRunState(object.path("metadata").path("name").asText(""),
                labels.path(ReplicaSetState.HASH_LABEL).asText(""), labels.path("rollout-type").asText(""),
                status.path("phase").asText("Pending"), status.path("message").asText(""),
                object.path("spec").path("terminate").asBoolean(), metrics,
                planned(object.path("spec")), ServerTime.parse(status.path("completedAt").asText("")));
    }

    private static long planned(JsonNode spec) {
        Duration longest = Duration.ZERO;
        for (JsonNode metric : spec.path("metrics")) {
            Duration interval = GoDuration.parse(metric.path("interval").asText("")).orElse(Duration.ZERO);
            Duration all = GoDuration.parse(metric.path("initialDelay").asText("")).orElse(Duration.ZERO)
                    .plus(interval.multipliedBy(Math.max(0, metric.path("count").asInt() - 1)));
            longest = all.compareTo(longest) > 0 ? all : longest;
        }
        return longest.toSeconds();
    }

    /** Whether it judges what users are served after they were switched: until it has passed, the release goes on. */
    boolean isPostPromotion() {
        return type.equals(POST_PROMOTION);
    }

    /**
     * Whether it judges this very revision: the controller names it ROLLOUT-HASH-REVISION, with more after that, and a
     * hash that comes back with an undo has runs of its earlier revisions.
     */
    public boolean isOf(ReplicaSetState canary) {
        return hash.equals(canary.hash())
                && (name + "-").contains("-" + canary.hash() + "-" + canary.revision() + "-");
    }

    public boolean ended() {
        return List.of("Successful", "Failed", "Error", "Inconclusive").contains(phase);
    }

    /** How many measurements were judged, of all metrics. */
    public int counted() {
        return metrics.stream().mapToInt(Metric::counted).sum();
    }

    /** Which metrics are only told, in words that go on a sentence; empty if all count. */
    public String dryRun() {
        String names = metrics.stream().filter(Metric::dryRun).map(Metric::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " (dryRun: metric " + names + " never fails a release, whatever it measures)";
    }

    /**
     * Why it judged nothing that the canary answered, in a sentence; empty if it did.
     *
     * @param answer what the canary's version answers
     */
    public Optional<String> complaint(String answer) {
        // One that was told to end is successful without having measured anything.
        if (terminated) {
            return Optional.of("The analysis was told to end before it had judged the canary: " + summary());
        }
        if (counted() == 0) {
            return Optional.of("The analysis judged no measurement: " + summary());
        }
        return metrics.stream().anyMatch(metric -> !metric.dryRun() && metric.measurements().stream()
                        .anyMatch(measurement -> measurement.value().contains(answer))) ? Optional.empty()
                : Optional.of("No metric that can fail the release measured what the canary answers, " + answer
                        + dryRun() + ": " + summary());
    }

    /**
     * Why it is not the analysis that was to end like this, in a sentence; empty if it is.
     *
     * @param ended  its phase: {@code Successful} or {@code Failed}
     * @param answer what the canary's version answers
     */
    public Optional<String> complaint(String ended, String answer) {
        return complaint(answer).or(() -> phase.equals(ended) ? Optional.empty()
                : Optional.of("The analysis is " + phase + ", expected: " + ended + dryRun() + ": " + summary()));
    }

    /** How it ended: "Failed, metric version 0 successful and 1 failed". */
    public String outcome() {
        return phase + metrics.stream().map(metric -> ", metric " + metric.name() + " " + metric.successful()
                + " successful and " + metric.failed() + " failed").collect(Collectors.joining());
    }

    /** It in one line. */
    public String summary() {
        return name + ": " + phase + (message.isEmpty() ? "" : " (" + message + ")") + metrics.stream()
                .map(metric -> ", " + metric.name() + (metric.dryRun() ? " (dryRun)" : "") + " "
                        + metric.successful() + " successful, " + metric.failed()
                        + " failed, " + metric.errors() + " not measured: " + metric.measurements().stream()
                        .map(measurement -> measurement.value().isEmpty() ? measurement.message() : measurement.value())
                        .distinct().collect(Collectors.joining(" | ")))
                .collect(Collectors.joining());
    }
}
