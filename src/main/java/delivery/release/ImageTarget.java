package delivery.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationFeed;
import delivery.chart.Values;
import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.history.PerformedAction;
import delivery.restoration.HeldApplication;
import delivery.restoration.LiveRollout;
import delivery.rollout.Rollout;
import delivery.waiting.Waiting;
import java.util.Map;
import java.util.Optional;

/**
 * The live Rollout of an Application of plain YAML, in which images are set past Argo CD. Automated sync is paused
 * meanwhile, because it would put the image of Git back.
 */
record ImageTarget(Platform platform, Blueprint pattern, HeldApplication held) {

    /**
     * Pauses automated sync, and pins the revision. Returns once Argo CD has compared the Application after that: until
     * then, its controller may not know that it must not sync.
     *
     * @return the call; empty if it was not needed
     */
    Optional<PerformedAction> pause() {
        ObjectNode spec = held.point().held(true);
        Optional<PerformedAction> paused = held.isWritten(spec) ? Optional.empty()
                : Optional.of(held.replace(spec, Map.of(), spec.objectNode()));
        compared();
        return paused;
    }

    /** Gives up what was released before, as far as it would stay. */
    void giveUp(Version next, Waiting waiting, Journal journal) {
        LiveRollout rollout = held.liveRollout(waiting, journal::accepted);
        rollout.endCanary(now -> asksFor(now, next));
        rollout.trim(held.point().rollout());
    }

    /** Sets the image in the live Rollout. */
    PerformedAction set(Version version) {
        return held.setImage(pattern.places().container().orElseThrow(), image(version));
    }

    /** The image of a version: the one of before the run as it was written then, which may also have a digest. */
    private String image(Version version) {
        return version.tag().equals(held.point().tag()) ? image(held.point().rollout())
                : pattern.changesOfTag(version.tag()).parameters().values().iterator().next();
    }

    private String image(Rollout rollout) {
        String container = pattern.places().container().orElseThrow();
        return rollout.object().at("/spec/template/spec/containers").valueStream()
                .filter(one -> one.path("name").asText("").equals(container))
                .map(one -> one.path("image").asText("")).findFirst().orElse("");
    }

    /** Waits until users have a version alone. */
    void settle(Desired desired, Waiting waiting, Journal journal) {
        held.liveRollout(waiting, journal::accepted).settle(now -> now.strategy() == desired.strategy()
                && asksFor(now, desired.version()), held.point().replicaSets());
        // If they had it before, nothing was done whose outcome this could be.
        journal.looked("kubectl argo rollouts get rollout " + held.point().rollout().name() + " -n "
                + held.point().destination(), "users have " + desired.version().tag() + " alone");
    }

    /** Whether the live Rollout asks for a version now. */
    boolean asksFor(Version version, Waiting waiting, Journal journal) {
        return asksFor(held.liveRollout(waiting, journal::accepted).now(), version);
    }

    /** Compares the image of the release's own container alone: others may have the same tag, or the same image. */
    private boolean asksFor(Rollout rollout, Version version) {
        return image(rollout).equals(image(version));
    }

    /** Whether the Rollout has another image than the Application asks for. */
    boolean isPast(Rollout rollout) {
        return !image(rollout).equals(image(held.point().rollout()));
    }

    /** The minimum number of pods of an autoscaler that is part of the delivery; 0 if there is none. */
    int leastPods() {
        return new RenderedClone(pattern.rollout(), platform.argoCd().resources().compared(held.point().application()))
                .leastPods();
    }

    /** The reservation to report along with an undo that lasted, such as paused self-heal; empty if there is none. */
    Optional<String> reserve() {
        return held.point().selfHeals() ? Optional.of("self-heal is paused while this is proved in place; with it on,"
                + " Argo CD puts back the image of Git within seconds") : Optional.empty();
    }

    String name() {
        return held.point().name();
    }

    ApplicationFeed follow() {
        return platform.argoCd().follow(name(), held.point().application().project());
    }

    /** The Application after a new comparison. */
    Application compared() {
        return platform.argoCd().refresh(name(), held.point().application().project());
    }

    Values values() {
        return pattern.values();
    }
}
