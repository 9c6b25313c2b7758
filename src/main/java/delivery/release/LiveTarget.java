package delivery.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationResources;
import delivery.environment.Blueprint;
import delivery.environment.Changes;
import delivery.environment.ManagedApplications;
import delivery.environment.Platform;
import delivery.history.PerformedAction;
import delivery.restoration.HeldApplication;
import delivery.restoration.LiveRollout;
import delivery.restoration.LiveSync;
import delivery.waiting.Feed;
import delivery.waiting.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The live Application itself. A scenario that needs a new release gets the Application as it was before the run, apart
 * from what it asks for. Nothing is created or removed, and the run restores everything at its end.
 */
final class LiveTarget implements DeliveryTarget {

    private final Platform platform;
    private final Blueprint pattern;
    private final HeldApplication held;
    private volatile int leastPods;

    LiveTarget(Platform platform, Blueprint pattern, HeldApplication held) {
        this.platform = platform;
        this.pattern = pattern;
        this.held = held;
    }

    @Override
    public boolean isCopy() {
        return false;
    }

    @Override
    public PerformedAction make(Desired desired, Waiting waiting, Journal journal) {
        ObjectNode spec = held.point().held(pauses());
        Changes changes = pattern.changes(desired.strategy()).over(pattern.changesOfTag(desired.version().tag()))
                .and(desired.overrides().values(pattern));
        pattern.change(spec, changes);
        LiveRollout rollout = held.liveRollout(waiting, journal::accepted);
        // A sidecar may have the tag, too: a canary of another version would then be promoted to all users.
        rollout.endCanary(now -> ReleaseNamespace.images(pattern).haveTag(now, desired.version().tag()));
        rollout.trim(held.point().rollout());
        return held.replace(spec, changes.parameters(), changes.values());
    }

    private boolean pauses() {
        return platform.settings().pausesSync();
    }

    @Override
    public PerformedAction set(Application now, Map<String, String> changes) {
        return held.set(changes);
    }

    @Override
    public PerformedAction setValues(Application now, ObjectNode values) {
        return held.setValues(values);
    }

    @Override
    public Application sync(Feed<Application> application, Waiting waiting, Journal journal) {
        return new LiveSync(platform.argoCd(), waiting, call -> held.act(() -> {
            judge();
            return call.get();
        })).sync(application, journal::accepted);
    }

    /**
     * Judges what a sync would apply before it is requested, because it prunes objects that the release no longer has.
     *
     * @throws delivery.failure.UnsafeChange if users would be left without their Rollout or their host,
     *     or pods of another image without one that exists
     */
    private void judge() {
        Application now = held.point().application();
        ApplicationResources.Managed managed = platform.argoCd().resources().managed(now);
        List<JsonNode> compared = managed.compared();
        new PrunedRelease(held.point().rollout().name(), pattern.exposure().host()).require(held.point().name(),
                managed.live(), compared);
        new SharedTag(pattern, platform.settings().newVersions()).require(held.point().name(), Stream.concat(
                compared.stream(), platform.argoCd().resources().rendered(now).stream()).toList());
        leastPods = new RenderedClone(pattern.rollout(), compared).leastPods();
    }

    @Override
    public void settle(Desired desired, Waiting waiting, Journal journal) {
        held.liveRollout(waiting, journal::accepted).settle(now -> now.strategy() == desired.strategy()
                && ReleaseNamespace.images(pattern).haveTag(now, desired.version().tag()), held.point().replicaSets());
        journal.observed("users have " + desired.version().tag() + " alone");
    }

    @Override
    public int leastPods() {
        return leastPods;
    }

    @Override
    public boolean selfHeals() {
        return !pauses() && held.point().selfHeals();
    }

    @Override
    public Optional<String> reserve() {
        return pauses() && held.point().selfHeals() ? Optional.of("self-heal is paused while this is proved in place;"
                + " with it on, Argo CD takes an undo back within seconds") : Optional.empty();
    }

    @Override
    public String reversalCause(Application now) {
        return selfHeals() ? "as Argo CD's self-heal applied what the Application asks for; leave SELF_HEAL=keep out to"
                + " have it paused, or roll back by the image tag that the Application has"
                : "as somebody applied it; Argo CD says " + now.summary();
    }

    @Override
    public <T> T act(Supplier<T> action) {
        return held.act(action);
    }

    /** Removes nothing: the run restores the Application. */
    @Override
    public Optional<ManagedApplications.Removed> remove() {
        return Optional.empty();
    }
}
