package delivery.rollout;

import static delivery.rollout.ReleaseFixture.analysis;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.InvalidSelection;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalysisRunStateTest {

    @Test
    void allThatWasMeasuredIsRead() {
        AnalysisRunState run = AnalysisRunState.parse(json("""
                {metadata:{name:'sample-api-new-2-2',labels:{'rollouts-pod-template-hash':'new','step-index':'2'}},
                 status:{phase:'Failed',message:'Metric "version" assessed Failed',dryRunSummary:{},metricResults:[
                 {name:'version',phase:'Failed',count:2,successful:1,failed:1,error:3,measurements:[
                 {phase:'Successful',value:'"2.0.0"',startedAt:'2026-11-24T01:02:03Z'},
                 {phase:'Failed',value:'"1.0.0"'},{phase:'Error',message:'connection refused'}]}]}}"""));
        assertThat(run.hash()).isEqualTo("new");
        assertThat(run.ended()).isTrue();
        assertThat(run.terminated()).isFalse();
        assertThat(run.counted()).isEqualTo(2);
        assertThat(run.metrics()).singleElement().satisfies(metric -> {
            assertThat(metric.successful()).isEqualTo(1);
            assertThat(metric.failed()).isEqualTo(1);
            assertThat(metric.errors()).isEqualTo(3);
            assertThat(metric.measurements()).extracting(AnalysisRunState.Measurement::phase)
                    .containsExactly("Successful", "Failed", "Error");
        });
        assertThat(run.summary()).contains("sample-api-new-2-2: Failed", "Metric \"version\" assessed Failed",
                "version 1 successful, 1 failed, 3 not measured", "\"2.0.0\" | \"1.0.0\" | connection refused");
    }

    @Test
    void oneThatWasToldToEndIsSuccessfulWithoutAMeasurement() {
        AnalysisRunState run = AnalysisRunState.parse(json("{metadata:{name:'a'},spec:{terminate:true},"
                + "status:{phase:'Successful',message:'Run Terminated'}}"));
        assertThat(run.ended()).isTrue();
        assertThat(run.terminated()).isTrue();
        assertThat(run.counted()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{phase:'Failed',metricResults:[{name:'v',count:1,measurements:[{value:'2.0.0'}]}]};''",
        "{phase:'Successful',metricResults:[{name:'v',count:1,measurements:[{value:'1.0.0'}]}]};"
                + "No metric that can fail the release measured what the canary answers, 2.0.0: ",
        "{phase:'Successful',metricResults:[{name:'v',dryRun:true,count:1,measurements:[{value:'2.0.0'}]}]};"
                + "measured what the canary answers, 2.0.0 (dryRun: metric v never fails a release",
        "{phase:'Successful'};The analysis judged no measurement: "})
    void itMustHaveMeasuredTheCanary(String status, String complaint) {
        assertThat(AnalysisRunState.parse(json("{metadata:{name:'a'},status:" + status + "}")).complaint("2.0.0",
                "1.0.0").orElse(""))
                .contains(complaint).satisfies(words -> assertThat(words.isEmpty()).isEqualTo(complaint.isEmpty()));
        assertThat(AnalysisRunState.parse(json("{metadata:{name:'a'},spec:{terminate:true},status:" + status + "}"))
                .complaint("2.0.0", "1.0.0")).get().asString().startsWith("The analysis was told to end");
    }

    @ParameterizedTest
    @CsvSource({"Pending, false", "Running, false", "Successful, true", "Failed, true", "Error, true",
        "Inconclusive, true", "Something new, false"})
    void itEndsWithAVerdict(String phase, boolean ended) {
        assertThat(analysis("new", phase).ended()).isEqualTo(ended);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{metadata:{name:'a'},status:null}", "{status:{metricResults:null}}",
        "{status:{metricResults:[{},{measurements:null}]}}"})
    void oneThatHasNotBegunIsPending(String object) {
        AnalysisRunState run = AnalysisRunState.parse(json(object));
        assertThat(run.phase()).isEqualTo("Pending");
        assertThat(run.counted()).isZero();
        assertThat(run.summary()).contains("Pending");
    }

    @Test
    void whatWasMeasuredIsListedOnceAndInItsOrder() {
        AnalysisRunState run = AnalysisRunState.parse(json("""
                {metadata:{name:'a'},status:{phase:'Successful',metricResults:[
                {name:'version',successful:2,count:2,measurements:[{value:'2'},{value:'2'}]},
                {name:'errors',successful:1,count:1,measurements:[{value:'0'}]}]}}"""));
        assertThat(run.summary()).isEqualTo("a: Successful, version 2 successful, 0 failed, 0 not measured: 2,"
                + " errors 1 successful, 0 failed, 0 not measured: 0");
        assertThat(run.counted()).as("of all metrics").isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "sample-api-new-2-2, new, true", "sample-api-new-2, new, true", "sample-api-new-2-pre, new, true",
        "sample-api-new-12-2, new, false", "sample-api-new-22, new, false", "sample-api-new-1-2, new, false",
        "sample-api-old-2-2, old, false", "sample-api-new-2-2, old, false"})
    void itIsOfOneRevisionOfAHashAndOfNoOther(String name, String hash, boolean of) {
        AnalysisRunState run = AnalysisRunState.parse(json("{metadata:{name:'" + name
                + "',labels:{'rollouts-pod-template-hash':'" + hash + "'}}}"));
        assertThat(run.isOf(set("new", 2, "2.0.0", 1, 1))).isEqualTo(of);
    }

    @Test
    void itMustEndAsExpectedOnMeasurementsOfTheCanary() {
        AnalysisRunState failed = AnalysisRunState.parse(json("{metadata:{name:'a'},status:{phase:'Failed',"
                + "metricResults:[{name:'v',count:3,successful:1,failed:2,measurements:[{value:'2.0.0'}]}]}}"));
        assertThat(failed.complaint("Failed", "2.0.0", "1.0.0")).isEmpty();
        assertThat(failed.complaint("Successful", "2.0.0", "1.0.0")).hasValueSatisfying(why ->
                assertThat(why).startsWith("The analysis is Failed, expected: Successful: a: Failed"));
        assertThat(failed.complaint("Failed", "3.0.0", "2.0.0")).hasValueSatisfying(why ->
                assertThat(why).contains("measured what the canary answers, 3.0.0"));
        assertThat(failed.outcome()).isEqualTo("Failed, metric v 1 successful and 2 failed");
    }

    @Test
    void anAnalysisThatNobodyPromotedToIsAMistakeInTheFeature() {
        Release waits = ReleaseFixture.release(ReleaseFixture.canary("2", ReleaseFixture.paused("CanaryPauseStep", 1)),
                set("new", 2, "2", 1, 1));
        assertThatThrownBy(() -> AnalysisExpectations.analysed("2").judge(waits)).isInstanceOf(InvalidSelection.class)
                .hasMessageContainingAll("step 1", "step 2", "up to its analysis");
    }

    @Test
    void aPauseThatEndsByItselfLeadsToTheAnalysis() {
        Release waits = ReleaseFixture.release(ReleaseFixture.canary("{setWeight:20},{pause:{duration:'30s'}},"
                + "{analysis:{templates:[{templateName:'v'}]}}", "2", ReleaseFixture.paused("CanaryPauseStep", 1)),
                set("new", 2, "2", 1, 1));
        assertThat(AnalysisExpectations.analysed("2").judge(waits)).isInstanceOf(Outcome.NotYet.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "web;'\"ok\"';true", "web;'\"1.0.0\"';false", "web;'{\"v\":\"1.0.0-rc\"}';true", "job;'';true",
        "prometheus;'[1]';true", "prometheus;'[0.98,1]';true", "prometheus;'[]';false", "prometheus;'[NaN]';false",
        "prometheus;'NaN';false", "prometheus;'[NaN,NaN]';false", "prometheus;'[NaN,1]';true", "datadog;'';false",
        "datadog;'null';false", "prometheus;'[1.0.0]';true"})
    void whateverAsksCountsWhereSomethingWasThereToBeJudged(String provider, String value, boolean counts) {
        assertThat(run(provider, "Successful", value, "").complaint("Successful", "2.0.0", "1.0.0").isEmpty())
                .isEqualTo(counts);
    }

    @Test
    void oneThatGoesOnBesideTheCanaryIsSuccessfulAsLongAsItDoes() {
        AnalysisRunState run = run("prometheus", "Running", "[1]", ",'rollout-type':'Background'");
        assertThat(run.isBackground()).isTrue();
        assertThat(run.countsAnswers()).isTrue();
        assertThat(run.complaint("Successful", "2.0.0", "1.0.0")).isEmpty();
        assertThat(run.complaint("Failed", "2.0.0", "1.0.0")).get().asString()
                .startsWith("The analysis is Running, expected: Failed");
        assertThat(run("web", "Running", "1", "").complaint("Successful", "2.0.0", "1.0.0")).get().asString()
                .startsWith("The analysis is Running, expected: Successful");
        assertThat(run("web", "Running", "1", "").countsAnswers()).isFalse();
    }

    /** A version that is faulty for one analysis may be fine for another. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "'{\"version\":\"2-faulty-by-mistake\"}';;true",
        "'{\"version\":\"2-faulty-by-mistake\",\"release\":\"2-faulty-by-mistake\"}';;true",
        "'{\"version\":\"2-faulty-by-mistake\",\"release\":\"2-faulty\"}';;false",
        "'\"2-faulty-by-mistake\"';2-faulty;false", "'\"2-faulty-by-mistake\"';v2-faulty;true", "'[1]';2-faulty;true"})
    void onlyAnAnalysisThatSawBothShouldHaveRefusedIt(String value, String arg, boolean content) {
        String args = arg == null ? "" : "{name:'release',value:'" + arg + "'}";
        for (String phase : new String[] {"Successful", "Failed", "Error"}) {
            AnalysisRunState run = AnalysisRunState.parse(json("{metadata:{name:'a'},spec:{args:[" + args + "]},"
                    + "status:{phase:'" + phase + "',metricResults:[{name:'m',count:1,measurements:[{value:'" + value
                    + "'}]}]}}"));
            assertThat(run.isContentWithout("2-faulty", "2-faulty-by-mistake"))
                    .isEqualTo(content && phase.equals("Successful"));
        }
    }

    @Test
    void anAnalysisThatJudgedNothingIsNotContent() {
        assertThat(analysis("new", "Successful").isContentWithout("2", "3")).isFalse();
        assertThat(run("web", "Running", "1", "").isContentWithout("2", "3")).isFalse();
        assertThat(run("web", "Running", "1", ",'rollout-type':'Background'").isContentWithout("2", "3")).isTrue();
    }

    @Test
    void withoutACountTwoMeasurementsAreWaitedFor() {
        assertThat(AnalysisRunState.parse(json("{spec:{metrics:[{interval:'30s',initialDelay:'10s'}]}}")).planned())
                .isEqualTo(70);
        assertThat(AnalysisRunState.parse(json("{spec:{metrics:[{interval:'30s',initialDelay:'10s',count:3}]}}"))
                .planned()).isEqualTo(70);
        assertThat(AnalysisRunState.parse(json("{spec:{metrics:[{initialDelay:'10s'}]}}")).planned()).isEqualTo(10);
    }

    @Test
    void besideTheCanaryItIsJudgedByWhatItMeasuresAtAPause() {
        Expectation<Release, AnalysisRunState> judged = AnalysisExpectations.judged("2");
        String at = ReleaseFixture.paused("CanaryPauseStep", 1);
        assertThat(judged.judge(ongoing(at, 3, "[1]"))).as("without weight").isInstanceOf(Outcome.NotYet.class);
        String weighed = at + ",canary:{weights:{canary:{weight:20},stable:{weight:80}}}";
        assertThat(judged.judge(ongoing(weighed, 3, "[1]"))).as("measured before").isInstanceOf(Outcome.NotYet.class);
        assertThat(judged.judge(ongoing(weighed, 3, "[1]"))).isInstanceOf(Outcome.NotYet.class);
        assertThat(judged.judge(ongoing(weighed, 4, "[]"))).as("nothing measured").isInstanceOf(Outcome.NotYet.class);
        assertThat(judged.judge(ongoing(weighed, 4, "[1]"))).isInstanceOf(Outcome.Met.class);
        assertThat(AnalysisExpectations.analysed("2").judge(ongoing(weighed, 4, "[1]")))
                .as("it has not ended").isInstanceOf(Outcome.NotYet.class);
        assertThat(AnalysisExpectations.begun("2").judge(ongoing(at, 0, ""))).isInstanceOf(Outcome.Met.class);
        assertThat(AnalysisExpectations.begun("2").judge(ReleaseFixture.release(ReleaseFixture.canary(
                "{setWeight:20},{pause:{}}", "2", at), set("new", 2, "2", 1, 1)))).as("no analysis at all")
                .isNotInstanceOf(Outcome.Met.class);
    }

    private static Release ongoing(String status, int count, String value) {
        Rollout rollout = ReleaseFixture.rollout("2", "canary:{trafficRouting:{},analysis:{startingStep:1},"
                + "steps:[{setWeight:20},{pause:{}}]}", status);
        assertThat(rollout.background()).hasValue(1);
        return new Release(Optional.of(rollout), List.of(set("new", 2, "2", 1, 1)), List.of(), List.of(),
                List.of(run("prometheus", "Running", value, ",'rollout-type':'Background'", count)));
    }

    private static AnalysisRunState run(String provider, String phase, String value, String label) {
        return run(provider, phase, value, label, 2);
    }

    private static AnalysisRunState run(String provider, String phase, String value, String label, int count) {
        return AnalysisRunState.parse(json("{metadata:{name:'sample-api-new-2-2',labels:{"
                + "'rollouts-pod-template-hash':'new'" + label + "}},spec:{metrics:[{name:'m',provider:{'" + provider
                + "':{}}}]},status:{phase:'" + phase + "',metricResults:[{name:'m',count:" + count
                + ",measurements:[{phase:'Successful',value:'" + value + "'}]}]}}"));
    }
}
