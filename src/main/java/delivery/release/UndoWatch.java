package delivery.release;

import delivery.argocd.Application;
import delivery.rollout.Release;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Rollout;
import delivery.rollout.UndoReversal;
import delivery.waiting.Expectation;
import delivery.waiting.NotMet;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Follows an undo that self-heal may revert, from before it is sent. */
final class UndoWatch {

    /** The time to watch an undo. Argo CD heals within seconds; a sync of many objects takes longest. */
    private static final Duration LASTS = Duration.ofSeconds(30);
    /** The time in which the watches of a Rollout, its ReplicaSets and its pods, which differ in speed, catch up. */
    private static final Duration APART = Duration.ofSeconds(10);

    private final WatchedRelease watch;
    private final String tag;
    private final Rollout before;
    private final long newest;
    private final UndoReversal reversal;
    private final Supplier<String> who;

    /**
     * @param before the release, before it is undone
     * @param back   the version that the undo returns to
     * @param who    says who reverts the undo, and what to do about it
     * @throws java.util.NoSuchElementException if there is no Rollout
     */
    UndoWatch(WatchedRelease watch, Release before, Version back, Supplier<String> who) {
        this.watch = watch;
        this.tag = back.tag();
        this.before = before.rollout().orElseThrow();
        this.newest = before.owned().mapToLong(ReplicaSetState::revision).max().orElse(0);
        this.reversal = new UndoReversal(tag, this.before.generation());
        this.who = who;
    }

    UndoReversal reversal() {
        return reversal;
    }

    /** Expects that the controller has acted on the undo. */
    Expectation<Release, Release> takenUp() {
        return Expectation.of("the controller takes the undo to " + tag + " up", release ->
                release.rollout().filter(seen -> seen.asksFor(tag)
                        && seen.observedGeneration() == seen.generation()
                        && !seen.currentHash().equals(before.currentHash())).isPresent()
                        ? Outcome.met(release) : Outcome.notYet(release.summary()));
    }

    /**
     * Waits until the controller has acted on the undo. If it was reverted since, the old version's ReplicaSet still
     * shows that: the controller made it the newest revision (argo-rollouts, rollout/sync.go, syncReplicaSetRevision).
     *
     * @throws NotMet if it was reverted before that
     */
    Release awaitTakenUp() {
        Expectation<Release, Release> takenUp = takenUp();
        return watch.await(reversal.orElseAfter(APART, Expectation.of(takenUp.description(), release ->
                release.running(tag).filter(set -> set.revision() > newest).isPresent() ? Outcome.met(release)
                        : takenUp.judge(release)), who), WaitLimit.RECONCILE);
    }

    /**
     * Watches long enough for self-heal to revert the undo.
     *
     * @throws NotMet once it is reverted
     */
    void requireLasting() {
        watch.throughout(reversal.orElse(Expectation.of("the undo lasts", Outcome::met), who), LASTS);
    }

    /**
     * Watches for the same time, and returns how self-heal reverted the undo; empty if it lasts.
     *
     * @param sent     when the undo was sent
     * @param asked    the Application before that
     * @param compared the Application after a new comparison
     * @throws NotMet if the undo was reverted before a pod was started, or by anything other than self-heal
     */
    Optional<SelfHeal> awaitHealed(Instant sent, StartedPods started, Application asked,
            Supplier<Application> compared) {
        try {
            requireLasting();
            return Optional.empty();
        } catch (NotMet reverted) {
            Duration time = Duration.between(sent, Instant.now());
            Application seen = compared.get();
            if (!seen.healedSince(asked, before.name())) {
                throw reverted;
            }
            return Optional.of(new SelfHeal(tag, time, awaitPods(started), seen));
        }
    }

    /** Names of the old version's pods that were started because of the undo, ready or not. */
    private List<String> awaitPods(StartedPods started) {
        return watch.await(reversal.orElseAfter(APART, Expectation.of("pods of " + tag + " are started", release -> {
            List<String> names = release.running(tag).map(set -> started.of(set.hash())).orElse(List.of());
            return names.isEmpty() ? Outcome.notYet(release.summary()) : Outcome.met(names);
        }), who), WaitLimit.AVAILABLE);
    }
}
