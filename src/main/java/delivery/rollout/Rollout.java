package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.chart.CanaryStep;
import delivery.waiting.ResourceVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Rollout at one moment, as its object says. Fields that the controller leaves out read as their zero. */
public record Rollout(RolloutIdentity identity, RolloutSpec spec, RolloutStatus status) {

    /** Reads the object. Nothing in it is required but its name. */
    public static Rollout parse(JsonNode object) {
        return parse(object, ReleaseImages.ANY);
    }

    /** @param own tells the release's own container from others */
    public static Rollout parse(JsonNode object, ReleaseImages own) {
        return new Rollout(RolloutIdentity.parse(object), RolloutSpec.parse(object.path("spec"), own),
                RolloutStatus.parse(object.path("status")));
    }

    public String namespace() {
        return identity.namespace();
    }

    public String name() {
        return identity.name();
    }

    public String uid() {
        return identity.uid();
    }

    public long generation() {
        return identity.generation();
    }

    /** Which state of the object it is. */
    public ResourceVersion version() {
        return identity.version();
    }

    /** Who has set its fields. */
    public List<FieldWriter> writers() {
        return identity.writers();
    }

    public Strategy strategy() {
        return spec.strategy();
    }

    /** Of the release's own container; of all where it is not known which that is. */
    public List<String> images() {
        return spec.images();
    }

    public int replicas() {
        return spec.replicas();
    }

    /** {@code spec.paused}: whether a person paused it. */
    public boolean userPause() {
        return spec.userPause();
    }

    public List<CanaryStep> steps() {
        return spec.steps();
    }

    /** Seconds for which an old version stays up after a switch; 30 where none is set. */
    public int delay() {
        return spec.delay();
    }

    /** Its pods' template. */
    public JsonNode template() {
        return spec.template();
    }

    /** Names of the Services that the strategy looks after, the one for users first. */
    public List<String> services() {
        return spec.services().all();
    }

    /** What its specification says of its own course. */
    public Timing timing() {
        return spec.timing();
    }

    /** The generation that the controller has acted on. */
    public long observedGeneration() {
        return status.observedGeneration();
    }

    public String message() {
        return status.message();
    }

    public List<Pause> pauses() {
        return status.pauses();
    }

    /** Whether the controller itself paused it. */
    public boolean controllerPause() {
        return status.controllerPause();
    }

    /** Whether the analysis of its current canary step ended with no verdict. */
    public boolean inconclusive() {
        return status.inconclusive();
    }

    public boolean abort() {
        return status.abort();
    }

    public boolean promoteFull() {
        return status.promoteFull();
    }

    public String currentHash() {
        return status.hashes().current();
    }

    public String stableHash() {
        return status.hashes().stable();
    }

    public String activeHash() {
        return status.hashes().active();
    }

    public String previewHash() {
        return status.hashes().preview();
    }

    /** Index of the current canary step; the number of steps once all are done. */
    public OptionalInt step() {
        return status.step();
    }

    public Optional<Weights> weights() {
        return status.weights();
    }

    public Optional<String> failure() {
        return status.failure();
    }

    /**
     * The phase that can be trusted. As {@code kubectl argo rollouts status} reads it (GetRolloutPhase): whatever the
     * status says, a Rollout progresses while the controller has not observed its generation, and while it is
     * unpausing: paused by the controller, with no pause left.
     */
    public String phase() {
        return observedGeneration() != generation() || unpausing() || status.statedPhase().isEmpty() ? "Progressing"
                : status.statedPhase();
    }

    /** Whether it waits for a promotion for this reason, by a status that can be trusted. */
    public boolean paused(String reason) {
        return phase().equals("Paused") && pauses().stream().anyMatch(pause -> pause.reason().equals(reason));
    }

    public boolean healthy() {
        return phase().equals("Healthy");
    }

    /** Whether it was paused and somebody promoted it a moment ago, which the controller has not taken up yet. */
    boolean unpausing() {
        return controllerPause() && pauses().isEmpty();
    }

