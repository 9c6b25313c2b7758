package delivery.release;

import delivery.rollout.PodStability;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Scaling;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import java.time.Duration;

/** A watch on a version's pods from the moment when all are available. Judges whether and how long they stay so. */
public final class PodWatch {

    private final WatchedRelease subject;
    private final PodStability pods;
    private final long since;

    /** @param hash the hash of the ReplicaSet; the constructor waits until all its pods are available */
    public PodWatch(WatchedRelease subject, String hash) {
        this.subject = subject;
        this.pods = subject.await(PodStability.from(hash), WaitLimit.AVAILABLE);
        this.since = System.nanoTime();
    }

    /**
     * Waits until the release of this tag is healthy, and watches it and its pods from then on.
     *
     * @return what was seen, in words
     * @throws delivery.waiting.NotMet if it does not become healthy, does not stay so, or loses a pod
     */
    public static String healthy(WatchedRelease subject, String tag, Duration time) {
        Expectation<Release, Release> healthy = ReleaseExpectations.healthy(tag);
        Release release = subject.await(healthy, WaitLimit.PROMOTION);
        String seen = new PodWatch(subject, release.rollout().orElseThrow().stableHash())
                .stayFor(time, Scaling.allowed(healthy));
        subject.await(healthy, WaitLimit.AVAILABLE);
        return seen;
    }

    /**
     * Watches until the pods have been available for this time, counted from the beginning.
     *
     * @return what was seen, in words
     * @throws delivery.waiting.NotMet if a pod was not ready in the meantime, was restarted or is gone
     */
    public String stayFor(Duration time) {
        return stayFor(time, Expectation.of("the release", Outcome::met));
    }

    /**
     * Watches the same, and requires another expectation of the release to hold from now on.
     *
     * @throws delivery.waiting.NotMet if either is not met
     */
    public String stayFor(Duration time, Expectation<Release, Release> further) {
        Duration left = time.minusNanos(System.nanoTime() - since);
        Expectation<Release, Release> stay = pods.stay();
        subject.throughout(Expectation.of(stay.description(), release -> stay.judge(release) instanceof Outcome.Met
                ? further.judge(release) : stay.judge(release)), left.isNegative() ? Duration.ZERO : left);
        return pods.size() + (pods.size() == 1 ? " pod" : " pods") + " stayed available for " + time.toSeconds()
                + " s or more";
    }
}
