package delivery.rollout;

import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.chart.CanaryStep;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those of the controller's own tests (argo-rollouts 1.10, utils/replicaset/canary_test.go). */
class ReplicaRulesTest {

    /** TestApproximateWeightedNewStableReplicaCounts: replicas, weight, maxSurge, canary, stable. */
    @ParameterizedTest
    @CsvSource({"0,0,0,0,0", "0,50,0,0,0", "0,100,0,0,0", "0,0,1,0,0", "0,50,1,0,0", "0,100,1,0,0",
        "1,0,0,0,1", "1,1,0,0,1", "1,49,0,0,1", "1,50,0,1,0", "1,99,0,1,0", "1,100,0,1,0",
        "1,0,1,0,1", "1,1,1,1,1", "1,49,1,1,1", "1,50,1,1,1", "1,99,1,1,1", "1,100,1,1,0",
        "2,0,0,0,2", "2,1,0,1,1", "2,50,0,1,1", "2,99,0,1,1", "2,100,0,2,0",
        "2,0,1,0,2", "2,1,1,1,2", "2,50,1,1,1", "2,99,1,2,1", "2,100,1,2,0",
        "3,10,0,1,2", "3,25,0,1,2", "3,33,0,1,2", "3,34,0,1,2", "3,49,0,1,2", "3,50,0,2,1",
        "3,10,1,1,3", "3,25,1,1,3", "3,33,1,1,2", "3,34,1,1,2", "3,49,1,2,2", "3,50,1,2,2",
        "10,0,1,0,10", "10,1,0,1,9", "10,14,0,1,9", "10,15,0,2,8", "10,16,0,2,8", "10,99,0,9,1", "10,100,1,10,0",
        "10,1,1,1,10", "10,18,1,2,9", "10,19,1,2,9", "10,20,1,2,8", "10,23,1,2,8", "10,24,1,3,8", "10,25,1,3,8",
        "10,99,1,10,1"})
    void withoutARouterPodsComeAsCloseToTheWeightAsTheyCan(int replicas, int weight, int surge, int canary,
            int stable) {
        assertThat(rules("maxSurge:" + surge).at(replicas, weight, Optional.empty(), Optional.empty()))
                .isEqualTo(new ReplicaCounts(canary, stable));
    }

    /** The default surge is a quarter of the replicas (utils/defaults), which is at least one pod. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"maxUnavailable:0|1|3", "maxSurge:'25%'|1|3", "maxSurge:1|1|3",
        "maxSurge:null|1|3", "maxSurge:0|1|2", "maxSurge:'0%'|1|2", "maxSurge:'0'|1|2"})
    void aPodMoreThanTheReplicasCountsWhereASurgeIsAllowed(String strategy, int canary, int stable) {
        assertThat(rules(strategy).at(3, 20, Optional.empty(), Optional.empty()))
                .isEqualTo(new ReplicaCounts(canary, stable));
    }

    /** TestCalculateReplicaCountsForCanary: the cases with trafficRouting, and one without it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"trafficRouting:{}|10|10|1|10",
        "trafficRouting:{},minPodsPerReplicaSet:2|10|5|2|10", "trafficRouting:{},minPodsPerReplicaSet:2|1|100|1|1",
        "minPodsPerReplicaSet:4,maxSurge:0|10|10|1|9"})
    void theFewestPodsOfAVersionCountWithARouter(String strategy, int replicas, int weight, int canary, int stable) {
        assertThat(rules(strategy).at(replicas, weight, Optional.empty(), Optional.empty()))
                .isEqualTo(new ReplicaCounts(canary, stable));
    }

    @Test
    void aScaleCountsInsteadOfTheWeightWithARouterAlone() {
        CanaryStep.SetCanaryScale pods = new CanaryStep.SetCanaryScale(OptionalInt.of(9), OptionalInt.empty());
        CanaryStep.SetCanaryScale weight = new CanaryStep.SetCanaryScale(OptionalInt.empty(), OptionalInt.of(200));
        ReplicaRules routed = rules("trafficRouting:{}");
        assertThat(routed.at(1, 100, Optional.of(pods), Optional.empty())).isEqualTo(new ReplicaCounts(9, 1));
        assertThat(routed.at(4, 100, Optional.of(weight), Optional.empty())).isEqualTo(new ReplicaCounts(8, 4));
        assertThat(rules("maxSurge:'20%'").at(10, 20, Optional.of(pods), Optional.empty()))
                .isEqualTo(new ReplicaCounts(2, 8));
    }

    /** CalculateReplicaCountsForTrafficRoutedCanary: the higher of the current and the desired number of pods. */
    @ParameterizedTest
    @CsvSource({"60,40,6,4", "20,40,2,8", "60,80,6,8", "100,0,10,2", "100,100,10,10", "0,100,0,10"})
    void theVersionBeforeShrinksWithItsTraffic(int weight, int stableNow, int canary, int stable) {
        assertThat(rules("trafficRouting:{},dynamicStableScale:true,minPodsPerReplicaSet:" + (weight == 100 ? 2 : 1))
                .at(10, weight, Optional.empty(), Optional.of(new Weights(100 - stableNow, stableNow))))
                .isEqualTo(new ReplicaCounts(canary, weight == 100 && stableNow == 0 ? 0 : stable));
    }

    @Test
    void aScaleInPodsLeavesTheVersionBeforeAsItIs() {
        CanaryStep.SetCanaryScale pods = new CanaryStep.SetCanaryScale(OptionalInt.of(1), OptionalInt.empty());
        assertThat(rules("trafficRouting:{},dynamicStableScale:true,minPodsPerReplicaSet:3")
                .at(10, 60, Optional.of(pods), Optional.of(new Weights(60, 40)))).isEqualTo(new ReplicaCounts(3, 10));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "10,3"})
    void onPreviewAReleaseHasThePodsThatItsPreviewIsGiven(int preview, int pods) {
        Rollout rollout = Rollout.parse(json("{spec:{replicas:" + pods + ",strategy:{blueGreen:{activeService:'a',"
                + "previewReplicaCount:" + preview + "}}}}"));
        assertThat(rollout.previewPods()).isEqualTo(preview);
        assertThat(Rollout.parse(json("{spec:{replicas:" + pods + ",strategy:{blueGreen:{}}}}")).previewPods())
                .isEqualTo(pods);
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary:{}", "canary:{trafficRouting:null}"})
    void aCanaryWithoutARouterWeighsByPods(String strategy) {
        assertThat(Rollout.parse(json("{spec:{strategy:{" + strategy + "}}}")).weighsByPods()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary:{trafficRouting:{nginx:{}}}", "blueGreen:{}"})
    void noOtherReleaseDoes(String strategy) {
        assertThat(Rollout.parse(json("{spec:{strategy:{" + strategy + "}}}")).weighsByPods()).isFalse();
    }

    private static ReplicaRules rules(String canary) {
        return ReplicaRules.parse(json("{canary:{" + canary + "}}"));
    }
}
