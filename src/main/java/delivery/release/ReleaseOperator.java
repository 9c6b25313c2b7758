package delivery.release;

import delivery.kubernetes.RolloutActions;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Rollout;
import delivery.rollout.RolloutExpectations;
import delivery.rollout.UndoReversal;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** Promotes and undoes a release as a person does. */
final class ReleaseOperator {

    /** Argo CD heals within seconds; a sync of many objects takes longest. */
    private static final Duration LASTS = Duration.ofSeconds(30);

    private final RolloutActions actions;
    private final ReleaseWatch watch;
    private final Delivery delivery;
    private final Journal journal;

    ReleaseOperator(KubernetesClient client, ReleaseWatch watch, Delivery delivery, Journal journal) {
        this.actions = new RolloutActions(client);
        this.watch = watch;
        this.delivery = delivery;
        this.journal = journal;
    }

    /** Waits until a version that was just deployed is healthy, on the pods that its autoscaler keeps at least. */
    Release awaitDeployed(Version version) {
        return watch.await(RolloutExpectations.scaled(version.tag(), delivery.leastPods()), WaitLimit.AVAILABLE);
    }

    Release promote() {
        return promote(looked());
    }

    boolean promoteAt(int step) {
        Rollout now = looked();
        boolean waits = now.step().orElse(-1) == step && now.paused(ReleaseExpectations.CANARY_PAUSE);
        if (waits) {
            promote(now);
        }
        return waits;
    }

    /** Waits until the controller has taken it up: it is a change of the status alone, which no generation counts. */
    private Release promote(Rollout before) {
        watch.foreign().acts(before);
        journal.did(delivery.act(() -> actions.promote(before)), "promoted");
        Release after = watch.await(ReleaseExpectations.that("the controller takes the promotion up", release -> {
            Rollout now = release.rollout().orElseThrow();
            boolean moved = now.step().orElse(-1) > before.step().orElse(-1)
                    || !now.stableHash().equals(before.stableHash()) || !now.activeHash().equals(before.activeHash());
            boolean unpausing = now.controllerPause() && now.pauses().isEmpty();
            return moved && !unpausing;
        }), WaitLimit.PROMOTION);
        journal.observed(after.summary());
        return after;
    }

    Release promoteFully(Version version) {
        Rollout before = looked();
        watch.foreign().promotesAll(before);
        journal.did(delivery.act(() -> actions.promoteFully(before)), "promoted to the end");
        Release promoted = watch.await(ReleaseExpectations.healthy(version.tag()), WaitLimit.PROMOTION);
        journal.observed(promoted.summary());
        return promoted;
    }

    Release undo(Version back) {
        Release now = watch.look();
        Rollout rollout = now.rollout().orElseThrow(watch::noRollout);
        String before = rollout.currentHash();
        watch.foreign().acts(rollout);
        watch.undone(new UndoReversal(back.tag(), rollout.generation()));
        journal.did(delivery.act(() -> actions.undo(now)), "undone");
        Release taken = watch.await(ReleaseExpectations.that("the controller takes the undo to " + back.tag() + " up",
                release -> release.rollout().filter(seen -> seen.asksFor(back.tag())
                        && seen.observedGeneration() == seen.generation()
                        && !seen.currentHash().equals(before)).isPresent()), WaitLimit.RECONCILE);
        journal.observed(taken.summary());
        delivery.reserve().ifPresent(journal::observed);
        // Until Argo CD takes it back, the pods of the undo may come up or not.
        if (delivery.selfHeals()) {
            watch.throughout(watch.lasting(Expectation.of("the undo lasts", Outcome::met)), LASTS);
        }
        return taken;
    }

    private Rollout looked() {
        return watch.look().rollout().orElseThrow(watch::noRollout);
    }
}
