package delivery.rollout;

import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "blueGreen:{}|autoPromotionEnabled is not false in the Rollout, which promotes it without a person",
        "blueGreen:{autoPromotionEnabled:true}|autoPromotionEnabled is not false",
        "blueGreen:{autoPromotionSeconds:20}|autoPromotionSeconds: 20 in the Rollout promotes it without a person",
        "blueGreen:{autoPromotionEnabled:true,autoPromotionSeconds:20}|autoPromotionSeconds: 20 in the Rollout",
        "blueGreen:{autoPromotionEnabled:false}|", "blueGreen:{autoPromotionEnabled:false,autoPromotionSeconds:20}|",
        "canary:{}|", "canary:{autoPromotionSeconds:20}|"})
    void aBlueGreenReleaseGoesOnByItselfUnlessThatIsSwitchedOff(String strategy, String why) {
        Optional<String> promotion = rollout("1", strategy, "x:1").timing().promotion();
        assertThat(promotion.isPresent()).isEqualTo(why != null);
        promotion.ifPresent(sentence -> assertThat(sentence).startsWith(why));
    }

    @Test
    void whatIsNotSetIsEmpty() {
        Timing timing = rollout("1", "blueGreen:{autoPromotionEnabled:false}", "x:1").timing();
        assertThat(timing).isEqualTo(Timing.UNSET);
        assertThat(timing.ofPods()).isZero();
    }

    private static Rollout timed(String status) {
        return Rollout.parse(
                json("{metadata:{name:'shop',uid:'u'},spec:{minReadySeconds:40,progressDeadlineSeconds:150,"
                + "strategy:{canary:{scaleDownDelaySeconds:7,abortScaleDownDelaySeconds:9,steps:[{setWeight:20},"
                + "{pause:{duration:'1m'}},{pause:{}},{setWeight:40},{pause:{duration:30}}]}},"
                + "template:{spec:{terminationGracePeriodSeconds:90}}},status:{currentPodHash:'new'," + status + "}}"));
    }

    @Test
    void whatIsSetIsRead() {
        assertThat(timed("x:1").timing().scaleDownDelay()).hasValue(7);
        assertThat(timed("x:1").timing().abortScaleDownDelay()).hasValue(9);
        assertThat(timed("x:1").timing().progressDeadline()).hasValue(150);
        assertThat(timed("x:1").timing().ofPods()).isEqualTo(Duration.ofSeconds(130));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"readinessProbe:{initialDelaySeconds:90}|90", "startupProbe:{}|30",
        "startupProbe:{initialDelaySeconds:5,periodSeconds:10,failureThreshold:30}|305", "readinessProbe:{}|0"})
    void podsAreGivenTheTimeThatTheirProbesGiveThem(String probe, int seconds) {
        assertThat(Rollout.parse(json("{spec:{progressDeadlineSeconds:120,strategy:{canary:{}},template:{spec:{"
                + "containers:[{name:'beside'},{" + probe + "}]}}}}")).timing().ofPods())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aReleaseTakesAsLongAsItSaysItself() {
        AnalysisRunState run =
                AnalysisRunState.parse(json("{metadata:{labels:{'rollouts-pod-template-hash':'new'}},spec:{"
                + "metrics:[{interval:'10s',count:4,initialDelay:'5s'},{interval:'1m',count:1},{count:3}]}}"));
        assertThat(run.planned()).isEqualTo(35);
        Release release =
                new Release(Optional.of(timed("currentStepIndex:2")), List.of(), List.of(), List.of(), List.of(run));
        assertThat(release.ownTime()).as("analysis, pause ahead, pods").isEqualTo(Duration.ofSeconds(35 + 30 + 130));
        assertThat(timed("currentStepIndex:1").atTimedPause()).isTrue();
        assertThat(timed("currentStepIndex:2").atTimedPause()).isFalse();
        assertThat(timed("currentStepIndex:5").atTimedPause()).isFalse();
        assertThat(ReleaseFixture.nothing().ownTime()).isZero();
    }

    @Test
    void nobodyWaitsForEver() {
        Rollout day = Rollout.parse(json("{spec:{strategy:{canary:{steps:[{pause:{duration:'24h'}}]}}}}"));
        assertThat(ReleaseFixture.release(day).ownTime()).isEqualTo(Release.LONGEST_OWN_TIME);
    }
}
