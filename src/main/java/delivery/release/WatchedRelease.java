package delivery.release;

import delivery.rollout.Release;
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
}
