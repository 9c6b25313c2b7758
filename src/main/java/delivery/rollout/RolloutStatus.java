package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the controller says of a Rollout.
 *
 * @param observedGeneration the generation that the controller has acted on; the status has it as a text
 * @param statedPhase        {@code status.phase}; see {@link Rollout#phase()}
 * @param controllerPause    whether the controller itself paused it
 * @param inconclusive       whether the analysis of its current canary step ended with no verdict
 * @param step               index of the current canary step; the number of steps once all are done
 */
public record RolloutStatus(long observedGeneration, String statedPhase, String message, List<Pause> pauses,
        boolean controllerPause, boolean inconclusive, boolean abort, boolean promoteFull, Hashes hashes,
        OptionalInt step, Optional<Weights> weights, Optional<String> failure) {

    /** Pod template hashes of the ReplicaSets that have a part; empty for none. */
    public record Hashes(String current, String stable, String active, String preview) {
    }

    static RolloutStatus parse(JsonNode status) {
        List<Pause> pauses = new ArrayList<>();
        status.path("pauseConditions").forEach(pause -> pauses.add(
                new Pause(pause.path("reason").asText(""))));
        JsonNode weights = status.path("canary").path("weights");
        Hashes hashes = new Hashes(status.path("currentPodHash").asText(""), status.path("stableRS").asText(""),
                status.path("blueGreen").path("activeSelector").asText(""),
                status.path("blueGreen").path("previewSelector").asText(""));
        return new RolloutStatus(status.path("observedGeneration").asLong(-1), status.path("phase").asText(""),
                status.path("message").asText(""), pauses, status.path("controllerPause").asBoolean(),
                status.path("canary").path("currentStepAnalysisRunStatus").path("status").asText("")
                        .equals("Inconclusive"),
                status.path("abort").asBoolean(), status.path("promoteFull").asBoolean(), hashes,
                status.path("currentStepIndex").isNumber()
                        ? OptionalInt.of(status.path("currentStepIndex").asInt()) : OptionalInt.empty(),
                weights.isObject() ? Optional.of(new Weights(weights.path("canary").path("weight").asInt(),
                        weights.path("stable").path("weight").asInt())) : Optional.empty(), failure(status));
    }

    /** What no later event mends by itself. */
    private static Optional<String> failure(JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            String type = condition.path("type").asText("");
            String reason = condition.path("reason").asText("");
            boolean invalid = type.equals("InvalidSpec") && condition.path("status").asText("").equals("True");
            if (invalid || reason.equals("ProgressDeadlineExceeded")) {
                return Optional.of(reason + ": " + condition.path("message").asText(""));
            }
        }
        return Optional.empty();
    }
}
