package delivery.steps;

import delivery.release.CanaryAnalysis;
import delivery.rollout.AnalysisRunState;
import io.cucumber.java.en.Then;

public final class AnalysisSteps {

    private final ScenarioWorld scene;

    public AnalysisSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @Then("its analysis succeeds on measurements of the canary")
    public void succeeds() {
        ends("Successful", analysis().ofGood());
    }

    @Then("its analysis fails on measurements of the canary")
    public void fails() {
        ends("Failed", scene.applicable(() -> analysis().ofFaulty(scene.versions().refusalIsKnown())));
    }

    private CanaryAnalysis analysis() {
        return new CanaryAnalysis(scene.subject(), scene.next());
    }

    private void ends(String phase, AnalysisRunState analysis) {
        scene.show(analysis);
        scene.require(analysis.complaint(phase, scene.next().answers(), scene.old().answers()));
        scene.saw("the analysis of " + scene.next().tag() + " is " + analysis.outcome());
    }
}
