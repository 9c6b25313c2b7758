package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationFeed;
import delivery.argocd.LiveApplicationWriter;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.Rollout;
import delivery.waiting.Expectation;
import delivery.waiting.NotMet;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Puts a live release back as it was before a run: the Application's specification, the objects that it deploys, and
 * the version that users have. Changes that somebody else made in the meantime stay as they are.
 *
 * @param say receives what was done, and what is left
 */
public record Restoration(Platform platform, JournalStore store, Waiting waiting, Consumer<String> say) {

    /**
     * Puts back the changes of a run that is over.
     *
     * @param required whether it is an error if the journal may not be read
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
        store.takeOver(left);
        Heartbeat heartbeat = new Heartbeat(store);
        try {
            putBack(left.point(), left.written());
        } finally {
            heartbeat.close();
        }
    }

    /**
     * Puts the release back, and deletes the journal. If a part of the platform does not answer, tries again.
     *
     * @param written specifications, one of which a run wrote last
     * @throws EnvironmentNotFit if somebody else changed it, or it could not be put back; the journal stays
     */
    public void putBack(RestorePoint point, List<JsonNode> written) {
        List<JsonNode> own = new ArrayList<>(List.of(point.spec(), point.held(true)));
        own.addAll(written);
        RestorationFeed attempts = new RestorationFeed(() -> attempt(point, own), say,
                "the journal " + store + " says how to put it back by hand");
        try {
            waiting.until(attempts, Expectation.of("the Application " + point.name() + " is put back", failure ->
                    failure.isEmpty() ? Outcome.met(point) : Outcome.notYet(failure.get().what())),
                    WaitLimit.RESTORATION);
        } catch (NotMet inVain) {
            EnvironmentNotFit why = attempts.failure().orElseThrow(() -> inVain);
            throw new EnvironmentNotFit("The Application " + point.name() + " could not be put back: " + why.what(),
                    "The next run tries again. " + new SpecGuard(platform, store, point).leftByHand(), why);
        }
    }

    /** @return why a change by somebody else prevents that for good; empty if the release was put back */
    private Optional<EnvironmentNotFit> attempt(RestorePoint point, List<JsonNode> own) {
        Optional<EnvironmentNotFit> another = store.another();
        if (another.isPresent()) {
            return another;
        }
        SpecGuard guard = new SpecGuard(platform, store, point);
        JsonNode object = guard.look(own);
        Optional<EnvironmentNotFit> foreign = guard.foreign(own, object);
        if (foreign.isPresent()) {
            return foreign;
        }
        LiveRollout rollout = new LiveRollout(platform.cluster().client(), point.destination(),
                point.rollout().name(), waiting, call -> act(point, own, call), action -> { });
        Rollout found = rollout.now();
        boolean back = RestorePoint.same(object.path("spec"), point.spec());
        boolean done = back && isAsBefore(found, point);
        boolean commit = back && !done && commit(point).isPresent();
        // Changes that a commit made to the release are not reverted.
        if (!done && !(commit && !sameSpec(found, point))) {
            foreign = guard.foreign(found);
            if (foreign.isPresent()) {
                return foreign;
            }
            if (commit) {
                rollout.settle(current -> sameSpec(current, point), rollout.replicaSets());
            } else {
                putBackOwn(point, own, object.path("spec"), rollout, guard);
            }
        }
        String now = verify(point, rollout);
        store.requireNoOther();
        store.delete();
        say.accept("the Application " + point.name() + " " + now);
        return Optional.empty();
    }

    private void putBackOwn(RestorePoint point, List<JsonNode> own, JsonNode now, LiveRollout rollout,
            SpecGuard guard) {
        // The tag alone says too little: a sidecar may have it, too, and the canary would be promoted.
        rollout.endCanary(current -> current.images().equals(point.rollout().images()));
        rollout.trim(point.rollout());
        JsonNode held = write(point, own, now, point.held(true));
        sync(point, own);
        Rollout synced = rollout.now();
        if (!asksAsBefore(synced, point) && point.application().ignores("Rollout")) {
            // Argo CD may leave alone the differences that the Application ignores.
            rollout.putBack(synced, point.rollout());
        }
        rollout.settle(current -> asksAsBefore(current, point), point.replicaSets());
        Rollout settled = rollout.now();
        if (!sameSpec(settled, point)) {
            guard.foreign(settled).ifPresent(foreign -> {
                throw foreign;
            });
            rollout.putBack(settled, point.rollout());
            rollout.settle(current -> sameSpec(current, point), point.replicaSets());
        }
        write(point, own, held, point.spec());
    }

