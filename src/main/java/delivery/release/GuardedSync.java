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

    /** @param name of the clone and its namespace */
    GuardedSync(Platform platform, Blueprint pattern, String name) {
        this.platform = platform;
        this.pattern = pattern;
        this.name = name;
    }

    /**
     * Lets Argo CD sync what it rendered, once all of that was judged to be the clone's own, and waits until it has.
     *
     * @param clone made or changed without automated sync
     * @param journal is told of the call that puts the automated sync back; a live Application without one is synced by
     *                a person, and so is its clone
     * @throws UnsafeClone       if not all is its own
     * @throws EnvironmentNotFit if a sync window keeps Argo CD from it
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
     * Judges what Argo CD rendered: what its controller compared, and, for the hooks, what it renders now.
     *
     * @param compared the clone, once Argo CD has compared all that it asks for
     * @return all of it
     * @throws UnsafeClone if not all is its own
     * @throws delivery.failure.UnsupportedRollout if its Rollout has something that cannot be proved
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

    /** How many pods an autoscaler keeps at least, of what was judged last; 0 if there is none. */
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

    /** Whether Argo CD applies again what was changed in the cluster alone. */
    boolean selfHeals() {
        return automated().filter(policy -> policy.path("selfHeal").asBoolean(false)).isPresent();
    }

    /** Who applies another version than an undo asks for, and what to do about it. */
    String whoTakesBack(Application clone) {
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
