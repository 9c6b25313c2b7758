package delivery.release;

import delivery.rollout.Release;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;

/** What whoever waits for the analysis of a release needs of it. */
public interface AnalysedRelease {

    /** Waits for something of the release. */
    <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit);

    /** Its users. */
    Audience audience();

    /** Its record of what was done and what came of it. */
    Journal journal();
}
