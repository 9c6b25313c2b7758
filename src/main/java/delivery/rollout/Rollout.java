package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.chart.CanaryStep;
import delivery.chart.CanaryStepReader;
import delivery.waiting.ResourceVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Rollout at one moment. Fields that the controller leaves out read as zero. It knows its own container. */
public record Rollout(JsonNode object, ReleaseImages own) {

    private static final int DEFAULT_DELAY = 30;

    /** Returns a Rollout whose own container is unknown. */
    public static Rollout parse(JsonNode object) {
        return new Rollout(object, ReleaseImages.ANY);
    }

    public String namespace() {
        return object.at("/metadata/namespace").asText("");
    }

    public String name() {
        return object.at("/metadata/name").asText("");
    }

    public String uid() {
        return object.at("/metadata/uid").asText("");
    }

    public long generation() {
        return object.at("/metadata/generation").asLong();
    }

    public ResourceVersion version() {
        return ResourceVersion.of(object);
    }

    public List<FieldWriter> writers() {
        return FieldWriter.of(object);
    }

    public Strategy strategy() {
        return Strategy.of(object.at("/spec/strategy"));
    }

    /** The part of the strategy that the controller follows. */
    private JsonNode followed() {
        JsonNode blueGreen = object.at("/spec/strategy/blueGreen");
        return blueGreen.isObject() ? blueGreen : object.at("/spec/strategy/canary");
    }

    /** Images of the release's own container, or of all containers if that is unknown. */
    public List<String> images() {
        return own.of(object.at("/spec/template/spec"));
    }

    public int replicas() {
        return object.at("/spec/replicas").asInt(1);
    }

    /** Whether a person paused it: {@code spec.paused}. */
    public boolean userPause() {
        return object.at("/spec/paused").asBoolean();
    }

    public List<CanaryStep> steps() {
        return CanaryStepReader.all(object.at("/spec/strategy/canary/steps"));
    }

    /** Step of the canary at which a background analysis starts; empty if there is none. */
    public OptionalInt background() {
        return Stream.of(object.at("/spec/strategy/canary/analysis")).filter(JsonNode::isObject)
                .mapToInt(analysis -> analysis.path("startingStep").asInt(0)).findFirst();
    }

    /** Seconds for which an old version is kept after a switch; 30 if none are set. */
    public int delay() {
        return followed().path("scaleDownDelaySeconds").asInt(DEFAULT_DELAY);
    }

    public JsonNode template() {
        return object.at("/spec/template");
    }

    /** The times and automatic promotions in its specification. */
    public Timing timing() {
        return Timing.parse(object.path("spec"), followed());
    }

    private ReplicaRules pods() {
        return ReplicaRules.parse(object.at("/spec/strategy"));
    }

    /** The generation that the controller has acted on, which the status holds as a text; -1 if there is none. */
    public long observedGeneration() {
        return object.at("/status/observedGeneration").asLong(-1);
    }

    public String message() {
        return object.at("/status/message").asText("");
    }

    /**
     * Reasons for which it is paused: {@code BlueGreenPause}, {@code CanaryPauseStep}, {@code InconclusiveAnalysisRun},
     * ... The start of a pause is not read, because it is a time by another machine's clock.
     */
    public List<String> pauses() {
        return object.at("/status/pauseConditions").valueStream().map(pause -> pause.path("reason").asText(""))
                .toList();
    }

    /** Whether the controller itself paused it. */
    public boolean controllerPause() {
        return object.at("/status/controllerPause").asBoolean();
    }

    /** Whether the analysis of its current canary step ended without a verdict. */
    public boolean inconclusive() {
        return object.at("/status/canary/currentStepAnalysisRunStatus/status").asText("").equals("Inconclusive");
    }

    public boolean abort() {
        return object.at("/status/abort").asBoolean();
    }

    public boolean promoteFull() {
        return object.at("/status/promoteFull").asBoolean();
    }

    /** Pod template hash of the version being released; empty if there is none, as for the other hashes. */
    public String currentHash() {
        return object.at("/status/currentPodHash").asText("");
    }

    public String stableHash() {
        return object.at("/status/stableRS").asText("");
    }

    public String activeHash() {
        return object.at("/status/blueGreen/activeSelector").asText("");
    }

    public String previewHash() {
        return object.at("/status/blueGreen/previewSelector").asText("");
    }

    /** Index of the current canary step; the number of steps once all are done. */
    public OptionalInt step() {
        return Timing.number(object.path("status"), "currentStepIndex");
    }

    /** The weights that the controller requested from the traffic router. */
    public Optional<Weights> weights() {
        return Optional.of(object.at("/status/canary/weights")).filter(JsonNode::isObject)
                .map(asked -> new Weights(asked.at("/canary/weight").asInt(), asked.at("/stable/weight").asInt()));
    }

    /** A failure that does not pass by itself: an invalid specification or a missed progress deadline. */
    public Optional<String> failure() {
        return ConditionState.parse("Rollout", object).filter(condition -> condition.is("InvalidSpec", "True")
                        || condition.reason().equals("ProgressDeadlineExceeded"))
                .map(condition -> condition.reason() + ": " + condition.message()).findFirst();
    }

