package delivery.release;

import delivery.rollout.Release;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;

/** The part of a release that the wait for its analysis needs. */
public interface AnalysedRelease {

    /** Waits for something of the release. */
    <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit);

    /** Its users. */
    Audience audience();

    /** Its record of what was done and what came of it. */
    Journal journal();
}
