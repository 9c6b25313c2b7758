package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.chart.CanaryStep;
import delivery.chart.CanaryStepReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a Rollout asks for.
 *
 * @param images    of the release's own container; of all where it is not known which that is
 * @param userPause {@code spec.paused}: whether a person paused it
 * @param delay     seconds for which an old version stays up after a switch; 30 where none is set
 * @param template  its pods' template
 * @param services  the Services that the strategy looks after
 * @param timing    what it says of its own course
 * @param pods      how the controller counts its pods
 */
public record RolloutSpec(Strategy strategy, List<String> images, int replicas, boolean userPause,
        List<CanaryStep> steps, int delay, JsonNode template, Services services, Timing timing, ReplicaRules pods) {

    /**
     * Names of the Services that a strategy looks after. A canary without a traffic router may do without either.
     *
     * @param users of the version that users have: active or stable
     * @param next  of the new version: preview or canary
     */
    public record Services(Optional<String> users, Optional<String> next) {

        /** Those that there are, the one for users first. */
        public List<String> all() {
            return Stream.of(users, next).flatMap(Optional::stream).toList();
        }
    }

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
        Services services = new Services(name(used, "activeService", "stableService"),
                name(used, "previewService", "canaryService"));
        return new RolloutSpec(strategy(blueGreen, canary), own.of(spec.path("template").path("spec")),
                spec.path("replicas").asInt(1), spec.path("paused").asBoolean(), steps,
                used.path("scaleDownDelaySeconds").asInt(DEFAULT_DELAY), spec.path("template"), services,
                Timing.parse(spec, used), ReplicaRules.parse(spec.path("strategy")));
    }

    private static Optional<String> name(JsonNode used, String... fields) {
        return Stream.of(fields).map(field -> used.path(field).asText("")).filter(name -> !name.isEmpty()).findFirst();
    }

    private static Strategy strategy(JsonNode blueGreen, JsonNode canary) {
        if (blueGreen.isObject()) {
            return canary.isObject() ? Strategy.BOTH : Strategy.BLUE_GREEN;
        }
        return canary.isObject() ? Strategy.CANARY : Strategy.NONE;
    }
}
