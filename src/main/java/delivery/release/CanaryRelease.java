package delivery.release;

import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;

/** What whoever leads a release along its steps needs of it. */
public interface CanaryRelease {

    <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit);

    Rollout rollout();

    /**
     * Promotes it if it waits at this step of its canary; a pause with a duration may have ended.
     *
     * @return whether it did
     */
    boolean promoteAt(int step);
}
