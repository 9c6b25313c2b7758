package delivery.steps;

import delivery.rollout.AnalysisRunState;
import delivery.rollout.ReleaseExpectations;
import delivery.waiting.WaitLimit;
import io.cucumber.java.en.Then;

public final class AnalysisSteps {

    private final ScenarioWorld scene;

    public AnalysisSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @Then("its analysis succeeds on measurements of the canary")
    public void succeeds() {
        ends("Successful");
    }

    @Then("its analysis fails on measurements of the canary")
    public void fails() {
        ends("Failed");
    }

    private void ends(String phase) {
        AnalysisRunState analysis = scene.subject().await(ReleaseExpectations.analysed(scene.next().tag()),
                WaitLimit.ANALYSIS);
        scene.show(analysis);
        scene.require(analysis.complaint(phase, scene.next().answers()));
        scene.saw("the analysis of " + scene.next().tag() + " is " + analysis.outcome());
    }
}
