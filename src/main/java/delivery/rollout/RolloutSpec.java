package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.chart.CanaryStep;
import delivery.chart.CanaryStepReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a Rollout asks for.
 *
 * @param images    of the release's own container; of all where it is not known which that is
 * @param userPause {@code spec.paused}: whether a person paused it
 * @param delay     seconds for which an old version stays up after a switch; 30 where none is set
 * @param template  its pods' template
 * @param services  names of the Services that the strategy looks after, the one for users first
 * @param timing    what it says of its own course
 */
public record RolloutSpec(Strategy strategy, List<String> images, int replicas, boolean userPause,
        List<CanaryStep> steps, int delay, JsonNode template, List<String> services, Timing timing) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEFAULT_DELAY = 30;

    /** @param own tells the release's own container from others */
    static RolloutSpec parse(JsonNode spec, ReleaseImages own) {
        JsonNode blueGreen = spec.path("strategy").path("blueGreen");
        JsonNode canary = spec.path("strategy").path("canary");
        JsonNode used = blueGreen.isObject() ? blueGreen : canary;
        List<CanaryStep> steps = new ArrayList<>();
        canary.path("steps").forEach(step -> steps.add(CanaryStepReader.read(JSON.convertValue(step, Object.class))
                .orElseGet(() -> new CanaryStep.Other(step.toString()))));
        List<String> services = Stream.of("activeService", "stableService", "previewService", "canaryService")
                .map(field -> used.path(field).asText("")).filter(service -> !service.isEmpty()).toList();
        return new RolloutSpec(strategy(blueGreen, canary), own.of(spec.path("template").path("spec")),
                spec.path("replicas").asInt(1), spec.path("paused").asBoolean(), steps,
                used.path("scaleDownDelaySeconds").asInt(DEFAULT_DELAY), spec.path("template"), services,
                Timing.parse(spec, used));
    }

    private static Strategy strategy(JsonNode blueGreen, JsonNode canary) {
        if (blueGreen.isObject()) {
            return canary.isObject() ? Strategy.BOTH : Strategy.BLUE_GREEN;
        }
        return canary.isObject() ? Strategy.CANARY : Strategy.NONE;
    }
}
