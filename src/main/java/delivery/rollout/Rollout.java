package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.chart.CanaryStep;
import delivery.chart.CanaryStepReader;
import delivery.waiting.ResourceVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Rollout at one moment, as its object says. Fields that the controller leaves out read as their zero.
 *
 * @param observedGeneration the generation that the controller has acted on; the status has it as a text
 * @param statedPhase        {@code status.phase}; see {@link #phase()}
 * @param controllerPause    whether the controller itself paused it
 * @param userPause          {@code spec.paused}: whether a person paused it
 * @param inconclusive       whether the analysis of its current canary step ended with no verdict
 * @param step               index of the current canary step; the number of steps once all are done
 * @param delay              seconds for which an old version stays up after a switch; 30 where none is set
 * @param template           its pods' template
 * @param services           names of the Services that the strategy looks after, the one for users first
 * @param images             of the release's own container; of all where it is not known which that is
 * @param timing             what its specification says of its own course
 * @param version            which state of the object it is
 * @param writers            who has set its fields
 */
public record Rollout(String namespace, String name, String uid, long generation, long observedGeneration,
        String statedPhase, String message, Strategy strategy, List<String> images, int replicas, List<Pause> pauses,
        boolean controllerPause, boolean userPause, boolean inconclusive, boolean abort, boolean promoteFull, String currentHash, String stableHash,
        String activeHash, String previewHash, OptionalInt step, List<CanaryStep> steps, Optional<Weights> weights, int delay,
        JsonNode template, List<String> services, Optional<String> failure, Timing timing, ResourceVersion version,
        List<FieldWriter> writers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEFAULT_DELAY = 30;

    /** Reads the object. Nothing in it is required but its name. */
    public static Rollout parse(JsonNode object) {
        return parse(object, ReleaseImages.ANY);
    }

    /** @param own tells the release's own container from others */
    public static Rollout parse(JsonNode object, ReleaseImages own) {
        JsonNode metadata = object.path("metadata");
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        JsonNode blueGreen = spec.path("strategy").path("blueGreen");
        JsonNode canary = spec.path("strategy").path("canary");
        JsonNode used = blueGreen.isObject() ? blueGreen : canary;
        List<Pause> pauses = new ArrayList<>();
        status.path("pauseConditions").forEach(pause -> pauses.add(
                new Pause(pause.path("reason").asText(""))));
        List<CanaryStep> steps = new ArrayList<>();
        canary.path("steps").forEach(step -> steps.add(CanaryStepReader.read(JSON.convertValue(step, Object.class))
                .orElseGet(() -> new CanaryStep.Other(step.toString()))));
        List<String> services = Stream.of("activeService", "stableService", "previewService", "canaryService")
                .map(field -> used.path(field).asText("")).filter(service -> !service.isEmpty()).toList();
        JsonNode weights = status.path("canary").path("weights");
        return new Rollout(metadata.path("namespace").asText(""), metadata.path("name").asText(""),
                metadata.path("uid").asText(""), metadata.path("generation").asLong(),
                status.path("observedGeneration").asLong(-1), status.path("phase").asText(""),
                status.path("message").asText(""), strategy(blueGreen, canary),
                own.of(spec.path("template").path("spec")),
                spec.path("replicas").asInt(1), pauses, status.path("controllerPause").asBoolean(),
                spec.path("paused").asBoolean(), status.path("canary").path("currentStepAnalysisRunStatus").path("status")
                        .asText("").equals("Inconclusive"),
                status.path("abort").asBoolean(), status.path("promoteFull").asBoolean(),
                status.path("currentPodHash").asText(""), status.path("stableRS").asText(""),
                status.path("blueGreen").path("activeSelector").asText(""),
                status.path("blueGreen").path("previewSelector").asText(""),
                status.path("currentStepIndex").isNumber()
                        ? OptionalInt.of(status.path("currentStepIndex").asInt()) : OptionalInt.empty(),
                steps, weights.isObject() ? Optional.of(new Weights(weights.path("canary").path("weight").asInt(),
                        weights.path("stable").path("weight").asInt())) : Optional.empty(),
                used.path("scaleDownDelaySeconds").asInt(DEFAULT_DELAY), spec.path("template"), services,
                failure(status), Timing.parse(spec, used), ResourceVersion.of(object), FieldWriter.of(object));
    }

    private static Strategy strategy(JsonNode blueGreen, JsonNode canary) {
        if (blueGreen.isObject()) {
            return canary.isObject() ? Strategy.BOTH : Strategy.BLUE_GREEN;
        }
        return canary.isObject() ? Strategy.CANARY : Strategy.NONE;
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

    /**
     * The phase that can be trusted. As {@code kubectl argo rollouts status} reads it (GetRolloutPhase): whatever the
     * status says, a Rollout progresses while the controller has not observed its generation, and while it is
     * unpausing: paused by the controller, with no pause left.
     */
    public String phase() {
        return observedGeneration != generation || unpausing() || statedPhase.isEmpty() ? "Progressing" : statedPhase;
    }

    /** Whether it waits for a promotion for this reason, by a status that can be trusted. */
    public boolean paused(String reason) {
        return phase().equals("Paused") && pauses.stream().anyMatch(pause -> pause.reason().equals(reason));
    }

    public boolean healthy() {
        return phase().equals("Healthy");
    }

    /** Whether it was paused and somebody promoted it a moment ago, which the controller has not taken up yet. */
    boolean unpausing() {
        return controllerPause && pauses.isEmpty();
    }

    /** Whether its pods' template asks for this tag of the release's image. */
    public boolean asksFor(String tag) {
        return images.stream().anyMatch(image -> ReleaseImages.hasTag(image, tag));
    }

    /** The Service that users are sent to: active or stable. */
    public Optional<String> stableService() {
        return services.stream().findFirst();
    }

    /** The Service of the new version: preview or canary. */
    public Optional<String> newService() {
        return services.stream().skip(1).findFirst();
    }

    /** Percent that the last setWeight before the current step asks for; 0 before the first. */
    public int askedWeight() {
        return done().flatMapToInt(step -> step.setsWeight().stream()).reduce((first, second) -> second).orElse(0);
    }

    /**
     * So many pods a canary with traffic routing has at its current step. As the controller counts them
     * (utils/replicaset/canary.go, trafficWeightToReplicas): a weight's share of the replicas, rounded up; a
     * setCanaryScale counts instead until one with matchTrafficWeight.
     */
    public int canaryPods() {
        Optional<CanaryStep.SetCanaryScale> scale = done().filter(CanaryStep.SetCanaryScale.class::isInstance)
                .map(CanaryStep.SetCanaryScale.class::cast).reduce((first, second) -> second);
        OptionalInt pods = scale.map(CanaryStep.SetCanaryScale::replicas).orElseGet(OptionalInt::empty);
        OptionalInt weight = scale.map(CanaryStep.SetCanaryScale::weight).orElseGet(OptionalInt::empty);
        return pods.orElseGet(() -> (int) Math.ceil(replicas * weight.orElseGet(this::askedWeight) / 100.0));
    }

    /** How long the pauses last that end by themselves, from the current step on. */
    Duration pausesAhead() {
        return steps.stream().skip(step.orElse(0)).filter(CanaryStep.Pause.class::isInstance)
                .flatMap(pause -> ((CanaryStep.Pause) pause).duration().stream()).reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether its current step is a pause that ends by itself. */
    boolean atTimedPause() {
        return step.isPresent() && step.getAsInt() < steps.size()
                && steps.get(step.getAsInt()) instanceof CanaryStep.Pause pause && pause.duration().isPresent();
    }

    private Stream<CanaryStep> done() {
        return steps.stream().limit(step.orElse(0));
    }

    /** It in one line. */
    public String summary() {
        return Stream.of(phase() + (message.isEmpty() ? "" : " (" + message + ")"), strategy.toString(),
                        "image " + String.join(" ", images), "new " + orNone(currentHash), "stable " + orNone(stableHash),
                        strategy == Strategy.BLUE_GREEN
                                ? "active " + orNone(activeHash) + ", preview " + orNone(previewHash) : "",
                        strategy == Strategy.CANARY && step.isPresent()
                                ? "step " + step.getAsInt() + " of " + steps.size() : "",
                        weights.map(asked -> "weights " + asked.canary() + "/" + asked.stable()).orElse(""),
                        abort ? "aborted" : "")
                .filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String orNone(String hash) {
        return hash.isEmpty() ? "none" : hash;
    }
}
