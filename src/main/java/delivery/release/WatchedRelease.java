package delivery.release;

import delivery.rollout.Release;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;
import java.time.Duration;
import java.util.function.Function;

/** The part of a release that only watches, and cannot act on it. */
public interface WatchedRelease {

    <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit);

    /** The same where it may take longer than the limit, by what the release itself says. */
    <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit, Function<Release, Duration> ownTime);

    /** Watches something of the release that must stay as it is. */
    void throughout(Expectation<? super Release, ?> expectation, Duration time);
}
