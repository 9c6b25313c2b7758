package delivery.rollout;

import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.impossible;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.met;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.rollout;
import static delivery.rollout.ReleaseFixture.set;
import static delivery.rollout.ReleaseFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisExpectationsTest {

    private static final String BACKGROUND = "analysis:{startingStep:1},steps:[{setWeight:20},{pause:{}}]";
    private static final String AT_PAUSE = paused("CanaryPauseStep", 1);

    private static AnalysisRunState run(String name, String type, String phase, int count) {
        return AnalysisRunState.parse(json("{metadata:{name:'" + name + "',labels:{'rollouts-pod-template-hash':'new',"
                + "'rollout-type':'" + type + "'}},spec:{metrics:[{name:'m',provider:{prometheus:{}}}]},status:{phase:'"
                + phase + "',metricResults:[{name:'m',count:" + count + ",measurements:[{value:'[1]'}]}]}}"));
    }

    /** Judges twice, with one more measurement the second time. */
    private static Outcome<AnalysisRunState> judged(String strategy, String type, String status) {
        Expectation<Release, AnalysisRunState> judged = AnalysisExpectations.judged("2");
        Release release = release(rollout("2", "canary:{" + strategy + "}", status), set("new", 2, "2", 1, 1));
        judged.judge(with(release, run("sample-api-new-2-1", type, "Running", 1)));
        return judged.judge(with(release, run("sample-api-new-2-1", type, "Running", 2)));
    }

    @ParameterizedTest
    @CsvSource({"20, true", "0, false"})
    void aBackgroundAnalysisCountsOnceTheCanaryHasUsers(int weight, boolean counts) {
        String weights = ",canary:{weights:{canary:{weight:" + weight + "},stable:{weight:80}}}";
        assertThat(judged("trafficRouting:{nginx:{}}," + BACKGROUND, "Background", AT_PAUSE + weights)
                instanceof Outcome.Met).isEqualTo(counts);
    }

    @Test
    void withoutARouterTheCanarysPodsAreItsWeight() {
        assertThat(judged(BACKGROUND, "Background", AT_PAUSE)).isInstanceOf(Outcome.Met.class);
        assertThat(judged("analysis:{startingStep:1},steps:[{setWeight:0},{pause:{}}]", "Background", AT_PAUSE))
                .isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void onlyABackgroundAnalysisAtAPauseNeedNotEnd() {
        assertThat(judged(BACKGROUND, "Step", AT_PAUSE)).isInstanceOf(Outcome.NotYet.class);
        assertThat(judged(BACKGROUND, "Background", "phase:'Progressing',currentStepIndex:1,currentPodHash:'new',"
                + "stableRS:'old'")).isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void ofSeveralARefusalCountsMostAndOneInProgressMoreThanOneThatPassed() {
        Release release = release(canary("2", AT_PAUSE), set("new", 2, "2", 1, 1));
        AnalysisRunState passed = run("sample-api-new-2-1", "Step", "Successful", 1);
        AnalysisRunState running = run("sample-api-new-2-2", "Step", "Running", 1);
        AnalysisRunState refused = run("sample-api-new-2-3", "Step", "Failed", 1);
        AnalysisRunState background = run("sample-api-new-2", "Background", "Running", 1);
        assertThat(met(AnalysisExpectations.begun("2").judge(with(release, passed, background, running, refused))))
                .isEqualTo(refused);
        assertThat(met(AnalysisExpectations.begun("2").judge(with(release, passed, background, running))))
                .isEqualTo(running);
        assertThat(met(AnalysisExpectations.begun("2").judge(with(release, passed, background)))).isEqualTo(background);
        assertThat(AnalysisExpectations.analysed("2").judge(with(release, passed, running)))
                .isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void afterTheStepOfTheAnalysisThereIsNoneToWaitFor() {
        Release release = release(canary("2", paused("CanaryPauseStep", 4)), set("new", 2, "2", 1, 1));
        assertThat(impossible(AnalysisExpectations.analysed("2").judge(release)))
                .startsWith("no AnalysisRun was made for it");
    }
}
