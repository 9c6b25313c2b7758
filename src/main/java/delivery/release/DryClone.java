package delivery.release;

import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationFeed;
import delivery.argocd.ArgoCd;
import delivery.environment.Blueprint;
import delivery.environment.Changes;
import delivery.environment.Platform;
import delivery.kubernetes.ProcessIdentity;
import delivery.kubernetes.RunNamespaces;
import delivery.waiting.NotMet;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A copy that Argo CD renders and never syncs, to find out whether copies are safe before one is deployed. */
public record DryClone(Platform platform, Blueprint pattern, Waiting waiting, String run, String name) {

    /**
     * Has Argo CD render the copy for each strategy. A strategy that the chart cannot render is left to the criteria.
     *
     * @throws delivery.failure.UnsafeClone       if a copy would touch objects that are not its own
     * @throws delivery.failure.EnvironmentNotFit if a sync window keeps Argo CD from syncing copies, or new namespaces
     *     would lack objects that the pods need
     */
    public void require() {
        NamespaceCheck.require(platform, pattern);
        ArgoCd argoCd = platform.argoCd();
        GuardedSync guard = new GuardedSync(platform, pattern, name);
        String host = name + "." + platform.settings().hostDomain();
        List<Changes> each = pattern.changesByStrategy();
        Changes changes = pattern.changesOfHost(host).and(each.get(0))
                .over(pattern.changesOfTag(pattern.image().tag()));
        argoCd.create(pattern.application(name, changes.parameters(), changes.values(), RunNamespaces.labels(run),
                ProcessIdentity.self().annotations()), changes.parameters());
        try (ApplicationFeed feed = argoCd.follow(name, pattern.application().project())) {
            guard.requireOpenWindow();
            judge(guard, feed, pattern.image().tag());
            // The live tag does not show what a value has an effect on, so another tag is tried.
            String next = new Versions(platform, pattern, run).nextTag();
            for (Changes other : each.size() > 1 ? each.subList(1, each.size()) : each) {
                argoCd.set(feed.lastKnown(), other.and(pattern.changesOfTag(next)).parameters());
                feed.readNow();
                judge(guard, feed, next);
            }
        } finally {
            platform.applications().remove(name);
        }
    }

    private void judge(GuardedSync guard, ApplicationFeed feed, String tag) {
        Application compared;
        try {
            compared = waiting.until(feed, ApplicationExpectations.compared(), WaitLimit.SYNC);
        } catch (NotMet notRendered) {
            if (notRendered.isForGood()) {
                return;
            }
            throw notRendered;
        }
        RenderedClone rendered = guard.require(compared);
        rendered.requireOwnTag(new SharedTag(pattern, platform.settings().newVersions()), pattern.application().name());
        // A chart that renders a different tag is faulty, and the criteria report that.
        boolean live = tag.equals(pattern.image().tag());
        if (live || pattern.mayHaveAnotherTag() && rendered.asksFor(pattern.image().tag())) {
            rendered.requireTag(tag, pattern.places().ofTag(tag).entrySet().stream().map(Map.Entry::toString).sorted()
                    .collect(Collectors.joining(", ")), pattern.application().name());
        }
    }
}
