package delivery.release;

import delivery.failure.NotApplicable;
import delivery.rollout.AnalysisExpectations;
import delivery.rollout.AnalysisRunState;
import delivery.rollout.Release;
import delivery.traffic.BackgroundTraffic;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;
import java.time.Duration;

/** Waits for the analysis of a canary. If the analysis counts answers, users send requests in the meantime. */
public record CanaryAnalysis(AnalysedRelease subject, Version version) {

    /** Requests per second, enough for even a small share to be counted. */
    private static final int USERS_PER_SECOND = 20;
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(12);

    /** Waits for the analysis of a good version: for its end or, with background analysis, for the next pause. */
    public AnalysisRunState ofGood() {
        return await(AnalysisExpectations.judged(version.tag()));
    }

    /**
     * Waits for the analysis of a faulty version.
     *
     * @param known whether the team says that its analysis refuses this version
     * @throws NotApplicable if the analysis accepts the version, and the team does not say that it must refuse it
     */
    public AnalysisRunState ofFaulty(boolean known) {
        if (known) {
            return await(AnalysisExpectations.analysed(version.tag()));
        }
        AnalysisRunState analysis = ofGood();
        if (analysis.isContentWithout(version.tag(), version.answers())) {
            throw new NotApplicable("nothing is known to be faulty by its analysis: it is content with "
                    + version.answers() + ", and was not given what that was released as, " + version.tag()
                    + "; set FAULTY_TAG to a version that it refuses (" + analysis.summary() + ")");
        }
        return analysis;
    }

    private AnalysisRunState await(Expectation<Release, AnalysisRunState> expectation) {
        if (!subject.await(AnalysisExpectations.begun(version.tag()), WaitLimit.ANALYSIS).countsAnswers()) {
            return subject.await(expectation, WaitLimit.ANALYSIS);
        }
        try (BackgroundTraffic users = subject.audience().comeAllTheWhile(LONGEST_LOAD, USERS_PER_SECOND)) {
            AnalysisRunState analysis = subject.await(expectation, WaitLimit.ANALYSIS);
            subject.journal().looked(subject.audience().entrance().command(subject.audience().version()),
                    users.soFar().size() + " requests of users, for the analysis to count");
            return analysis;
        }
    }
}