    /** Whether its pods' template asks for this tag of the release's image. */
    public boolean asksFor(String tag) {
        return images().stream().anyMatch(image -> ReleaseImages.hasTag(image, tag));
    }

    /** The Service that users are sent to: active or stable. A canary without a traffic router may have none. */
    public Optional<String> stableService() {
        return spec.services().users();
    }

    /** The Service of the new version: preview or canary. A canary without a traffic router may have none. */
    public Optional<String> newService() {
        return spec.services().next();
    }

    /** A Service that has no other version once all users have one: theirs, or that of the new version. */
    public Optional<String> ownService() {
        return stableService().or(this::newService);
    }

    /** Whether a canary's weights are served by its pods, as no traffic router serves them. */
    public boolean weighsByPods() {
        return strategy() == Strategy.CANARY && !spec.pods().routed();
    }

    /** Percent that the last setWeight before the current step asks for; 0 before the first. */
    public int askedWeight() {
        return done().flatMapToInt(step -> step.setsWeight().stream()).reduce((first, second) -> second).orElse(0);
    }

    /** What a release that ended says of its weight, to be added to a sentence. */
    public String endOfWeight() {
        return weighsByPods() ? ", and no pod of another version is left"
                : strategy() == Strategy.BLUE_GREEN ? "" : ", the canary's weight 0%";
    }

    /**
     * Whether an old version stays up after a switch. Without a traffic router its pods would serve users on, and with
     * dynamicStableScale it is gone by then (argo-rollouts, pkg/apis/rollouts/validation).
     */
    public boolean keepsOldVersion() {
        return strategy() != Strategy.CANARY || spec.pods().routed() && !spec.pods().dynamicStable();
    }

    /**
     * So many pods either version of a canary has at its current step, as the controller counts them. A setCanaryScale
     * counts instead of the weight until one with matchTrafficWeight.
     */
    public ReplicaCounts canaryPods() {
        return spec.pods().at(replicas(), askedWeight(), done().filter(CanaryStep.SetCanaryScale.class::isInstance)
                .map(CanaryStep.SetCanaryScale.class::cast).reduce((first, second) -> second)
                .filter(scale -> scale.replicas().isPresent() || scale.weight().isPresent()), weights());
    }

    /** So many pods a blue-green release has while it waits to be promoted. */
    public int previewPods() {
        return spec.pods().preview().orElse(replicas());
    }

    /** How long the pauses last that end by themselves, from the current step on. */
    Duration pausesAhead() {
        return steps().stream().skip(step().orElse(0)).filter(CanaryStep.Pause.class::isInstance)
                .flatMap(pause -> ((CanaryStep.Pause) pause).duration().stream()).reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether its current step is a pause that ends by itself. */
    boolean atTimedPause() {
        return step().isPresent() && step().getAsInt() < steps().size()
                && steps().get(step().getAsInt()) instanceof CanaryStep.Pause pause && pause.duration().isPresent();
    }

    private Stream<CanaryStep> done() {
        return steps().stream().limit(step().orElse(0));
    }

    /** It in one line. */
    public String summary() {
        return Stream.of(phase() + (message().isEmpty() ? "" : " (" + message() + ")"), strategy().toString(),
                        "image " + String.join(" ", images()), "new " + orNone(currentHash()), "stable "
                        + orNone(stableHash()), strategy() == Strategy.BLUE_GREEN
                                ? "active " + orNone(activeHash()) + ", preview " + orNone(previewHash()) : "",
                        strategy() == Strategy.CANARY && step().isPresent()
                                ? "step " + step().getAsInt() + " of " + steps().size() : "",
                        weights().map(asked -> "weights " + asked.canary() + "/" + asked.stable()).orElse(""),
                        abort() ? "aborted" : "")
                .filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String orNone(String hash) {
        return hash.isEmpty() ? "none" : hash;
    }
}
