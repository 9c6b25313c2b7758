package delivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.release.CanaryWalk;
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

    @Then("its analysis succeeds on measurements of the canary")
    public void succeeds() {
        AnalysisRunState analysis = ended();
        assertThat(analysis.phase()).as("phase of the analysis: " + analysis.summary()).isEqualTo("Successful");
        saw(analysis);
    }

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
        AnalysisRunState analysis = scene.subject().await(ReleaseExpectations.analysed(scene.next().tag()), WaitLimit.ANALYSIS);
        scene.journal().evidence().json("AnalysisRun", analysis);
        scene.journal().observed("analysis: " + analysis.summary());
        // One that was told to end is successful without having measured anything.
        assertThat(analysis.terminated()).as("the analysis was told to end: " + analysis.summary()).isFalse();
        assertThat(analysis.counted()).as("measurements that were judged: " + analysis.summary()).isPositive();
        assertThat(analysis.metrics()).as("metrics that measured what the canary answers" + analysis.dryRun() + ": "
                + analysis.summary()).anyMatch(metric -> !metric.dryRun() && metric.measurements().stream()
                        .anyMatch(measurement -> measurement.value().contains(scene.next().answers())));
        return analysis;
    }
}
