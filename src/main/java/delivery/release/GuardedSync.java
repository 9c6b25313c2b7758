package delivery.release;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationResources;
import delivery.clone.CloneGuard;
import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnsafeClone;
import delivery.waiting.Feed;
import delivery.waiting.NotMet;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Has Argo CD sync a copy only after all rendered objects were judged to be the copy's own. A copy is created and
 * changed without automated sync, and gets the live Application's policy back when its objects have been judged. A
 * template may depend on any parameter, so every object is judged before it is applied. A copy renders the revision
 * that the live Application was compared with, so that a commit between the judgement and the sync makes no difference.
 */
final class GuardedSync {

    private final Platform platform;
    private final Blueprint pattern;
    private final String name;
    private volatile int leastPods;

    /** @param name the name of the copy and of its namespace */
    GuardedSync(Platform platform, Blueprint pattern, String name) {
        this.platform = platform;
        this.pattern = pattern;
        this.name = name;
    }

    /**
     * Judges the rendered objects, lets Argo CD sync them, and waits until it has.
     *
     * @param clone   the copy, created or changed without automated sync
     * @param journal records the call that restores automated sync; if the live Application has none, a person syncs
     *                it, and the copy is synced in the same way
     * @throws UnsafeClone       if an object is not the copy's own
     * @throws EnvironmentNotFit if a sync window prevents the sync
     */
    Application sync(Feed<Application> clone, Waiting waiting, Journal journal) {
        Application compared = waiting.until(clone, ApplicationExpectations.compared(), WaitLimit.SYNC);
        require(compared);
        requireOpenWindow();
        journal.observed("all that Argo CD rendered is its own");
        journal.did(automated().map(policy -> platform.argoCd().automate(compared, policy))
                .orElseGet(() -> platform.argoCd().writer().sync(compared).action()));
        try {
            return waiting.until(clone, ApplicationExpectations.synced(), WaitLimit.SYNC);
        } catch (NotMet notSynced) {
            requireOpenWindow();
            throw notSynced;
        }
    }

    /**
     * Judges the objects that Argo CD's controller compared and, to include hooks, those that it renders now.
     *
     * @param compared the copy, once Argo CD has compared everything that it asks for
     * @return all the objects
     * @throws UnsafeClone                         if an object is not the copy's own
     * @throws delivery.failure.UnsupportedRollout if its Rollout has a feature that cannot be proved
     */
    RenderedClone require(Application compared) {
        ApplicationResources resources = platform.argoCd().resources();
        RenderedClone rendered = new RenderedClone(pattern.rollout(), Stream.concat(
                resources.compared(compared).stream(), resources.rendered(compared).stream()).distinct().toList());
        rendered.require(new CloneGuard(pattern.live(), name, name + "." + platform.settings().hostDomain(),
                        platform.cluster().kinds()::of, pattern.rollout()), pattern.application().name());
        leastPods = rendered.leastPods();
        return rendered;
    }

    /** The minimum number of pods of an autoscaler among the objects that were judged last; 0 if there is none. */
    int leastPods() {
        return leastPods;
    }

    /** @throws EnvironmentNotFit if a sync window keeps Argo CD from syncing by itself now */
    void requireOpenWindow() {
        if (automated().isPresent()) {
            platform.argoCd().syncWindow(name, pattern.application().project()).ifPresent(window -> {
                throw new EnvironmentNotFit("Argo CD does not sync the Application " + name + " now: in its project "
                        + pattern.application().project() + " " + window, "Wait until it may, or change the project's"
                        + " sync windows; see argocd proj windows list " + pattern.application().project());
            });
        }
    }

    /** Whether Argo CD reverts a change that was made only in the cluster (self-heal). */
    boolean selfHeals() {
        return automated().filter(policy -> policy.path("selfHeal").asBoolean(false)).isPresent();
    }

    /** Who would revert an undo, and what to do about it. */
    String reversalCause(Application clone) {
        return selfHeals()
                ? "as Argo CD's self-heal applied what the Application asks for; switch"
                        + " spec.syncPolicy.automated.selfHeal off"
                + " before an undo, or roll back by the image tag that the Application has"
                : "as somebody applied it; Argo CD says " + clone.summary();
    }

    private Optional<JsonNode> automated() {
        return Optional.of(pattern.application().spec().at("/syncPolicy/automated")).filter(JsonNode::isObject)
                .filter(policy -> policy.path("enabled").asBoolean(true));
    }
}
