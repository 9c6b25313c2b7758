package delivery.release;

import delivery.argocd.Application;
import delivery.history.PerformedAction;
import delivery.kubernetes.RolloutActions;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Rollout;
import delivery.rollout.RolloutExpectations;
import delivery.waiting.Subscription;
import delivery.waiting.WaitLimit;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Optional;

/** Promotes and undoes a release as a person does. */
final class ReleaseOperator {

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

    /** Waits until a version that was just deployed is healthy with the minimum number of pods of its autoscaler. */
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

    /** Promotes, and waits until the controller has acted: only the status changes, which no generation counts. */
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

    /** @throws delivery.waiting.NotMet if self-heal is on and reverts it */
    Release undo(Version back) {
        Release now = watch.look();
        UndoWatch undo = new UndoWatch(watch, now, back, delivery::reversalCause);
        watch.undone(undo.reversal());
        send(now);
        Release taken = watch.await(undo.takenUp(), WaitLimit.RECONCILE);
        journal.observed(taken.summary());
        delivery.reserve().ifPresent(journal::observed);
        // The pods of the undo may or may not start before Argo CD reverts it.
        if (delivery.selfHeals()) {
            undo.requireLasting();
        }
        return taken;
    }

    /**
     * Undoes the release, whether or not self-heal reverts that.
     *
     * @return what self-heal did; empty if it is off, or if the undo lasts
     * @throws delivery.waiting.NotMet if the undo is reverted before the controller has acted on it or a pod was
     *     started, or by anything other than self-heal
     */
    Optional<SelfHeal> triggerUndo(Version back) {
        if (!delivery.selfHeals()) {
            undo(back);
            return Optional.empty();
        }
        Release now = watch.look();
        Application before = delivery.applications().readNow();
        UndoWatch undo = new UndoWatch(watch, now, back, delivery::reversalCause);
        StartedPods pods = new StartedPods(now);
        watch.released();
        Subscription shown = watch.releases().onPod(pods::see);
        try {
            Instant sent = send(now);
            journal.observed(undo.awaitTakenUp().summary());
            Optional<SelfHeal> healed = undo.awaitHealed(sent, pods, before, delivery::compared);
            healed.ifPresent(found -> journal.observed(found.undone()));
            return healed;
        } finally {
            shown.close();
            watch.undone(undo.reversal());
        }
    }

    /** Sends the undo, and returns the time at which it was sent. */
    private Instant send(Release now) {
        watch.foreign().acts(now.rollout().orElseThrow(watch::noRollout));
        PerformedAction sent = delivery.act(() -> actions.undo(now));
        journal.did(sent, "undone");
        return sent.at();
    }

    private Rollout looked() {
        return watch.look().rollout().orElseThrow(watch::noRollout);
    }
}
