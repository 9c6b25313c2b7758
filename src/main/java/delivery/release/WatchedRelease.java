package delivery.release;

import delivery.rollout.Release;
import delivery.rollout.Scaling;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;
import java.time.Duration;
import java.util.function.Function;

/** The part of a release that can be watched, but not acted on. */
public interface WatchedRelease {

    <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit);

    /** Waits for longer than the limit if the release itself takes longer. */
    <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit, Function<Release, Duration> ownTime);

    /** Watches that an expectation of the release stays met for this time. */
    void throughout(Expectation<? super Release, ?> expectation, Duration time);

    /**
     * Watches that an expectation of the release stays met for this time, while an autoscaler may change the number of
     * its pods.
     */
    default void stays(Expectation<Release, Release> expectation, Duration time) {
        throughout(Scaling.allowed(expectation), time);
        await(expectation, WaitLimit.AVAILABLE);
    }
}
