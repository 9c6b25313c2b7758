package delivery.release;

import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;

/** The part of a release that the walk along its steps needs. */
public interface CanaryRelease {

    <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit);

    Rollout rollout();

    /** Promotes the release and returns true if it waits at this step. A pause with a duration may have ended. */
    boolean promoteAt(int step);
}
