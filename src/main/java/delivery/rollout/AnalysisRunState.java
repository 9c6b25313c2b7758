package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An AnalysisRun at one moment.
 *
 * @param terminated whether it was told to end: it is then Successful without having measured anything
 */
public record AnalysisRunState(String name, String hash, String phase, String message, boolean terminated,
        List<Metric> metrics) {

    /**
     * What it measured of one metric.
     *
     * @param counted measurements that were judged; one that could not be taken is none
     */
    public record Metric(String name, String phase, int counted, int successful, int failed, int errors,
            List<Measurement> measurements) {
    }

    /** One measurement: what was judged, and how. */
    public record Measurement(String phase, String value, String message) {
    }

    static AnalysisRunState parse(JsonNode object) {
        JsonNode status = object.path("status");
        List<Metric> metrics = new ArrayList<>();
        for (JsonNode metric : status.path("metricResults")) {
            List<Measurement> measurements = new ArrayList<>();
            metric.path("measurements").forEach(measurement -> measurements.add(new Measurement(
                    measurement.path("phase").asText(""), measurement.path("value").asText(""),
                    measurement.path("message").asText(""))));
            metrics.add(new Metric(metric.path("name").asText(""), metric.path("phase").asText(""),
                    metric.path("count").asInt(), metric.path("successful").asInt(), metric.path("failed").asInt(),
                    metric.path("error").asInt(), measurements));
        }
        return new AnalysisRunState(object.path("metadata").path("name").asText(""),
                object.path("metadata").path("labels").path(ReplicaSetState.HASH_LABEL).asText(""),
                status.path("phase").asText("Pending"), status.path("message").asText(""),
                object.path("spec").path("terminate").asBoolean(), metrics);
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

    /** It in one line. */
    public String summary() {
        return name + ": " + phase + (message.isEmpty() ? "" : " (" + message + ")") + metrics.stream()
                .map(metric -> ", " + metric.name() + " " + metric.successful() + " successful, " + metric.failed()
                        + " failed, " + metric.errors() + " not measured: " + metric.measurements().stream()
                        .map(measurement -> measurement.value().isEmpty() ? measurement.message() : measurement.value())
                        .distinct().collect(Collectors.joining(" | ")))
                .collect(Collectors.joining());
    }
}
