package delivery.release;

import delivery.rollout.PodStability;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Rollout;
import delivery.rollout.ScaleDown;
import delivery.rollout.Strategy;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import java.time.Duration;
import java.util.Optional;

/**
 * The ReplicaSet that serves users before a release. Judges whether it keeps its pods as long as it must, and no
 * longer.
 */
public final class OldReplicaSet {

    private final WatchedRelease subject;
    private final ReplicaSetState before;
    private final PodStability pods;

    private OldReplicaSet(WatchedRelease subject, ReplicaSetState before) {
        this.subject = subject;
        this.before = before;
        this.pods = subject.await(PodStability.from(before.hash()), WaitLimit.AVAILABLE);
    }

    /**
     * Takes the ReplicaSet as it is now, once it has all its pods: a Rollout may be healthy a moment before its
     * ReplicaSet is.
     */
    public static OldReplicaSet of(WatchedRelease subject, String tag) {
        return new OldReplicaSet(subject, subject.await(ReleaseExpectations.available(tag, 0), WaitLimit.AVAILABLE));
    }

    /** Takes the stable ReplicaSet as it is now, while a new version waits. */
    static OldReplicaSet stable(WatchedRelease subject) {
        return new OldReplicaSet(subject, subject.await(Expectation.of("the stable ReplicaSet has all its pods",
                release -> release.rollout().flatMap(rollout -> release.replicaSet(rollout.stableHash()))
                        .filter(set -> set.desired() > 0 && set.available() == set.desired())
                        .map(Outcome::met).orElseGet(() -> Outcome.notYet(release.summary()))), WaitLimit.AVAILABLE));
    }

    /**
     * Watches for this time whether the ReplicaSet keeps all its pods, the same ones that it had before the release. A
     * pod that was not ready in between is noticed by its conditions and restarts.
     *
     * @return what was seen, in words
     * @throws delivery.waiting.NotMet if a pod is gone or was not available, or fewer are asked for
     */
    public String keepAll(Duration time) {
        subject.throughout(kept(), time);
        int kept = kept(subject.await(ReleaseExpectations.that("there is a Rollout", release ->
                release.rollout().isPresent()), WaitLimit.RECONCILE));
        return "the old ReplicaSet kept " + kept + " of " + before.desired() + " pods available for "
                + time.toSeconds() + " s" + (kept < before.desired() ? ", as the canary replaces "
                + (before.desired() - kept) : "");
    }

    private Expectation<Release, Release> kept() {
        return Expectation.of("the old ReplicaSet keeps all its pods", release -> loss(release)
                .<Outcome<Release>>map(Outcome::notYet).orElseGet(() -> Outcome.met(release)));
    }

    private Optional<String> loss(Release release) {
        Optional<ReplicaSetState> now = release.replicaSet(before.hash());
        if (now.isEmpty()) {
            return Optional.of("the old ReplicaSet is gone: " + release.summary());
        }
        // The desired number changes first; pods that are to be removed stay available a moment longer.
        int kept = kept(release);
        if (Math.min(now.get().desired(), now.get().available()) < kept) {
            return Optional.of("available pods of the old ReplicaSet, which had " + before.desired()
                    + (kept < before.desired() ? " and is to keep " + kept : "") + ": " + now.get().summary());
        }
        return kept == 0 ? Optional.empty() : pods.change(release);
    }

    /**
     * The number of pods to keep: without a traffic router, or with dynamicStableScale, a canary's pods replace others.
     */
    private int kept(Release release) {
        return release.rollout().filter(rollout -> rollout.strategy() == Strategy.CANARY)
                .map(rollout -> Math.min(before.desired(), rollout.canaryPods().stable())).orElse(before.desired());
    }

    /**
     * The reason why not all its pods stayed until users were switched away from it; empty if they did.
     *
     * @param atSwitch the release when the switch was seen, which may be so late that the pods are gone already
     * @throws delivery.failure.EnvironmentNotFit if the API server does not show when they were removed
     */
    public Optional<String> complaint(Release atSwitch) {
        Release seen = isBehind(atSwitch) ? subject.await(ReleaseExpectations.that("the old ReplicaSet says what became"
                + " of its pods", release -> !isBehind(release)), WaitLimit.RECONCILE) : atSwitch;
        boolean fewer = seen.replicaSet(before.hash()).filter(now -> now.desired() < before.desired()).isPresent();
        if (fewer) {
            // The API server's timestamps show whether it was before the switch.
            Duration kept = seen.fromSwitchToScaleDown(before.hash());
            return kept.isNegative() ? Optional.of("Users were switched " + kept.negated().toSeconds()
                    + " s after the end of the old ReplicaSet: " + seen.summary()) : Optional.empty();
        }
        return loss(atSwitch).map(why -> "The old version did not keep its pods until users were switched: " + why);
    }

    /** Whether the ReplicaSet still reports all its pods although they are gone: they are watched separately. */
    private boolean isBehind(Release release) {
        long left = release.pods(before.hash()).stream().filter(pod -> !pod.terminating()).count();
        return left < before.desired() && release.replicaSet(before.hash()).filter(now ->
                Math.min(now.desired(), now.available()) >= before.desired()).isPresent();
    }

    /** The reason, in a sentence, why a ReplicaSet is not the new version's own; empty if it is. */
    public Optional<String> complaint(ReplicaSetState fresh, Rollout rollout) {
        return fresh.hash().equals(before.hash()) || !fresh.hash().equals(rollout.currentHash())
                ? Optional.of("The new version should have a ReplicaSet of its own; it has " + fresh.summary()
                        + ", the old version had " + before.summary())
                : Optional.empty();
    }

    /** The number of its pods when users were switched, in words: "3 of 3 pods available". */
    public String atSwitch(Release atSwitch) {
        return atSwitch.replicaSet(before.hash()).map(ReplicaSetState::available).orElse(0) + " of " + before.desired()
                + " pods available";
    }

    /**
     * Waits until the ReplicaSet is scaled down and its pods are gone, and judges when that was.
     *
     * @param delay the seconds for which the Rollout keeps it
     * @return how long it was kept, in words: "5 s after the switch"
     * @throws AssertionError if it was scaled down too early or too late, or not at all
     */
    public String end(int delay) {
        ScaleDown end = new ScaleDown(before.hash(), delay);
        Release ended = subject.await(end.begun(), WaitLimit.SCALE_DOWN, end::ownTime);
        end.complaint(ended).ifPresent(wrong -> {
            throw new AssertionError(wrong);
        });
        subject.await(ReleaseExpectations.scaledDown(before.hash()), WaitLimit.SCALE_DOWN);
        return ended.delayToScaleDown(before.hash()).toSeconds() + " s after the "
                + (ended.analysedAfterSwitch() ? "analysis of the new version had passed" : "switch");
    }

    /** Waits until its pods are gone, unless their delay in seconds is longer than the longest one to wait for. */
    public void awaitEndWithin(int delay, int longest) {
        if (delay <= longest) {
            subject.await(ReleaseExpectations.scaledDown(before.hash()), WaitLimit.SCALE_DOWN);
        }
    }
}
