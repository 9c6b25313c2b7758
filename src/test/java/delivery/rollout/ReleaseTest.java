package delivery.rollout;

import static delivery.rollout.ReleaseFixture.analysis;
import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.nothing;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.set;
import static delivery.rollout.ReleaseFixture.waiting;
import static delivery.rollout.ReleaseFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.evidence.Evidence;
import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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
    void anotherRolloutThatWaitsIsNamedWhereItsOwnDoesNot() {
        Symptoms both = new Symptoms(List.of(condition("sample-api", "Paused", "True"), condition("worker", "Paused",
                "True")), List.of(), List.of(), "", Set.of());
        assertThat(saying(canary("2", ReleaseFixture.healthy("new")), both).otherPaused()).contains("worker");
        assertThat(saying(canary("2", NEW), both).otherPaused()).as("its own waits too").isEmpty();
        Symptoms alone = new Symptoms(List.of(condition("sample-api", "Paused", "True"), condition("worker", "Paused",
                "False"), condition("worker", "Healthy", "True")), List.of(), List.of(), "", Set.of());
        assertThat(saying(canary("2", ReleaseFixture.healthy("new")), alone).otherPaused()).isEmpty();
        assertThat(nothing().otherPaused()).isEmpty();
    }

    private static ConditionState condition(String rollout, String type, String status) {
        return new ConditionState("Rollout", rollout, type, status, "", "");
    }

    private static Release saying(Rollout rollout, Symptoms symptoms) {
        return new Release(Optional.of(rollout), List.of(), List.of(), List.of(), List.of(), symptoms);
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

    @Test
    void theSummaryTellsEachTroubleOnceAndNoneOfAPodThatLeaves() {
        PodState leaving =
                new PodState("p", "old", true, true, "", "CrashLoopBackOff of the old one", 0, Optional.empty());
        PodState fine = new PodState("p", "new", true, false, "", "", 0, Optional.empty());
        PodState crashing = waiting("new", "CrashLoopBackOff", "back-off 10s");
        Release release = with(release(canary("2", NEW), set("new", 2, "2", 1, 0), set("old", 1, "1", 2, 2)),
                leaving, fine, crashing, crashing);
        assertThat(with(release, analysis("old", "Successful"), analysis("new", "Running"), analysis("new", "Running"))
                .summary()).isEqualTo(canary("2", NEW).summary() + "; revision 1 2/2; revision 2 0/1;"
                        + " pods: CrashLoopBackOff back-off 10s; analysis Successful; analysis Running");
        assertThat(release(canary("2", NEW)).summary()).isEqualTo(canary("2", NEW).summary());
    }

    @Test
    void aServiceAndPodsAreFoundByWhatNamesThem() {
        ServiceState active = new ServiceState("active", "old", "sample-api", Optional.empty());
        ServiceState preview = new ServiceState("preview", "new", "sample-api", Optional.empty());
        PodState old = new PodState("a", "old", true, false, "", "", 0, Optional.empty());
        PodState fresh = new PodState("b", "new", true, false, "", "", 0, Optional.empty());
        Release release = new Release(Optional.of(canary("2", NEW)), List.of(), List.of(old, fresh),
                List.of(active, preview), List.of());
        assertThat(release.service("preview")).contains(preview);
        assertThat(release.service("none")).isEmpty();
        assertThat(release.pods("new")).containsExactly(fresh);
        assertThat(release.pods("none")).isEmpty();
    }

    @Test
    void aReplicaSetIsReadWhole() {
        ReplicaSetState set = set("new", 12, "2.0.0", 3, 1);
        assertThat(set.summary()).isEqualTo(
                "sample-api-new (revision 12): 1 of 3 pods available, image ghcr.io/o/sample-api:2.0.0");
        assertThat(set.ready()).isEqualTo(1);
        assertThat(set.ownerUid()).as("the controller among its owners").isEqualTo("u1");
        assertThat(set.template().path("metadata").path("labels").path("app").asText()).isEqualTo("sample-api");
        assertThat(set.runs("2.0.0")).isTrue();
        assertThat(set.runs("0.0")).isFalse();
        assertThat(ReplicaSetState.parse(json("{metadata:{ownerReferences:[{uid:'x'}]}}")).ownerUid()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{type:'Ready',status:'True'}|true", "{type:'Ready',status:'False'}|false", "{type:'Ready'}|false",
        "{type:'ContainersReady',status:'True'},{type:'Ready',status:'Unknown'}|false",
        "{type:'Ready',status:'True'},{type:'PodScheduled',status:'True'}|true"})
    void aPodIsReadyIfItsConditionSaysSo(String conditions, boolean ready) {
        PodState pod = PodState.parse(json("{status:{conditions:[" + conditions + "]}}"));
        assertThat(pod.ready()).isEqualTo(ready);
        assertThat(pod.terminating()).isFalse();
        assertThat(pod.problem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{waiting:{reason:'ContainerCreating'}}|", "{waiting:{reason:'PodInitializing'}}|", "{running:{}}|", "{}|",
        "{waiting:{reason:'ErrImagePull',message:'no route'}}|ErrImagePull no route",
        "{waiting:{reason:'CreateContainerError'}}|CreateContainerError",
        "{terminated:{exitCode:137}}|exited with 137"})
    void aPodsTroubleIsInTheRuntimesWords(String state, String trouble) {
        PodState pod = PodState.parse(json("{metadata:{name:'p'},status:{containerStatuses:[{state:" + state + "}]}}"));
        assertThat(pod.problem()).isEqualTo(trouble == null ? "" : trouble);
        assertThat(pod.ready()).isFalse();
    }

    @Test
    void aPodThatFitsNowhereSaysSo() {
        assertThat(PodState.parse(json("{status:{conditions:[{type:'PodScheduled',status:'False',"
                + "reason:'Unschedulable',message:'0/1 nodes are available'}]}}")).problem())
                .isEqualTo("Unschedulable 0/1 nodes are available");
    }

    @Test
    void aPodThatLeavesMayExit() {
        PodState pod = PodState.parse(json("{metadata:{name:'p',deletionTimestamp:'2026-11-24T01:02:03Z'},status:{"
                + "conditions:[{type:'Ready',status:'True'}],containerStatuses:[{imageID:'r@sha256:ab',"
                + "state:{terminated:{exitCode:143}}}]}}"));
        assertThat(pod.terminating()).isTrue();
        assertThat(pod.ready()).isTrue();
        assertThat(pod.problem()).isEmpty();
        assertThat(pod.imageId()).isEqualTo("r@sha256:ab");
    }

    @Test
    void aServiceSaysWhomItLeadsToAndWhoLooksAfterIt() {
        assertThat(ServiceState.parse(json("{metadata:{name:'active',annotations:{"
                + "'argo-rollouts.argoproj.io/managed-by-rollouts':'sample-api'}},"
                + "spec:{selector:{app:'a','rollouts-pod-template-hash':'new'}}}")))
                .isEqualTo(new ServiceState("active", "new", "sample-api", Optional.empty()));
        assertThat(ServiceState.parse(json("{metadata:{name:'kubernetes'},spec:{}}")))
                .isEqualTo(new ServiceState("kubernetes", "", "", Optional.empty()));
    }

    @Test
    void howLongTheOldVersionWasKeptIsByTheApiServersOwnTimes() {
        assertThat(switchedAndScaledDown(managed("spec", "selector", "10"), managed("spec", "replicas", "14"))
                .fromSwitchToScaleDown("old")).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void whoChangedSomethingElseOfThemDoesNotCount() {
        String later = "," + managed("spec", "ports", "59") + "," + managed("status", "replicas", "59")
                + ",{fieldsV1:{'f:spec':{'f:selector':{},'f:replicas':{}}}},{time:'soon'}";
        assertThat(switchedAndScaledDown(managed("spec", "selector", "10") + later, managed("spec", "replicas", "14")
                + later)
                .fromSwitchToScaleDown("old")).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void whatIsReadCanBeEvidence() {
        Release release = switchedAndScaledDown(managed("spec", "selector", "10"), managed("spec", "replicas", "14"));
        assertThatNoException().isThrownBy(() -> new Evidence(UnaryOperator.identity()).json("What users are led to",
                List.of(release.services(), release.replicaSets())));
    }

    @ParameterizedTest
    @CsvSource({"'', replicas, the Service for users was switched", "selector, '', ReplicaSet old was scaled down"})
    void whatTheApiServerDoesNotTellIsNotGuessed(String selector, String replicas, String missing) {
        Release release = switchedAndScaledDown(managed("spec", selector, "10"), managed("spec", replicas, "14"));
        assertThatThrownBy(() -> release.fromSwitchToScaleDown("old")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("does not show when " + missing);
    }

    @Test
    void ofAReplicaSetThatIsGoneNothingTells() {
        Release release = switchedAndScaledDown(managed("spec", "selector", "10"), managed("spec", "replicas", "14"));
        assertThatThrownBy(() -> release.fromSwitchToScaleDown("older")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("ReplicaSet older is gone").hasMessageContaining("revisionHistoryLimit");
    }

    private static Release switchedAndScaledDown(String service, String set) {
        return new Release(
                Optional.of(Rollout.parse(json("{metadata:{name:'sample-api',uid:'u'},spec:{strategy:{blueGreen:"
                + "{activeService:'active',previewService:'preview'}}}}"))),
                List.of(ReplicaSetState.parse(json("{metadata:{name:'rs',labels:{'rollouts-pod-template-hash':'old'},"
                        + "ownerReferences:[{controller:true,uid:'u'}],managedFields:[" + set
                        + "]},spec:{replicas:0}}"))),
                List.of(),
                List.of(ServiceState.parse(json("{metadata:{name:'active',managedFields:[" + service + "]}}"))),
                List.of());
    }

    private static String managed(String part, String field, String second) {
        return "{manager:'m',time:'2026-11-24T01:02:" + second + "Z',fieldsV1:{'f:" + part + "':{'f:" + field
                + "':{}}}}";
    }
}
