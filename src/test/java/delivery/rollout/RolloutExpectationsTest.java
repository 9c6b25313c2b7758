package delivery.rollout;

import static delivery.rollout.ReleaseFixture.blueGreen;
import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.met;
import static delivery.rollout.ReleaseFixture.notYet;
import static delivery.rollout.ReleaseFixture.nothing;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.InvalidSelection;
import delivery.waiting.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutExpectationsTest {

    private static final Rollout CANARY = canary("2", healthy("new"));

    private static ServiceState service(String name, String hash, String managedBy) {
        return ServiceState.parse(json("{metadata:{name:'" + name + "',annotations:{"
                + "'argo-rollouts.argoproj.io/managed-by-rollouts':'" + managedBy + "'}},spec:{selector:{"
                + (hash.isEmpty() ? "" : "'rollouts-pod-template-hash':'" + hash + "'") + "}}}"));
    }

    private static Release with(Rollout rollout, ServiceState... services) {
        return new Release(Optional.of(rollout), List.of(), List.of(), List.of(services), List.of());
    }

    private static ServiceState stable() {
        return service("stable", "new", "sample-api");
    }

    private static ServiceState canaryService() {
        return service("canary", "new", "sample-api");
    }

    @Test
    void aHealthyReleaseIsScaledWhenItsAutoscalerHasGivenItThePodsThatItKeeps() {
        Release release = with(CANARY, stable());
        assertThat(RolloutExpectations.scaled("2", 0).judge(release)).isEqualTo(Outcome.met(release));
        assertThat(RolloutExpectations.scaled("2", 2).judge(release)).isEqualTo(Outcome.met(release));
        assertThat(RolloutExpectations.scaled("2", 3).judge(release)).isEqualTo(Outcome.notYet("its autoscaler keeps at"
                + " least 3 pods, and has not acted yet: the Rollout asks for 2"));
        assertThat(RolloutExpectations.scaled("2", 0).judge(with(canary("2", "phase:'Degraded'"), stable())))
                .isNotInstanceOf(Outcome.Met.class);
    }

    @Test
    void theServicesOfTheOtherStrategyAreFree() {
        Release release = with(CANARY, stable(), canaryService(), service("preview", "", ""));
        assertThat(met(RolloutExpectations.left(Strategy.BLUE_GREEN).judge(release))).hasSize(3);
    }

    @Test
    void aServiceThatIsStillManagedOrSelectsAHashIsLeft() {
        assertThat(notYet(RolloutExpectations.left(Strategy.BLUE_GREEN)
                .judge(with(CANARY, stable(), canaryService(), service("preview", "", "sample-api")))))
                .isEqualTo("the Rollout still manages the Service preview");
        assertThat(notYet(RolloutExpectations.left(Strategy.BLUE_GREEN)
                .judge(with(CANARY, stable(), canaryService(), service("preview", "old", "")))))
                .isEqualTo("the Rollout still manages the Service preview");
    }

    @Test
    void theServicesOfItsOwnStrategyMustBeThere() {
        assertThat(notYet(RolloutExpectations.left(Strategy.BLUE_GREEN).judge(with(CANARY, stable()))))
                .isEqualTo("the Services canary of the canary strategy are not there");
    }

    @Test
    void aReleaseThatFollowsTheOldStrategyHasLeftNothing() {
        assertThat(notYet(RolloutExpectations.left(Strategy.CANARY).judge(with(CANARY, stable(), canaryService()))))
                .isEqualTo("the release follows canary");
        assertThat(notYet(RolloutExpectations.left(Strategy.CANARY).judge(nothing()))).isEqualTo("there is no Rollout");
        assertThat(RolloutExpectations.left(Strategy.CANARY).description()).contains("no Service beside");
    }

    @Test
    void aPhaseIsThatOfTheVersion() {
        assertThat(met(RolloutExpectations.inPhase("2", "Healthy").judge(release(CANARY)))).isNotNull();
        assertThat(RolloutExpectations.inPhase("2", "Paused").judge(release(CANARY)))
                .isInstanceOf(Outcome.NotYet.class);
        assertThat(RolloutExpectations.inPhase("1", "Healthy").judge(release(CANARY)))
                .isInstanceOf(Outcome.NotYet.class);
    }

    private static Rollout weighted(int weight, String stable) {
        return canary("2", healthy(stable) + ",canary:{weights:{canary:{weight:" + weight + "},stable:{weight:"
                + (100 - weight) + "}}}");
    }

    @Test
    void noWeightIsLeftWhereTheVersionIsTheStableOne() {
        ReplicaSetState set = set("new", 2, "2", 2, 2);
        assertThat(met(RolloutExpectations.noWeightLeft("2").judge(release(weighted(0, "new"), set)))).isNotNull();
        assertThat(RolloutExpectations.noWeightLeft("2").judge(release(weighted(1, "new"), set)))
                .isInstanceOf(Outcome.NotYet.class);
        assertThat(RolloutExpectations.noWeightLeft("2").judge(release(weighted(0, "old"), set)))
                .isInstanceOf(Outcome.NotYet.class);
        assertThat(RolloutExpectations.noWeightLeft("2").judge(release(CANARY, set)))
                .as("a Rollout that tells no weights").isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void aPodThatIsReadyAndStaysCounts() {
        PodState ready = pod("True", "");
        assertThat(met(RolloutExpectations.podsReady("new").judge(ReleaseFixture.with(release(CANARY), ready, ready))))
                .isEqualTo(2L);
        assertThat(RolloutExpectations.podsReady("new").judge(ReleaseFixture.with(release(CANARY), pod("False", ""))))
                .isInstanceOf(Outcome.NotYet.class);
        assertThat(RolloutExpectations.podsReady("new").judge(ReleaseFixture.with(release(CANARY),
                pod("True", ",deletionTimestamp:'2026-11-24T01:02:03Z'")))).isInstanceOf(Outcome.NotYet.class);
        assertThat(RolloutExpectations.podsReady("old").judge(ReleaseFixture.with(release(CANARY), ready)))
                .isInstanceOf(Outcome.NotYet.class);
    }

    private static PodState pod(String ready, String more) {
        return PodState.parse(json("{metadata:{name:'p',labels:{'rollouts-pod-template-hash':'new'}" + more
                + "},status:{conditions:[{type:'Ready',status:'" + ready + "'}]}}"));
    }

    @Test
    void usersAreSwitchedToTheActiveOrTheStableReplicaSet() {
        ReplicaSetState set = set("new", 2, "2", 2, 2);
        assertThat(release(blueGreen("2", healthy("new")), set).switchedTo("2")).isTrue();
        assertThat(release(weighted(0, "new"), set).switchedTo("2")).isTrue();
        assertThat(release(weighted(20, "old"), set).switchedTo("2")).isFalse();
        assertThat(release(weighted(0, "new"), set).switchedTo("3")).isFalse();
    }

    @Test
    void aPodCountIsThatOfTheSteps() {
        CanaryPods pods = new CanaryPods(canary("2", ReleaseFixture.paused("CanaryPauseStep", 1)));
        assertThat(pods.count()).isEqualTo("1 of 2 pods at a weight of 20%");
        assertThat(pods.why()).startsWith("A weight of 20% of 2 pods makes 1, by the steps ");
        assertThat(met(pods.available("2").judge(release(pods.rollout(), set("new", 2, "2", 1, 1)))).hash())
                .isEqualTo("new");
        assertThat(pods.available("2").judge(release(pods.rollout(), set("new", 2, "2", 2, 2))))
                .isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void aCanaryWithoutPodsIsNoProof() {
        assertThatThrownBy(() -> new CanaryPods(canary("{setWeight:0},{pause:{}}", "2",
                        ReleaseFixture.paused("CanaryPauseStep", 1))))
                .isInstanceOf(InvalidSelection.class)
                .hasMessageContaining("up to the canary's first pods");
    }

    @Test
    void anAbortIsForAnAnalysis() {
        assertThat(release(aborted("RolloutAborted: metric \\\"version\\\" of an analysis assessed Failed"))
                .complaintOfAbort()).isEmpty();
        assertThat(release(aborted("RolloutAborted: by somebody")).complaintOfAbort()).hasValueSatisfying(why ->
                assertThat(why).endsWith("the reason that it gives is \"RolloutAborted: by somebody\""));
        assertThat(release(aborted("an analysis")).complaintOfAbort()).isPresent();
        assertThat(release(aborted("")).complaintOfAbort()).hasValueSatisfying(why ->
                assertThat(why).endsWith("gives is none"));
    }

    /** The reasons of argo-rollouts 1.9, and of 1.8, which passes on the AnalysisRun's message alone. */
    @Test
    void anAbortIsForAnAnalysisInTheWordsOfEachVersion() {
        String found = "Metric \\\"version\\\" assessed Failed due to failed (1) > failureLimit (0)";
        assertThat(release(aborted("RolloutAborted: Rollout aborted update to revision 2: Step-based analysis phase"
                + " error/failed: " + found)).complaintOfAbort()).isEmpty();
        Rollout before = aborted("RolloutAborted: Rollout aborted update to revision 2: " + found);
        assertThat(release(before).complaintOfAbort()).as("no analysis failed").isPresent();
        for (String run : List.of("hash:Failed:" + found, "hash:Error:" + found)) {
            assertThat(withRun(before, run).complaintOfAbort()).isEmpty();
        }
        for (String run : List.of("other:Failed:" + found, "hash:Successful:" + found, "hash:Running:" + found,
                "hash:Failed:another", "hash:Failed:")) {
            assertThat(withRun(before, run).complaintOfAbort()).as(run).isPresent();
        }
    }

    private static Release withRun(Rollout rollout, String hashPhaseMessage) {
        String[] parts = hashPhaseMessage.split(":", 3);
        AnalysisRunState run = AnalysisRunState.parse(ReleaseFixture.json("{metadata:{name:'r',labels:"
                + "{'rollouts-pod-template-hash':'" + (parts[0].equals("hash") ? rollout.currentHash() : parts[0])
                + "'}},status:{phase:'" + parts[1] + "',message:\"" + parts[2] + "\"}}"));
        return new Release(Optional.of(rollout), List.of(), List.of(), List.of(), List.of(run));
    }

    private static Rollout aborted(String message) {
        return canary("2", "phase:'Degraded',abort:true,message:\"" + message + "\"");
    }

    @Test
    void aServiceIsNamedByTheStrategy() {
        assertThat(ServiceRole.STABLE.in(CANARY)).isEqualTo("stable");
        assertThat(ServiceRole.CANARY.in(CANARY)).isEqualTo("canary");
        assertThat(ServiceRole.CANARY).hasToString("canary Service");
        Rollout named = ReleaseFixture.rollout("2", "blueGreen:{activeService:'a',previewService:'a-preview'}",
                healthy("new"));
        assertThat(ServiceRole.PREVIEW.in(named)).isEqualTo("a-preview");
        assertThat(ServiceRole.PREVIEW.in(ReleaseFixture.rollout("2", "blueGreen:{activeService:'a',previewService:"
                + "'preview-a-svc'}", healthy("new")))).as("a team has names of its own").isEqualTo("preview-a-svc");
        assertThatThrownBy(() -> ServiceRole.PREVIEW.in(CANARY))
                .isInstanceOf(AssertionError.class).hasMessageContaining("are preview and active Service swapped?");
        assertThatThrownBy(() -> ServiceRole.CANARY.in(ReleaseFixture.rollout("2",
                "canary:{}", healthy("new")))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("The release has no canary Service");
    }
}
