package delivery.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.environment.Blueprint;
import delivery.environment.Changes;
import delivery.environment.ManagedApplications;
import delivery.environment.Platform;
import delivery.history.PerformedAction;
import delivery.kubernetes.ProcessIdentity;
import delivery.kubernetes.RunNamespaces;
import delivery.waiting.Feed;
import delivery.waiting.Waiting;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A copy of the live Application. Argo CD syncs it only after all its objects were judged to be the copy's own. */
final class CloneTarget implements DeliveryTarget {

    private final Platform platform;
    private final Blueprint pattern;
    private final String run;
    private final String name;
    private final GuardedSync guard;

    /** @param run the id of the run, which the Application has as a label */
    CloneTarget(Platform platform, Blueprint pattern, String run, String name) {
        this.platform = platform;
        this.pattern = pattern;
        this.run = run;
        this.name = name;
        this.guard = new GuardedSync(platform, pattern, name);
    }

    @Override
    public boolean isCopy() {
        return true;
    }

    @Override
    public PerformedAction make(Desired desired, Waiting waiting, Journal journal) {
        String host = name + "." + platform.settings().hostDomain();
        Changes changes = pattern.changes(host, desired.strategy(), desired.version().tag())
                .and(desired.overrides().values(pattern));
        return platform.argoCd().create(pattern.application(name, changes.parameters(),
                changes.values(), RunNamespaces.labels(run), ProcessIdentity.self().annotations()),
                changes.parameters());
    }

    @Override
    public PerformedAction set(Application now, Map<String, String> changes) {
        return platform.argoCd().set(now, changes);
    }

    @Override
    public PerformedAction setValues(Application now, ObjectNode values) {
        return platform.argoCd().setValues(now, values);
    }

    @Override
    public Application sync(Feed<Application> application, Waiting waiting, Journal journal) {
        return guard.sync(application, waiting, journal);
    }

    /** Does nothing: a new copy has no earlier state to give up. */
    @Override
    public void settle(Desired desired, Waiting waiting, Journal journal) {
        journal.happened("deployed");
    }

    @Override
    public int leastPods() {
        return guard.leastPods();
    }

    @Override
    public boolean selfHeals() {
        return guard.selfHeals();
    }

    @Override
    public Optional<String> reserve() {
        return Optional.empty();
    }

    @Override
    public String reversalCause(Application now) {
        return guard.reversalCause(now);
    }

    @Override
    public <T> T act(Supplier<T> action) {
        return action.get();
    }

    @Override
    public Optional<ManagedApplications.Removed> remove() {
        return platform.applications().remove(name);
    }
}
