package delivery.release;

import delivery.rollout.Release;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;
import java.time.Duration;

/** A release that is watched, by whoever need not act on it. */
public interface WatchedRelease {

    /** Waits for something of the release. */
    <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit);

    /** Watches something of the release that must stay as it is. */
    void throughout(Expectation<? super Release, ?> expectation, Duration time);
}
