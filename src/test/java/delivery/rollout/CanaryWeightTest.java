package delivery.rollout;

import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.canaryByPods;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.met;
import static delivery.rollout.ReleaseFixture.notYet;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.set;
import static delivery.rollout.ReleaseFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryWeightTest {

    private static final String PAUSE = paused("CanaryPauseStep", 1);

    /** Two replicas and one surge pod: 20% is one of three pods. */
    @Test
    void podsThatServeAreCounted() {
        Release asked = pods(canaryByPods("2", PAUSE), pod("new", true, false), pod("old", true, false),
                pod("old", true, false));
        assertThat(met(RolloutExpectations.podsAsCounted().judge(asked))).isEqualTo(asked);
        assertThat(asked.servingPods()).isEqualTo(new ReplicaCounts(1, 2));
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,true"})
    void aPodThatIsNotReadyOrGoesDoesNotServe(boolean ready, boolean terminating) {
        Release fewer = pods(canaryByPods("2", PAUSE), pod("new", ready, terminating), pod("old", true, false),
                pod("old", true, false));
        assertThat(notYet(RolloutExpectations.podsAsCounted().judge(fewer)))
                .startsWith("the canary has 0 pods, the version before it 2; the step asks for 1 and 2");
    }

    @Test
    void aReleaseThatEndedHasAllItsPodsOfOneVersion() {
        Release ended = pods(canaryByPods("2", healthy("new")), pod("new", true, false), pod("new", true, false));
        assertThat(met(RolloutExpectations.podsAsCounted().judge(ended))).isEqualTo(ended);
        Release early = pods(canaryByPods("2", healthy("new")), pod("new", true, false), pod("old", true, false));
        assertThat(notYet(RolloutExpectations.podsAsCounted().judge(early))).contains("the step asks for 2 and 0");
    }

    /** A router's weights say nothing here: there is no router, and status.canary.weights is missing. */
    @Test
    void withoutARouterNoPodOfAnotherVersionMayBeLeft() {
        Rollout rollout = canaryByPods("2", healthy("new"));
        assertThat(met(RolloutExpectations.noWeightLeft("2").judge(release(rollout, set("new", 2, "2", 2, 2),
                set("old", 1, "1", 0, 0))))).isNotNull();
        assertThat(notYet(RolloutExpectations.noWeightLeft("2").judge(release(rollout, set("new", 2, "2", 2, 2),
                set("old", 1, "1", 1, 1))))).startsWith("there are 1 pods of another version");
        assertThat(notYet(RolloutExpectations.noWeightLeft("2").judge(with(release(rollout, set("new", 2, "2", 2, 2),
                set("old", 1, "1", 0, 0)), pod("old", true, true))))).startsWith("there are 1 pods");
    }

    @Test
    void withARouterItIsAskedForNoWeight() {
        assertThat(met(RolloutExpectations.noWeightLeft("2").judge(weighted(",canary:{weights:{canary:{weight:0}}}"))))
                .isNotNull();
        assertThat(notYet(RolloutExpectations.noWeightLeft("2").judge(weighted(",canary:{weights:{canary:{weight:60},"
                + "stable:{weight:40}}}")))).contains("weights 60/40");
        assertThat(notYet(RolloutExpectations.noWeightLeft("2").judge(weighted("")))).isNotBlank();
    }

    private static Release weighted(String status) {
        return release(canary("2", healthy("new") + status), set("new", 2, "2", 2, 2), set("old", 1, "1", 1, 1));
    }

    private static Release pods(Rollout rollout, PodState... pods) {
        return with(release(rollout, set("new", 2, "2", 1, 1), set("old", 1, "1", 2, 2)), pods);
    }

    private static PodState pod(String hash, boolean ready, boolean terminating) {
        return PodState.parse(json("{metadata:{name:'p',labels:{'rollouts-pod-template-hash':'" + hash + "'}"
                + (terminating ? ",deletionTimestamp:'2026-11-24T01:02:03Z'" : "")
                + "},status:{conditions:[{type:'Ready',status:'" + (ready ? "True" : "False") + "'}]}}"));
    }
}
