package delivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.release.CanaryWalk;
import delivery.release.Capability;
import delivery.rollout.AnalysisRunState;
import delivery.rollout.ReleaseExpectations;
import delivery.waiting.WaitLimit;
import io.cucumber.java.en.Then;
import java.util.stream.Collectors;

public final class AnalysisSteps {

    private final ScenarioWorld scene;

    public AnalysisSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @Needs(Capability.CANARY)
    @Then("its analysis succeeds on measurements of the canary")
    public void succeeds() {
        AnalysisRunState analysis = ended();
        assertThat(analysis.phase()).as("phase of the analysis: " + analysis.summary()).isEqualTo("Successful");
        saw(analysis);
    }

    @Needs(Capability.CANARY)
    @Then("its analysis fails on measurements of the canary")
    public void fails() {
        AnalysisRunState analysis = ended();
        assertThat(analysis.phase()).as("phase of the analysis" + analysis.dryRun() + ": " + analysis.summary())
                .isEqualTo("Failed");
        saw(analysis);
    }

    private void saw(AnalysisRunState analysis) {
        scene.saw("the analysis of " + scene.next().tag() + " is " + analysis.phase() + analysis.metrics().stream()
                .map(metric -> ", metric " + metric.name() + " " + metric.successful() + " successful and "
                        + metric.failed() + " failed").collect(Collectors.joining()));
    }

    private AnalysisRunState ended() {
        new CanaryWalk(scene.subject(), scene.next()).toAnalysis();
        AnalysisRunState analysis = scene.subject()
                .await(ReleaseExpectations.analysed(scene.next().tag()), WaitLimit.ANALYSIS);
        scene.journal().evidence().json("AnalysisRun", analysis);
        scene.journal().observed("analysis: " + analysis.summary());
        analysis.complaint(scene.next().answers()).ifPresent(complaint -> {
            throw new AssertionError(complaint);
        });
        return analysis;
    }
}
