package delivery.rollout;

import static delivery.rollout.ReleaseFixture.blueGreen;
import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.chart.CanaryStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "blueGreen:{activeService:'a'} | true | \"\"",
        "canary:{trafficRouting:{nginx:{}}} | true | , the canary's weight 0%",
        "canary:{dynamicStableScale:true,trafficRouting:{nginx:{}}} | false | , the canary's weight 0%",
        "canary:{} | false | , and no pod of another version is left"})
    void aRouterDecidesWhetherTheOldVersionIsKeptAndWhatEndsAWeight(String strategy, boolean kept, String end) {
        Rollout rollout = rollout("2", strategy, healthy("new"));
        assertThat(rollout.keepsOldVersion()).isEqualTo(kept);
        assertThat(rollout.endOfWeight()).isEqualTo(end);
    }

    @Test
    void afterwardsTheServiceOfUsersOrElseThatOfTheNewVersionServes() {
        assertThat(blueGreen("2", healthy("new")).ownService()).contains("active");
        assertThat(rollout("2", "canary:{canaryService:'next'}", healthy("new")).ownService()).contains("next");
        assertThat(rollout("2", "canary:{}", healthy("new")).ownService()).isEmpty();
    }

    @Test
    void anObjectWithoutAStatusIsARolloutThatTheControllerHasNotSeen() {
        Rollout rollout = Rollout.parse(json("{metadata:{namespace:'shop',name:'sample-api',generation:1}}"));
        assertThat(rollout.phase()).isEqualTo("Progressing");
        assertThat(rollout.observedGeneration()).isEqualTo(-1);
        assertThat(rollout.pauses()).isEmpty();
        assertThat(rollout.step()).isEmpty();
        assertThat(rollout.weights()).isEmpty();
        assertThat(rollout.failure()).isEmpty();
        assertThat(rollout.strategy()).isEqualTo(Strategy.NONE);
        assertThat(rollout.replicas()).isEqualTo(1);
        assertThat(rollout.delay()).isEqualTo(30);
        assertThat(rollout.askedWeight()).isZero();
        assertThat(rollout.summary()).contains("Progressing", "no strategy", "new none", "stable none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{metadata:null,spec:null,status:null}",
        "{metadata:[],spec:'?',status:{pauseConditions:{},conditions:'?',canary:[],observedGeneration:{}}}",
        "{metadata:{name:'a',generation:1},spec:{strategy:{canary:{steps:[{},[],null,'?']}}}}"})
    void nothingInTheObjectIsRequired(String object) {
        assertThat(Rollout.parse(json(object)).phase()).isEqualTo("Progressing");
        assertThat(Rollout.parse(json(object)).summary()).isNotBlank();
    }

    @Test
    void whatAPersonHasDoneToItIsRead() {
        Rollout done = Rollout.parse(json("""
                {metadata:{namespace:'shop',name:'sample-api'},spec:{template:{spec:{a:1}}},status:{abort:true,
                 promoteFull:true,canary:{currentStepAnalysisRunStatus:{status:'Inconclusive'}}}}"""));
        assertThat(done.abort()).isTrue();
        assertThat(done.promoteFull()).isTrue();
        assertThat(done.inconclusive()).isTrue();
        assertThat(done.namespace()).isEqualTo("shop");
        assertThat(done.template()).isEqualTo(json("{spec:{a:1}}"));
        Rollout untouched = Rollout.parse(json("{status:{phase:'Healthy'}}"));
        assertThat(untouched.abort() || untouched.promoteFull() || untouched.inconclusive()).isFalse();
    }

    @Test
    void aBlueGreenReleaseIsReadWhole() {
        Rollout rollout = Rollout.parse(json("""
                {metadata:{namespace:'shop',name:'sample-api',uid:'u1',generation:3,tomorrow:{is:'unknown'}},
                 spec:{replicas:4,strategy:{blueGreen:{activeService:'a',previewService:'p',scaleDownDelaySeconds:5,
                 autoPromotionEnabled:false}},template:{spec:{containers:[{image:'r/x:1'},{image:'r/y:2'}]}},new:[]},
                 status:{observedGeneration:'3',phase:'Paused',message:'BlueGreenPause',controllerPause:true,
                 pauseConditions:[{reason:'BlueGreenPause',startTime:'2026-11-24T01:02:03Z',by:'?'}],
                 currentPodHash:'n',stableRS:'o',blueGreen:{activeSelector:'o',previewSelector:'n'},unknown:1}}"""));
        assertThat(rollout.strategy()).isEqualTo(Strategy.BLUE_GREEN);
        assertThat(rollout.images()).containsExactly("r/x:1", "r/y:2");
        assertThat(rollout.replicas()).isEqualTo(4);
        assertThat(rollout.delay()).isEqualTo(5);
        assertThat(rollout.pauses())
                .containsExactly("BlueGreenPause");
        assertThat(rollout.activeHash()).isEqualTo("o");
        assertThat(rollout.previewHash()).isEqualTo("n");
        assertThat(rollout.stableService()).contains("a");
        assertThat(rollout.newService()).contains("p");
        assertThat(rollout.paused("BlueGreenPause")).isTrue();
        assertThat(rollout.paused("CanaryPauseStep")).isFalse();
        assertThat(rollout.summary()).contains("Paused (BlueGreenPause)", "blue-green", "active o, preview n");
    }

    @Test
    void aCanaryReleaseIsReadWhole() {
        Rollout rollout = canary("2.0.0", paused("CanaryPauseStep", 1)
                + ",canary:{weights:{canary:{weight:20,serviceName:'canary'},stable:{weight:80},verified:null}}");
        assertThat(rollout.strategy()).isEqualTo(Strategy.CANARY);
        assertThat(rollout.step()).hasValue(1);
        assertThat(rollout.weights()).contains(new Weights(20, 80));
        assertThat(rollout.steps()).containsExactly(new CanaryStep.SetWeight(20),
                new CanaryStep.Pause(Optional.empty()), new CanaryStep.Analysis(List.of("version"), List.of()),
                new CanaryStep.SetWeight(60), new CanaryStep.Pause(Optional.empty()));
        assertThat(rollout.stableService()).contains("stable");
        assertThat(rollout.newService()).contains("canary");
        assertThat(rollout.summary()).contains("canary", "step 1 of 5", "weights 20/80");
    }

    @Test
    void aPauseWithADurationEndsByItself() {
        assertThat(canary("{pause:{duration:'30s'}},{pause:{duration:10}},{pause:{duration:null}},{pause:{}}", "1",
                "x:1")
                .steps()).containsExactly(new CanaryStep.Pause(Optional.of(Duration.ofSeconds(30))),
                        new CanaryStep.Pause(Optional.of(Duration.ofSeconds(10))),
                        new CanaryStep.Pause(Optional.empty()), new CanaryStep.Pause(Optional.empty()));
    }

    @Test
    void whatIsNoStepOfAKnownKindIsKeptAsItIsAndCounted() {
        assertThat(canary("{setWeight:20},{setHeaderRoute:{}},'?',{}", "1", "x:1").steps()).containsExactly(
                new CanaryStep.SetWeight(20), new CanaryStep.Other("setHeaderRoute"), new CanaryStep.Other("\"?\""),
                new CanaryStep.Other("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "''", "'soon'", "7"})
    void aPauseNeedsNoTime(String since) {
        assertThat(canary("1", "pauseConditions:[{reason:'CanaryPauseStep',startTime:" + since + "}]").pauses())
                .containsExactly("CanaryPauseStep");
    }

    @Test
    void theSummaryHasWhatTheStrategyHasAndNothingElse() {
        assertThat(canary("2", paused("CanaryPauseStep", 1) + ",abort:true").summary()).isEqualTo(
                "Paused (CanaryPauseStep), canary, image ghcr.io/o/sample-api:2, new new, stable old, step 1 of 5,"
                        + " aborted");
        assertThat(blueGreen("2", healthy("new")).summary()).isEqualTo(
                "Healthy, blue-green, image ghcr.io/o/sample-api:2, new new, stable new, active new, preview new");
        assertThat(canary("2", "phase:'Healthy'").summary())
                .isEqualTo("Healthy, canary, image ghcr.io/o/sample-api:2, new none, stable none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "blueGreen:{}|BLUE_GREEN", "canary:{}|CANARY", "blueGreen:{},canary:{}|BOTH", "|NONE",
        "blueGreen:null,canary:{}|CANARY", "blueGreen:null,canary:null|NONE"})
    void theStrategyIsWhatTheSpecHas(String spec, Strategy strategy) {
        assertThat(rollout("1", spec == null ? "" : spec, "x:1").strategy()).isEqualTo(strategy);
    }

    @Property(tries = 200)
    void theObservedGenerationIsATextOrANumber(@ForAll @LongRange(min = 0) long generation) {
        for (String written : List.of("'" + generation + "'", String.valueOf(generation))) {
            assertThat(rollout("1", "canary:{}", "observedGeneration:" + written).observedGeneration())
                    .isEqualTo(generation);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'6'", "'8'", "''", "null", "'a hash of an old version'", "6"})
    void aStatusOfAnotherGenerationIsNotTrusted(String observed) {
        Rollout rollout = canary("1", healthy("new") + ",observedGeneration:" + observed);
        assertThat(rollout.phase()).isEqualTo("Progressing");
        assertThat(rollout.healthy()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "controllerPause:true,pauseConditions:null|Progressing",
        "controllerPause:true,pauseConditions:[]|Progressing",
        "controllerPause:true|Progressing",
        "controllerPause:false,pauseConditions:null|Paused",
        "controllerPause:true,pauseConditions:[{reason:'CanaryPauseStep',startTime:null}]|Paused"})
    void aPauseThatWasEndedIsOneNoMore(String status, String phase) {
        assertThat(canary("1", "phase:'Paused'," + status).phase()).isEqualTo(phase);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Healthy", "Degraded", "Progressing", "Paused"})
    void anyOtherPhaseIsAsStated(String phase) {
        assertThat(blueGreen("1", "phase:'" + phase + "'").phase()).isEqualTo(phase);
    }

    @Test
    void aPauseWhoseStatusIsOfAnotherGenerationIsNotTrusted() {
        assertThat(canary("1", paused("CanaryPauseStep", 1) + ",observedGeneration:'6'").paused("CanaryPauseStep"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{type:'InvalidSpec',status:'True',reason:'InvalidSpec',message:'no template'}|InvalidSpec: no template",
        "{type:'Progressing',status:'False',reason:'ProgressDeadlineExceeded',message:'late'}"
                + "|ProgressDeadlineExceeded: late",
        "{type:'InvalidSpec',status:'False',reason:'InvalidSpec',message:'once'}|",
        "{type:'Progressing',status:'True',reason:'ReplicaSetUpdated',message:'on its way'}|"})
    void onlyWhatDoesNotMendIsAFailure(String condition, String failure) {
        assertThat(canary("1", "conditions:[" + condition + "]").failure().orElse(null)).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource({"1.0.0, true", "1.0, false", "0.0, false", "11.0.0, false"})
    void aTagIsComparedWhole(String tag, boolean asked) {
        assertThat(canary("1.0.0", "x:1").asksFor(tag)).isEqualTo(asked);
    }

    @Property(tries = 300)
    void theAskedWeightIsTheLastOneBeforeTheStep(@ForAll("weights") List<Integer> weights,
            @ForAll @IntRange(max = 12) int step) {
        String steps = weights.stream().map(weight -> weight < 0 ? "{pause:{}}" : "{setWeight:" + weight + "}")
                .collect(Collectors.joining(","));
        int asked = 0;
        for (int done = 0; done < Math.min(step, weights.size()); done++) {
            asked = weights.get(done) < 0 ? asked : weights.get(done);
        }
        assertThat(canary(steps, "1", "currentStepIndex:" + step).askedWeight()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1|{setWeight:20},{pause:{}}|1", // a fifth of two pods, rounded up
        "1|{setWeight:60},{pause:{}}|2",
        "1|{setWeight:0},{pause:{}}|0",
        "0|{pause:{}},{setWeight:20}|0",
        "2|{setCanaryScale:{replicas:3}},{setWeight:20},{pause:{}}|3",
        "2|{setCanaryScale:{weight:50}},{setWeight:20},{pause:{}}|1",
        "3|{setCanaryScale:{replicas:3}},{setCanaryScale:{matchTrafficWeight:true}},{setWeight:60},{pause:{}}|2"})
    void aCanaryHasThePodsThatItsStepsAskFor(int step, String steps, int pods) {
        assertThat(canary(steps, "1", "currentStepIndex:" + step).canaryPods().canary()).isEqualTo(pods);
    }

    @Property(tries = 500)
    void aWeightsPodsAreItsShareRoundedUp(@ForAll @IntRange(max = 500) int replicas,
            @ForAll @IntRange(max = 100) int weight, @ForAll boolean scaled) {
        Rollout rollout = atStep(replicas, scaled ? "{setCanaryScale:{weight:" + weight + "}},{setWeight:7}"
                : "{setWeight:" + weight + "}", scaled ? 2 : 1);

        int pods = rollout.canaryPods().canary();
        assertThat(pods * 100).isBetween(replicas * weight, replicas * weight + 99);
    }

    @Property(tries = 200)
    void aScaleInPodsIsThatWhateverTheWeight(@ForAll @IntRange(max = 500) int replicas,
            @ForAll @IntRange(max = 500) int pods, @ForAll @IntRange(max = 100) int weight) {
        assertThat(atStep(replicas, "{setCanaryScale:{replicas:" + pods + "}},{setWeight:" + weight + "}", 2)
                .canaryPods().canary())
                .isEqualTo(pods);
    }

    private static Rollout atStep(int replicas, String steps, int step) {
        return Rollout.parse(json("{spec:{replicas:" + replicas + ",strategy:{canary:{trafficRouting:{},steps:[" + steps
                + ",{pause:{}}]}}},status:{currentStepIndex:" + step + "}}"));
    }

    /** Weights of steps; -1 for a pause. */
    @Provide
    Arbitrary<List<Integer>> weights() {
        return Arbitraries.integers().between(-1, 100).list().ofMaxSize(8);
    }
}
