package delivery.release;

import delivery.release.pool.Move;
import delivery.release.pool.Situation;
import delivery.release.pool.Stage;
import delivery.release.pool.Way;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Strategy;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import java.util.Optional;

/**
 * Brings a release into the situation that a scenario asks for, as a person would, and keeps track of its old and its
 * new version.
 */
public final class Passage {

    private static final int LONGEST_DELAY_TO_WAIT_FOR = 30;

    private final ReleaseUnderTest subject;
    private final Versions versions;
    private final Situation wanted;
    private Version old;
    private Optional<Version> next = Optional.empty();
    private Optional<OldReplicaSet> oldPods = Optional.empty();
    private boolean arrived;

    /** @param subject the release, created or not, which nobody else uses */
    public Passage(ReleaseUnderTest subject, Versions versions, Situation wanted) {
        this.subject = subject;
        this.versions = versions;
        this.wanted = wanted;
        this.old = versions.old();
    }

    /** The release, which no other scenario uses at the same time. */
    public ReleaseUnderTest subject() {
        return subject;
    }

    /** The version that users have or, after a promotion, had before. */
    public Version old() {
        return old;
    }

    /** The version that waits, or was promoted; empty if the situation has none. */
    public Optional<Version> next() {
        return next;
    }

    /**
     * The pods that serve users while a version waits, watched since before its release or since the release was taken
     * over.
     */
    public OldReplicaSet oldPods() {
        return oldPods.orElseGet(() -> OldReplicaSet.stable(subject));
    }

    /** Brings the release into the situation; creates it first unless it was taken over. */
    public void bring() {
        if (!arrived) {
            Way.fromNothing(wanted).moves().forEach(this::go);
            arrived = true;
        }
    }

    /**
     * Brings a release that another scenario left into the situation, and verifies that by the Rollout, by Argo CD and
     * by what users are served.
     */
    public void takeOver(Way way) {
        Position begin = position();
        old = begin.old();
        next = begin.next();
        way.moves().forEach(this::go);
        requireArrived(way.moves().isEmpty() ? begin : position());
        arrived = true;
    }

    private Position position() {
        return subject.position().orElseThrow(() -> new AssertionError("It is not as it was left: "
                + subject.release().summary()));
    }

    private void go(Move move) {
        switch (move) {
            case CLONE -> subject.deploy(wanted.strategy(), old, wanted.overrides());
            case PROMOTE -> promote();
            case SET_BACK -> setBack();
            case SWITCH -> {
                users();
                requireOneVersion();
                subject.changeStrategy(wanted.strategy());
                subject.await(ReleaseExpectations.follows(wanted.strategy()), WaitLimit.RECONCILE);
            }
            case VALUES -> {
                users();
                subject.override(wanted.overrides());
            }
            case RELEASE -> release();
            case WALK -> new CanaryWalk(subject, next.orElseThrow()).toLastPause();
        }
    }

    /** Makes the promoted version, if there is one, the old version of what follows. */
    private void users() {
        old = next.orElse(old);
        next = Optional.empty();
    }

    private void setBack() {
        next = Optional.empty();
        subject.release(old);
        subject.await(ReleaseExpectations.backTo(old.tag()), WaitLimit.AVAILABLE);
    }

    private void release() {
        users();
        oldPods = Optional.of(OldReplicaSet.of(subject, old.tag()));
        Version version = versions.next(subject.tags(), subject.journal());
        next = Optional.of(version);
        subject.release(version);
        if (wanted.strategy() == Strategy.BLUE_GREEN) {
            subject.await(ReleaseExpectations.waitsOnPreview(version.tag()), WaitLimit.PAUSE);
        }
    }

    private void promote() {
        Version version = next.orElseThrow();
        OldReplicaSet before = oldPods();
        subject.promote();
        Release healthy = subject.await(ReleaseExpectations.healthy(version.tag()), WaitLimit.PROMOTION);
        subject.served().await(version);
        if (wanted.stage() == Stage.PROMOTED) {
            // A person undoes a release later, when no pod of the old version runs any more.
            before.awaitEndWithin(healthy.rollout().orElseThrow().delay(), LONGEST_DELAY_TO_WAIT_FOR);
        } else {
            users();
        }
    }

    private void requireArrived(Position now) {
        if (now.standing().stage() != Stage.PROMOTED || wanted.stage() == Stage.PROMOTED) {
            old = now.old();
            next = now.next();
        } else {
            old = now.next().orElseThrow();
            next = Optional.empty();
        }
        if (!subject.delivery().isApplied() || !now.standing().serves(wanted)) {
            throw new AssertionError("It is not " + wanted.stage() + ": " + subject.release().summary()
                    + "; Argo CD says " + subject.application().summary());
        }
        if (wanted.stage() == Stage.STABLE && wanted.strategy() == Strategy.BLUE_GREEN) {
            requireOneVersion();
        }
        requireServed();
    }

    /**
     * Requires that the pods of earlier versions are gone. After a switch to the canary strategy, a Service without a
     * hash in its selector would lead users to them.
     */
    private void requireOneVersion() {
        int delay = subject.rollout().delay();
        boolean one = ReleaseExpectations.onlyStable().judge(subject.release()) instanceof Outcome.Met;
        if (!one && delay > LONGEST_DELAY_TO_WAIT_FOR) {
            throw new AssertionError("It keeps the pods of an earlier version for " + delay + " s");
        }
        subject.await(ReleaseExpectations.onlyStable(), WaitLimit.SCALE_DOWN);
    }

    private void requireServed() {
        if (wanted.stage() == Stage.LAST_PAUSE) {
            subject.served().awaitBegun(next.orElseThrow(), subject.rollout().askedWeight());
            return;
        }
        subject.served().await(wanted.stage() == Stage.PROMOTED ? next.orElseThrow() : old);
        if (wanted.stage() == Stage.PREVIEW) {
            subject.served().await(subject.rollout().newService().orElseThrow(), next.orElseThrow());
        }
    }
}