    /** Sends a call if the journal is this run's. Writes a deleted one again: the release is not put back yet. */
    private <T> T act(RestorePoint point, List<JsonNode> own, Supplier<T> call) {
        store.keep(point, own);
        return call.get();
    }

    private JsonNode write(RestorePoint point, List<JsonNode> own, JsonNode now, JsonNode next) {
        if (RestorePoint.same(now, next)) {
            return now;
        }
        LiveApplicationWriter.Written changed = act(point, own, () -> {
            store.written(List.of(now, next));
            return platform.argoCd().writer().replace(point.application(), now, next, "");
        });
        JsonNode spec = changed.object().path("spec");
        own.add(spec);
        store.written(List.of(spec));
        return spec;
    }

    /** The revision that Argo CD compares with by now, if a commit has changed it since before the run. */
    private Optional<String> commit(RestorePoint point) {
        platform.argoCd().refresh(point.name(), point.application().project());
        JsonNode now = platform.argoCd().object(point.name()).orElseThrow(() -> new EnvironmentNotFit("Argo CD has no"
                + " Application " + point.name(), "See argocd app list")).at("/status/sync");
        JsonNode before = point.object().at("/status/sync");
        return now.path("revision").equals(before.path("revision"))
                && now.path("revisions").equals(before.path("revisions")) ? Optional.empty()
                : Optional.of(now.path("revision").asText(now.path("revisions").toString()));
    }

    private void sync(RestorePoint point, List<JsonNode> own) {
        try (ApplicationFeed feed = platform.argoCd().follow(point.name(), point.application().project())) {
            new LiveSync(platform.argoCd(), waiting, call -> act(point, own, call)).sync(feed, action -> { });
        }
    }

    private static boolean asksAsBefore(Rollout now, RestorePoint point) {
        return now.strategy() == point.rollout().strategy() && now.images().equals(point.rollout().images());
    }

    private static boolean sameSpec(Rollout now, RestorePoint point) {
        return RestorePoint.same(LiveRollout.specification(point.rollout(), now), now.object().path("spec"));
    }

    private static boolean isAsBefore(Rollout now, RestorePoint point) {
        return sameSpec(now, point) && now.healthy() && now.currentHash().equals(now.stableHash());
    }

    /**
     * Reports everything that differs from before, so that somebody can look at it.
     *
     * @return its state in words: "is as it was: tag 1.0.0, blue-green"
     */
    private String verify(RestorePoint point, LiveRollout rollout) {
        platform.argoCd().refresh(point.name(), point.application().project());
        try (ApplicationFeed feed = platform.argoCd().follow(point.name(), point.application().project())) {
            waiting.until(feed, ApplicationExpectations.syncedAnd(point.application().health()), WaitLimit.SYNC);
        } catch (NotMet notSynced) {
            String says = "the Application " + point.name() + " has its specification back, and Argo CD says "
                    + String.valueOf(notSynced.getMessage()).lines().skip(1).findFirst().orElse("");
            // Whatever else is not at rest is not the run's: but its versions must stay while pods have them.
            if (commit(point).isEmpty() && new RunPods(platform.cluster().client(),
                    point.destination()).exist()) {
                throw new EnvironmentNotFit(says, new SpecGuard(platform, store, point).leftByHand(), notSynced);
            }
            say.accept(says);
        }
        Rollout now = rollout.now();
        Optional<String> commit = isAsBefore(now, point) ? Optional.empty() : commit(point);
        if (commit.isPresent()) {
            return "has its specification back; Argo CD compares with the revision " + commit.get()
                    + " by now, and what that deploys is left as it is: " + now.summary();
        }
        if (!isAsBefore(now, point)) {
            throw new EnvironmentNotFit("The Rollout " + now.name() + " was put back and is not as it was: "
                    + SpecDifference.words(point.rollout().object().path("spec"), now.object().path("spec"))
                    + "; " + now.summary(), new SpecGuard(platform, store, point).leftByHand());
        }
        if (!now.stableHash().equals(point.rollout().stableHash())) {
            say.accept("the ReplicaSet of " + point.tag() + " is " + now.stableHash() + " now; before the run it was "
                    + point.rollout().stableHash());
        }
        return "is as it was: tag " + point.tag() + ", " + point.rollout().strategy();
    }
}
