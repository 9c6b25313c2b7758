package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationFeed;
import delivery.argocd.ArgoCdRefused;
import delivery.argocd.LiveApplicationWriter;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.Rollout;
import delivery.waiting.NotMet;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Puts a live release back as it was before a run: the Application's specification, what it deploys, and the version
 * that users have. What somebody else changed meanwhile stays as it is.
 *
 * @param say is told of what was done, and of what is left
 */
public record Restoration(Platform platform, JournalStore store, Waiting waiting, Consumer<String> say) {

    /**
     * Puts back what a run has left that is over.
     *
     * @param required whether it matters if the journal may not be read
     * @throws EnvironmentNotFit if a run may still have the release, or it cannot be put back
     */
    public void afterEarlierRun(boolean required) {
        Optional<JournalStore.Entry> found = required ? store.read() : store.readIfAllowed();
        if (found.isEmpty()) {
            return;
        }
        JournalStore.Entry left = found.get();
        if (new JournalHolder(store, left).isAlive(waiting)) {
            throw new EnvironmentNotFit("The Application " + left.point().name() + " is being proved in place by "
                    + left.holder(), "Wait until that run has ended, or end it: it puts the release back. The journal"
                    + " is " + store);
        }
        say.accept("an earlier run (" + left.run() + ") has left the Application " + left.point().name()
                + " changed: it is put back first");
        store.takeOver();
        putBack(left.point(), left.written());
    }

    /**
     * Puts the release back, and deletes the journal.
     *
     * @param written specifications, one of which a run wrote last
     * @throws EnvironmentNotFit if somebody else changed it, or it could not be put back; the journal stays
     */
    public void putBack(RestorePoint point, List<JsonNode> written) {
        try {
            putBackOwn(point, written);
        } catch (EnvironmentNotFit left) {
            throw left;
        } catch (RuntimeException | AssertionError broken) {
            throw new EnvironmentNotFit("The Application " + point.name() + " could not be put back: "
                    + String.valueOf(broken.getMessage()).lines().filter(line -> !line.isBlank()).limit(2)
                            .collect(Collectors.joining("; ")), "The next run tries again. "
                    + new SpecGuard(platform, store, point).leftByHand(), broken);
        }
    }

    private void putBackOwn(RestorePoint point, List<JsonNode> written) {
        SpecGuard guard = new SpecGuard(platform, store, point);
        List<JsonNode> own = new ArrayList<>(List.of(point.spec(), point.held(true)));
        own.addAll(written);
        JsonNode now = guard.require(own);
        LiveRollout rollout = new LiveRollout(platform.cluster().client(), point.destination(),
                point.rollout().name(), waiting, Supplier::get, action -> { });
        Rollout found = rollout.now();
        boolean untouched = RestorePoint.same(now, point.spec()) && isAsBefore(found, point);
        if (!untouched) {
            guard.require(found);
            rollout.trim(point.rollout());
            JsonNode held = write(point, now, point.held(true));
            sync(point);
            rollout.settle(current -> asksAsBefore(current, point), point.replicaSets());
            Rollout settled = rollout.now();
            if (!sameSpec(settled, point)) {
                guard.require(settled);
                rollout.putBack(settled, point.rollout());
                rollout.settle(current -> sameSpec(current, point), point.replicaSets());
            }
            write(point, held, point.spec());
        }
        verify(point, rollout);
        store.delete();
        say.accept("the Application " + point.name() + " is as it was: tag " + point.tag() + ", "
                + point.rollout().strategy());
    }

    private JsonNode write(RestorePoint point, JsonNode now, JsonNode next) {
        if (RestorePoint.same(now, next)) {
            return now;
        }
        store.requireOwn();
        store.written(List.of(now, next));
        try {
            LiveApplicationWriter.Written changed =
                    platform.argoCd().writer().replace(point.application(), now, next, "");
            JsonNode spec = changed.object().path("spec");
            store.written(List.of(spec));
            return spec;
        } catch (EnvironmentNotFit | ArgoCdRefused unknown) {
            // Its answer may be lost, or somebody was faster: what is there now says which.
            JsonNode there = new SpecGuard(platform, store, point).require(List.of(now, next));
            if (RestorePoint.same(there, next)) {
                return there;
            }
            throw unknown;
        }
    }

    private void sync(RestorePoint point) {
        try (ApplicationFeed feed = platform.argoCd().follow(point.name(), point.application().project())) {
            new LiveSync(platform.argoCd(), waiting, Supplier::get).sync(feed, action -> { });
        }
    }

    private static boolean asksAsBefore(Rollout now, RestorePoint point) {
        return now.strategy() == point.rollout().strategy() && now.images().equals(point.rollout().images());
    }

    /** The number of pods is an autoscaler's where one has written it. */
    private static boolean sameSpec(Rollout now, RestorePoint point) {
        ObjectNode before = point.rollout().object().path("spec").deepCopy();
        ObjectNode after = now.object().path("spec").deepCopy();
        if (now.writers().stream().anyMatch(writer -> writer.subresource().equals("scale"))) {
            before.remove("replicas");
            after.remove("replicas");
        }
        return RestorePoint.same(before, after);
    }

    private static boolean isAsBefore(Rollout now, RestorePoint point) {
        return sameSpec(now, point) && now.healthy() && now.currentHash().equals(now.stableHash());
    }

    /** What is not as it was is named, whatever it is: somebody has to look at it. */
    private void verify(RestorePoint point, LiveRollout rollout) {
        platform.argoCd().refresh(point.name(), point.application().project());
        try (ApplicationFeed feed = platform.argoCd().follow(point.name(), point.application().project())) {
            waiting.until(feed, ApplicationExpectations.syncedAnd(point.application().health()), WaitLimit.SYNC);
        } catch (NotMet notSynced) {
            say.accept("the Application " + point.name() + " has its specification back, and Argo CD says "
                    + String.valueOf(notSynced.getMessage()).lines().skip(1).findFirst().orElse(""));
        }
        Rollout now = rollout.now();
        if (!isAsBefore(now, point)) {
            throw new EnvironmentNotFit("The Rollout " + now.name() + " was put back and is not as it was: "
                    + SpecDifference.words(point.rollout().object().path("spec"), now.object().path("spec"))
                    + "; " + now.summary(), new SpecGuard(platform, store, point).leftByHand());
        }
        if (!now.stableHash().equals(point.rollout().stableHash())) {
            say.accept("the ReplicaSet of " + point.tag() + " is " + now.stableHash() + " now; before the run it was "
                    + point.rollout().stableHash());
        }
    }
}
