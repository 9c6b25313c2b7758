package delivery.steps;

import delivery.rollout.AnalysisExpectations;
import delivery.rollout.AnalysisRunState;
import delivery.rollout.Release;
import delivery.traffic.BackgroundTraffic;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;
import io.cucumber.java.en.Then;
import java.time.Duration;

public final class AnalysisSteps {

    /** What counts answers needs some of the canary, however small its share is. */
    private static final int PER_SECOND = 20;
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(12);

    private final ScenarioWorld scene;

    public AnalysisSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @Then("its analysis succeeds on measurements of the canary")
    public void succeeds() {
        ends("Successful", awaited(AnalysisExpectations.judged(scene.next().tag())));
    }

    @Then("its analysis fails on measurements of the canary")
    public void fails() {
        String tag = scene.next().tag();
        boolean known = scene.versions().refusalIsKnown();
        AnalysisRunState analysis =
                awaited(known ? AnalysisExpectations.analysed(tag) : AnalysisExpectations.judged(tag));
        if (!known && analysis.isContentWithout(tag, scene.next().answers())) {
            scene.show(analysis);
            scene.notApplicable("nothing is known to be faulty by its analysis: it is content with "
                    + scene.next().answers() + ", and was not given what that was released as, " + tag
                    + "; set FAULTY_TAG to a version that it refuses");
        }
        ends("Failed", analysis);
    }

    private AnalysisRunState awaited(Expectation<Release, AnalysisRunState> expectation) {
        if (!scene.subject().await(AnalysisExpectations.begun(scene.next().tag()), WaitLimit.ANALYSIS)
                .countsAnswers()) {
            return scene.subject().await(expectation, WaitLimit.ANALYSIS);
        }
        try (BackgroundTraffic users = scene.subject().audience().comeAllTheWhile(LONGEST_LOAD, PER_SECOND)) {
            AnalysisRunState analysis = scene.subject().await(expectation, WaitLimit.ANALYSIS);
            scene.journal().looked("curl --header 'Host: " + scene.subject().host() + "' "
                    + scene.run().environment().settings().gateway(), users.soFar().size()
                    + " requests of users, for the analysis to count");
            return analysis;
        }
    }

    private void ends(String phase, AnalysisRunState analysis) {
        scene.show(analysis);
        scene.require(analysis.complaint(phase, scene.next().answers(), scene.old().answers()));
        scene.saw("the analysis of " + scene.next().tag() + " is " + analysis.outcome());
    }
}