    /**
     * The phase that can be trusted, computed as {@code kubectl argo rollouts status} does (GetRolloutPhase): whatever
     * the status says, a Rollout is progressing until the controller has observed its generation, and while it is
     * unpausing: paused by the controller, with no pause left.
     */
    public String phase() {
        String stated = object.at("/status/phase").asText("");
        return observedGeneration() != generation() || unpausing() || stated.isEmpty() ? "Progressing" : stated;
    }

    /** Whether it waits for a promotion for this reason, according to a status that can be trusted. */
    public boolean paused(String reason) {
        return phase().equals("Paused") && pauses().contains(reason);
    }

    public boolean healthy() {
        return phase().equals("Healthy");
    }

    /** Whether it was paused and has just been promoted, which the controller has not processed yet. */
    boolean unpausing() {
        return controllerPause() && pauses().isEmpty();
    }

    /** Whether its pod template asks for this tag of the release's image. */
    public boolean asksFor(String tag) {
        return images().stream().anyMatch(image -> ReleaseImages.hasTag(image, tag));
    }

    /** The Service for users: active or stable. A canary without a traffic router may have none. */
    public Optional<String> stableService() {
        return service("activeService", "stableService");
    }

    /** The Service of the new version: preview or canary. A canary without a traffic router may have none. */
    public Optional<String> newService() {
        return service("previewService", "canaryService");
    }

    private Optional<String> service(String... fields) {
        return Stream.of(fields).map(field -> followed().path(field).asText("")).filter(name -> !name.isEmpty())
                .findFirst();
    }

    /** Names of the Services that the strategy manages, the one for users first. */
    public List<String> services() {
        return Stream.of(stableService(), newService()).flatMap(Optional::stream).toList();
    }

    /** The Service that serves one version once the release is over: that for users, or else the new version's. */
    public Optional<String> ownService() {
        return stableService().or(this::newService);
    }

    /** Whether a canary's weights are approximated by its pods because there is no traffic router. */
    public boolean weighsByPods() {
        return strategy() == Strategy.CANARY && !pods().routed();
    }

    /** The weight of the last setWeight before the current step, in percent; 0 before the first. */
    public int askedWeight() {
        return done().flatMapToInt(step -> step.setsWeight().stream()).reduce((first, second) -> second).orElse(0);
    }

    /** A clause about the weight of a release that has ended, to be appended to a sentence; may be empty. */
    public String endOfWeight() {
        return weighsByPods() ? ", and no pod of another version is left"
                : strategy() == Strategy.BLUE_GREEN ? "" : ", the canary's weight 0%";
    }

    /**
     * Whether an old version is kept after a switch. Without a traffic router its pods would still serve users, and
     * with dynamicStableScale it is already gone (argo-rollouts, pkg/apis/rollouts/validation).
     */
    public boolean keepsOldVersion() {
        return strategy() != Strategy.CANARY || pods().routed() && !pods().dynamicStable();
    }

    /**
     * Number of pods of either version of a canary at its current step, by the controller's rules. A setCanaryScale
     * overrides the weight until one with matchTrafficWeight follows.
     */
    public ReplicaCounts canaryPods() {
        return pods().at(replicas(), askedWeight(), done().filter(CanaryStep.SetCanaryScale.class::isInstance)
                .map(CanaryStep.SetCanaryScale.class::cast).reduce((first, second) -> second)
                .filter(scale -> scale.replicas().isPresent() || scale.weight().isPresent()), weights());
    }

    /** Number of pods of a blue-green release while it waits for its promotion. */
    public int previewPods() {
        return pods().preview().orElse(replicas());
    }

    /** Total duration of the timed pauses from the current step on. */
    Duration pausesAhead() {
        return timedPauses(steps().size()).reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether its current step is a pause that ends by itself. */
    boolean atTimedPause() {
        return step().isPresent() && timedPauses(1).findAny().isPresent();
    }

    private Stream<Duration> timedPauses(int most) {
        return steps().stream().skip(step().orElse(0)).limit(most).filter(CanaryStep.Pause.class::isInstance)
                .flatMap(pause -> ((CanaryStep.Pause) pause).duration().stream());
    }

    private Stream<CanaryStep> done() {
        return steps().stream().limit(step().orElse(0));
    }

    /** A summary in one line. */
    public String summary() {
        String hashes = strategy() != Strategy.BLUE_GREEN ? ""
                : "active " + orNone(activeHash()) + ", preview " + orNone(previewHash());
        String step = strategy() != Strategy.CANARY || step().isEmpty() ? ""
                : "step " + step().getAsInt() + " of " + steps().size();
        return Stream.of(phase() + (message().isEmpty() ? "" : " (" + message() + ")"), strategy().toString(),
                        "image " + String.join(" ", images()), "new " + orNone(currentHash()),
                        "stable " + orNone(stableHash()), hashes, step, weights().map(asked -> "weights "
                                + asked.canary() + "/" + asked.stable()).orElse(""), abort() ? "aborted" : "")
                .filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String orNone(String hash) {
        return hash.isEmpty() ? "none" : hash;
    }
}
