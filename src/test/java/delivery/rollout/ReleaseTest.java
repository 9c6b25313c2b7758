package delivery.rollout;

import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.nothing;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.set;
import static delivery.rollout.ReleaseFixture.waiting;
import static delivery.rollout.ReleaseFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseTest {

    private static final String NEW = paused("CanaryPauseStep", 1);

    @Test
    void aReplicaSetOfAnotherControllerIsNoneOfIts() {
        Release release = release(canary("2", NEW), set("another", "new", 9, "2", 1, 1), set("new", 2, "2", 1, 0));
        assertThat(release.owned()).hasSize(1);
        assertThat(release.replicaSet("new").orElseThrow().revision()).isEqualTo(2);
        assertThat(release.running("2").orElseThrow().available()).isZero();
        assertThat(release.replicaSet("none")).isEmpty();
    }

    @Test
    void ofTwoReplicaSetsWithATagTheNewerCounts() {
        assertThat(release(canary("2", NEW), set("a", 9, "2", 1, 1), set("b", 10, "2", 1, 1)).running("2").orElseThrow()
                .hash()).isEqualTo("b");
    }

    @Test
    void withoutARolloutThereIsNothing() {
        assertThat(nothing().owned()).isEmpty();
        assertThat(nothing().summary()).isEqualTo("no Rollout yet");
    }

    @Test
    void theSummaryNamesWhatKeepsPodsFromRunning() {
        assertThat(with(release(canary("2", NEW), set("old", 1, "1", 2, 2), set("new", 2, "2", 1, 0)),
                waiting("new", "CrashLoopBackOff", "back-off 10s restarting failed container")).summary())
                .contains("Paused (CanaryPauseStep)", "revision 1 2/2; revision 2 0/1",
                        "pods: CrashLoopBackOff back-off 10s restarting failed container");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{waiting:{reason:'ContainerCreating'}}|", "{waiting:{reason:'PodInitializing'}}|", "{running:{}}|", "{}|",
        "{waiting:{reason:'ErrImagePull',message:'no route'}}|ErrImagePull no route",
        "{waiting:{reason:'CreateContainerError'}}|CreateContainerError",
        "{terminated:{exitCode:137}}|exited with 137"})
    void aPodsTroubleIsInTheRuntimesWords(String state, String trouble) {
        PodState pod = PodState.parse(json("{metadata:{name:'p'},status:{containerStatuses:[{state:" + state + "}]}}"));
        assertThat(pod.trouble()).isEqualTo(trouble == null ? "" : trouble);
        assertThat(pod.ready()).isFalse();
    }

    @Test
    void aPodThatFitsNowhereSaysSo() {
        assertThat(PodState.parse(json("{status:{conditions:[{type:'PodScheduled',status:'False',"
                + "reason:'Unschedulable',message:'0/1 nodes are available'}]}}")).trouble())
                .isEqualTo("Unschedulable 0/1 nodes are available");
    }

    @Test
    void aPodThatLeavesMayExit() {
        PodState pod = PodState.parse(json("{metadata:{name:'p',deletionTimestamp:'2026-11-24T01:02:03Z'},status:{"
                + "conditions:[{type:'Ready',status:'True'}],containerStatuses:[{imageID:'r@sha256:ab',"
                + "state:{terminated:{exitCode:143}}}]}}"));
        assertThat(pod.leaving()).isTrue();
        assertThat(pod.ready()).isTrue();
        assertThat(pod.trouble()).isEmpty();
        assertThat(pod.imageId()).isEqualTo("r@sha256:ab");
    }

    @Test
    void aServiceSaysWhomItLeadsToAndWhoLooksAfterIt() {
        assertThat(ServiceState.parse(json("{metadata:{name:'active',annotations:{"
                + "'argo-rollouts.argoproj.io/managed-by-rollouts':'sample-api'}},"
                + "spec:{selector:{app:'a','rollouts-pod-template-hash':'new'}}}")))
                .isEqualTo(new ServiceState("active", "new", "sample-api"));
        assertThat(ServiceState.parse(json("{metadata:{name:'kubernetes'},spec:{}}")))
                .isEqualTo(new ServiceState("kubernetes", "", ""));
    }
}
