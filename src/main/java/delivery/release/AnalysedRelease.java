package delivery.release;

import delivery.rollout.Release;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;

/** The part of a release that the wait for its analysis needs. */
public interface AnalysedRelease {

    /** Waits until an expectation of the release is met. */
    <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit);

    /** The users of the release. */
    Audience audience();

    /** The record of the actions on the release and of their outcomes. */
    Journal journal();
}
