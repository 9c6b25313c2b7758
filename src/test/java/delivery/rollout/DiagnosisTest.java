package delivery.rollout;

import static delivery.rollout.ReleaseFixture.blueGreen;
import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.waiting.Obstacle;
import delivery.waiting.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Likely causes, from conditions and events as clusters report them. */
class DiagnosisTest {

    private static final String UPDATING =
            "phase:'Progressing',message:'updated replicas are still becoming available',"
            + "currentPodHash:'new',stableRS:'old',currentStepIndex:0,blueGreen:{activeSelector:'old',previewSelector:"
            + "'new'}";
    private static final String QUOTA = "pods \"sample-api-new-x7k2p\" is forbidden: exceeded quota: small, requested:"
            + " pods=1, used: pods=3, limited: pods=3";
    private static final String POD_SECURITY = "pods \"sample-api-new-x7k2p\" is forbidden: violates PodSecurity"
            + " \"restricted:latest\": allowPrivilegeEscalation != false";

    private final List<ConditionState> conditions = new ArrayList<>();
    private final List<EventState> events = new ArrayList<>();
    private final List<ContainerExit> exits = new ArrayList<>();
    private final List<ServiceState> services = new ArrayList<>();
    private final List<AnalysisRunState> runs = new ArrayList<>();
    private final List<PodState> pods = new ArrayList<>();
    private Set<String> quotas = Set.of();
    private String written = "";
    private Rollout rollout = canary("2", UPDATING);
    private ReplicaSetState fresh = set("new", 2, 2, 0, "");
    private Optional<ReplicaSetState> stable = Optional.of(set("old", 1, 2, 2, ""));

    @Test
    void aReleaseThatGoesOnHasNoCause() {
        assertThat(causes()).isEmpty();
        fresh = set("new", 2, 2, 2, "");
        condition("ReplicaSet", "sample-api-new", "ReplicaFailure", "False", "FailedCreate", "");
        condition("Rollout", "sample-api", "Progressing", "True", "NewReplicaSetAvailable",
                "has successfully progressed");
        assertThat(causes()).isEmpty();
        assertThat(Diagnosis.of(ReleaseFixture.nothing())).isEmpty();
    }

    @Test
    void aTraefikServiceOfAnotherNameIsNamed() {
        event("Rollout", "sample-api", "u1", "TrafficRoutingError", "traefikservices.traefik.io \"shop\" not found",
                11);
        Obstacle cause = cause();
        assertThat(cause.sentence()).isEqualTo("TraefikService shop is not there (the Rollout's event"
                + " TrafficRoutingError: traefikservices.traefik.io \"shop\" not found)");
        assertThat(cause.remedy()).isEmpty();
        assertThat(cause.grace()).as("final only if it is reported again later").contains(Duration.ofSeconds(10));
        assertThat(cause.reports()).isEqualTo(11);
    }

    /** The controller does not retry: only its next status shows that the failure is over. */
    @Test
    void aRouterThatIsMissedOnceIsFinalWhenNothingElseIsToCome() {
        fresh = set("new", 2, 2, 2, "");
        event("Rollout", "sample-api", "u1", "TrafficRoutingError", "traefikservices.traefik.io \"shop\" not found", 1);
        written = "2026-11-26T01:02:00Z";
        assertThat(cause().grace()).contains(Duration.ofSeconds(10));
        assertThat(cause().reports()).as("the state shows it").isZero();
        rollout = canary("2", healthy("new"));
        assertThat(cause().grace()).as("it may be that nothing is to be done").isEmpty();
        rollout = canary("2", UPDATING);
        fresh = set("new", 2, 2, 1, "");
        assertThat(cause().grace()).as("a pod that becomes available has the controller look again").isEmpty();
        written = "2026-11-26T01:02:01Z";
        assertThat(cause().reports()).as("the controller has written a status since").isEqualTo(1);
    }

    @Test
    void anotherRouterErrorIsReportedInTheControllersWords() {
        event("Rollout", "sample-api", "u1", "TrafficRoutingError", "traefik canary service was not found", 3);
        assertThat(cause().sentence()).isEqualTo("The controller cannot carry out the Rollout (the Rollout's event"
                + " TrafficRoutingError: traefik canary service was not found)");
        written = "2026-11-26T01:02:00Z";
        assertThat(cause().grace()).as("tried again and again").contains(Duration.ofSeconds(10));
        assertThat(cause().reports()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Operation cannot be fulfilled on traefikservices.traefik.io \"shop\": the object has been"
            + " modified; please apply your changes to the latest version and try again",
            "Get \"https://198.19.0.1:443/apis\": dial tcp 198.19.0.1:443: connect: connection refused"})
    void whatTheNextTryDoesAwayWithIsNoCause(String message) {
        event("Rollout", "sample-api", "u1", "TrafficRoutingError", message, 3);
        assertThat(causes()).isEmpty();
    }

    @Test
    void eventsOfAnotherRolloutOfThatNameAreNoCause() {
        event("Rollout", "sample-api", "before", "TrafficRoutingError",
                "ingresses.networking.k8s.io \"shop\" not found", 3);
        event("Rollout", "sample-api", "u1", "RolloutAborted", "Rollout aborted update to revision 2", 1);
        assertThat(causes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Service preview: spec.strategy.blueGreen.previewService: Invalid value: \"preview\": service \"preview\""
                    + " not found",
            "AnalysisTemplate version: spec.strategy.canary.steps[1].analysis.templates: Invalid value: \"version\":"
                    + " AnalysisTemplate 'version' not found",
            "Ingress shop: spec.strategy.canary.trafficRouting.nginx.stableIngress: Invalid value: \"shop\":"
                    + " ingress.networking.k8s.io \"shop\" not found"})
    void whatTheSpecificationRefersToAndIsNotThereIsNamed(String expected) {
        String message = "The Rollout \"sample-api\" is invalid: " + expected.substring(expected.indexOf(": ") + 2);
        condition("Rollout", "sample-api", "InvalidSpec", "True", "InvalidSpec", message);
        Obstacle cause = cause();
        assertThat(cause.sentence()).isEqualTo(expected.substring(0, expected.indexOf(": "))
                + " is not there, and the Rollout refers to it (" + message + ")");
        assertThat(cause.remedy()).isEmpty();
        assertThat(cause.reports()).isZero();
        assertThat(cause.grace()).as("the controller looks again after 20 s, unless we see ourselves")
                .contains(Duration.ofSeconds(expected.startsWith("Service") ? 5 : 25));
    }

    @Test
    void whatIsThereByNowOrWasMissedByAnEarlierGenerationIsNoCause() {
        condition("Rollout", "sample-api", "InvalidSpec", "True", "InvalidSpec", "service \"preview\" not found");
        services.add(ServiceState.parse(json("{metadata:{name:'preview'}}")));
        assertThat(causes()).isEmpty();
        services.clear();
        assertThat(causes()).hasSize(1);
        rollout = canary("2", "observedGeneration:'6'," + UPDATING);
        assertThat(causes()).isEmpty();
    }

    @Test
    void aQuotaOfTheClusterIsTheEnvironments() {
        condition("ReplicaSet", "sample-api-new", "ReplicaFailure", "True", "FailedCreate", QUOTA);
        Obstacle cause = cause();
        assertThat(cause.sentence())
                .isEqualTo("ReplicaSet sample-api-new cannot create its pods: exceeded quota: small,"
                + " requested: pods=1, used: pods=3, limited: pods=3");
        assertThat(cause.remedy()).get().asString().contains("ResourceQuota small");
        assertThat(cause.grace()).contains(Duration.ofSeconds(25));
    }

    @Test
    void aQuotaOfTheChartIsTheDeliverys() {
        condition("ReplicaSet", "sample-api-new", "ReplicaFailure", "True", "FailedCreate", QUOTA);
        quotas = Set.of("small");
        assertThat(cause().remedy()).isEmpty();
        quotas = Set.of("other");
        assertThat(cause().remedy()).isPresent();
    }

    @Test
    void aQuotaThatPodsOnTheirWayOutMakeRoomInIsNotFinal() {
        condition("ReplicaSet", "sample-api-new", "ReplicaFailure", "True", "FailedCreate", QUOTA);
        String key = cause().key();
        pods.add(PodState.parse(json("{metadata:{name:'q',deletionTimestamp:'2026-11-24T01:02:03Z'}}")));
        assertThat(cause().grace()).isEmpty();
        assertThat(cause().key()).as("its time begins when they are gone").isNotEqualTo(key);
        pods.clear();
        stable = Optional.of(set("older", 1, 2, 2, ""));
        assertThat(cause().grace()).as("a set that waits for its delay").isEmpty();
    }

    @Test
    void aNamespaceThatAdmitsNoPodsIsTheEnvironmentsUntilSomethingRunsInIt() {
        condition("ReplicaSet", "sample-api-new", "ReplicaFailure", "True", "FailedCreate", POD_SECURITY);
        assertThat(cause().sentence())
                .isEqualTo("ReplicaSet sample-api-new cannot create its pods: violates PodSecurity"
                + " \"restricted:latest\": allowPrivilegeEscalation != false");
        assertThat(cause().remedy()).as("a template that runs here already").isPresent();
        fresh = set("new", 2, 2, 0, ",securityContext:{privileged:true}");
        assertThat(cause().remedy()).as("a template that was changed").isEmpty();
        stable = Optional.empty();
        assertThat(cause().remedy()).as("nothing runs here").isPresent();
    }

    @Test
    void whatNamespaceNorClusterRefuseIsTheDeliverys() {
        stable = Optional.empty();
        condition("ReplicaSet", "sample-api-new", "ReplicaFailure", "True", "FailedCreate",
                "Pod \"x\" is invalid: spec.containers[0].image: Required value");
        assertThat(cause().remedy()).isEmpty();
    }

    @Test
    void aReplicaSetThatIsRefusedIsReported() {
        condition("Rollout", "sample-api", "Progressing", "False", "ReplicaSetCreateError",
                "Failed to create new replica"
                + " set \"sample-api-new\": admission webhook \"policy.example.org\" denied the request: unsigned"
                + " image");
        assertThat(cause().sentence()).startsWith("The controller cannot create a ReplicaSet: ")
                .contains("unsigned image");
        assertThat(cause().remedy()).isPresent();
    }

    @Test
    void aConfigMapThatIsNotThereIsNamed() {
        waits("p");
        event("Pod", "p", "", "FailedMount",
                "MountVolume.SetUp failed for volume \"settings\" : configmap \"settings\" not found", 5);
        assertThat(cause().sentence()).startsWith("ConfigMap settings is not there, and the pods of ReplicaSet"
                + " sample-api-new mount it (FailedMount: ");
        assertThat(cause().grace()).contains(Duration.ofSeconds(10));
        assertThat(cause().reports()).isEqualTo(5);
        assertThat(cause().remedy()).get().asString().contains("ConfigMap settings");
        fresh = set("new", 2, 2, 0, ",volumeMounts:[{name:'settings'}]");
        assertThat(cause().remedy()).as("the new version's alone").isEmpty();
    }

    @Test
    void aMountThatPassesIsNoCause() {
        waits("p");
        event("Pod", "p", "", "FailedMount", "MountVolume.SetUp failed for volume \"token\" : object"
                + " \"shop\"/\"kube-root-ca.crt\" not registered", 1);
        assertThat(causes()).isEmpty();
    }

    @Test
    void aPodThatNoNodeTakesIsTheEnvironmentsAndMayStillBeTaken() {
        waits("p");
        condition("Pod", "p", "PodScheduled", "False", "Unschedulable", "0/1 nodes are available: 1 Insufficient cpu.");
        assertThat(cause().sentence())
                .contains("can be scheduled on no node: 0/1 nodes are available: 1 Insufficient cpu");
        assertThat(cause().remedy()).isPresent();
        assertThat(cause().grace()).isEmpty();
        conditions.clear();
        condition("Pod", "p", "PodScheduled", "False", "Unschedulable",
                "0/1 nodes are available: persistentvolumeclaim \"data\" not found.");
        assertThat(cause().grace()).isPresent();
        fresh = set("new", 2, 2, 0, ",resources:{requests:{cpu:'500'}}");
        assertThat(cause().remedy()).as("the new version alone asks for that").isEmpty();
    }

    @Test
    void aProbeThatIsRefusedIsReportedWithItsPath() {
        fresh = set("new", 2, 2, 0, ",readinessProbe:{httpGet:{path:'/nowhere',port:'http'}}");
        waits("p");
        waits("q");
        event("Pod", "p", "", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 404", 7);
        event("Pod", "q", "", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 404", 6);
        assertThat(causes()).hasSize(1);
        assertThat(cause().sentence())
                .isEqualTo("Pods of ReplicaSet sample-api-new are not ready: Readiness probe failed:"
                + " HTTP probe failed with statuscode: 404 (readinessProbe /nowhere)");
        assertThat(cause().reports()).isEqualTo(13);
        assertThat(cause().grace()).contains(Duration.ofSeconds(10));
        assertThat(cause().remedy()).isEmpty();
    }

    @Test
    void aProbeThatRanBeforeOrIsNotAnsweredYetMayStillPass() {
        waits("p");
        event("Pod", "p", "", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 404", 7);
        assertThat(cause().grace()).as("the same probe as before").isEmpty();
        events.clear();
        fresh = set("new", 2, 2, 0, ",readinessProbe:{httpGet:{path:'/nowhere'}}");
        event("Pod", "p", "", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", 7);
        assertThat(cause().grace()).as("the application starts up").isEmpty();
    }

    @Test
    void aPodThatIsReadyByNowOrIsLeavingIsNoCause() {
        pods.add(PodState.parse(json("{metadata:{name:'p',labels:{'rollouts-pod-template-hash':'new'}},"
                + "status:{conditions:[{type:'Ready',status:'True'}]}}")));
        pods.add(PodState.parse(json("{metadata:{name:'q',deletionTimestamp:'2026-11-24T01:02:03Z',"
                + "labels:{'rollouts-pod-template-hash':'new'}}}")));
        event("Pod", "p", "", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 404", 2);
        event("Pod", "q", "", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 404", 2);
        assertThat(causes()).isEmpty();
    }

    @Test
    void aCrashIsReportedWithItsCodeAndLastWords() {
        waits("p");
        exit("containerStatuses:[{name:'app',restartCount:1,state:{waiting:{reason:'CrashLoopBackOff'}},"
                + "lastState:{terminated:{exitCode:3,reason:'Error',message:'no such table: users'}}}]");
        event("Pod", "p", "", "BackOff", "Back-off restarting failed container app in pod p_shop(1)", 4);
        assertThat(causes()).as("told once").hasSize(1);
        assertThat(cause().sentence()).isEqualTo("Container app of ReplicaSet sample-api-new exits with code 3"
                + " (no such table: users)");
        assertThat(cause().grace()).as("it may need what is only to come up").isEmpty();
    }

    @Test
    void aFewCrashesBesideAVersionThatRunsAreFinal() {
        waits("p");
        exit("containerStatuses:[{name:'app',restartCount:3,lastState:{terminated:{exitCode:137,reason:"
                + "'OOMKilled'}}}]");
        assertThat(cause().sentence()).contains("needs more memory than its limit (OOMKilled)");
        assertThat(cause().grace()).contains(Duration.ZERO);
        stable = Optional.empty();
        assertThat(cause().grace()).as("nothing else runs here").isEmpty();
    }

    @Test
    void anInitContainerThatIsDoneIsNoCrashAndOneThatFailedIs() {
        waits("p");
        exit("initContainerStatuses:[{name:'init',restartCount:0,state:{terminated:{exitCode:0,reason:'Completed'}}}]");
        assertThat(causes()).isEmpty();
        exit("initContainerStatuses:[{name:'init',restartCount:0,state:{terminated:{exitCode:1,reason:'Error'}}}]");
        assertThat(cause().sentence()).contains("Container init").contains("exits with code 1");
    }

    @Test
    void aContainerThatIsKilledForItsProbeIsReportedSo() {
        waits("p");
        exit("containerStatuses:[{name:'app',restartCount:1,lastState:{terminated:{exitCode:143,reason:'Error'}}}]");
        event("Pod", "p", "", "Unhealthy", "Liveness probe failed: HTTP probe failed with statuscode: 500", 3);
        event("Pod", "p", "", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 500", 30);
        assertThat(cause().sentence()).contains("exits with code 143: Liveness probe failed");
    }

    @Test
    void anAnalysisThatCannotMeasureIsReported() {
        fresh = set("new", 2, 2, 2, "");
        runs.add(AnalysisRunState.parse(
                json("{metadata:{name:'run',labels:{'rollouts-pod-template-hash':'new'}},status:{"
                + "phase:'Running',metricResults:[{name:'errors',error:1,measurements:[{phase:'Error',"
                + "message:'dial tcp: lookup prometheus: no such host'}]}]}}")));
        assertThat(cause().sentence()).isEqualTo("AnalysisRun run cannot measure errors: dial tcp: lookup prometheus:"
                + " no such host");
    }

    @Test
    void anyOtherWarningIsReportedLast() {
        waits("p");
        event("Pod", "p", "", "FailedPostStartHook", "PostStartHook failed", 1);
        event("Pod", "p", "", "Unhealthy", "Readiness probe failed: connect: no route to host", 1);
        event("Pod", "elsewhere", "", "FailedPostStartHook", "PostStartHook failed", 1);
        assertThat(causes()).extracting(Obstacle::sentence).containsExactly("Pods of ReplicaSet sample-api-new are not"
                + " ready: Readiness probe failed: connect: no route to host",
                "Pod p: FailedPostStartHook PostStartHook failed");
    }

    @Test
    void theSummaryHasTheCausesThatTheStateShows() {
        waits("p");
        event("Pod", "p", "", "Unhealthy", "Readiness probe failed: connect: no route to host", 1);
        condition("ReplicaSet", "sample-api-new", "ReplicaFailure", "True", "FailedCreate", QUOTA);
        assertThat(release().summary())
                .endsWith("; ReplicaSet sample-api-new cannot create its pods: exceeded quota: small,"
                + " requested: pods=1, used: pods=3, limited: pods=3");
    }

    @Test
    void aDeadlineThatPassedIsReportedWithItsCause() {
        String deadline = ",conditions:[{type:'Progressing',status:'False',reason:'ProgressDeadlineExceeded',"
                + "message:'ReplicaSet has timed out progressing.'}]";
        rollout = blueGreen("2", UPDATING + deadline);
        assertThat(ReleaseFixture.impossible(ReleaseExpectations.healthy("2").judge(release())))
                .startsWith("ProgressDeadlineExceeded");
        waits("p");
        event("Pod", "p", "", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 404", 7);
        Outcome<Release> ended = ReleaseExpectations.healthy("2").judge(release());
        Obstacle cause = ((Outcome.NotYet<Release>) ended).obstacles().get(0);
        assertThat(cause.sentence()).startsWith("Pods of ReplicaSet sample-api-new are not ready: ")
                .endsWith("; ProgressDeadlineExceeded: ReplicaSet has timed out progressing.");
        assertThat(cause.grace()).contains(Duration.ZERO);
        assertThat(cause.reports()).isZero();
        rollout = blueGreen("2", healthy("new"));
        condition("ReplicaSet", "sample-api-new", "ReplicaFailure", "True", "FailedCreate", POD_SECURITY);
        assertThat(causes()).isNotEmpty();
        ReleaseFixture.met(ReleaseExpectations.healthy("2").judge(release()));
    }

    @Test
    void aLongSentenceIsCut() {
        condition("ReplicaSet", "sample-api-new", "ReplicaFailure", "True", "FailedCreate", "a".repeat(1000));
        assertThat(cause().sentence()).hasSize(400).endsWith("a…");
    }

    private static ReplicaSetState set(String hash, long revision, int desired, int available, String container) {
        return ReplicaSetState.parse(json("{metadata:{name:'sample-api-" + hash + "',labels:{"
                + "'rollouts-pod-template-hash':'" + hash + "'},annotations:{'rollout.argoproj.io/revision':'"
                + revision + "'},ownerReferences:[{uid:'u1',controller:true}]},spec:{replicas:" + desired
                + ",template:{spec:{containers:[{name:'app',image:'ghcr.io/o/sample-api:" + revision
                + "',env:[{name:'RELEASE',value:'" + revision + "'}]" + container + "}]}}},status:{availableReplicas:"
                + available + "}}"));
    }

    private void waits(String pod) {
        pods.add(PodState.parse(json("{metadata:{name:'" + pod + "',labels:{'rollouts-pod-template-hash':'new'}},"
                + "status:{phase:'Pending',conditions:[{type:'Ready',status:'False'}]}}")));
    }

    private void condition(String kind, String name, String type, String status, String reason, String message) {
        conditions.addAll(ConditionState.parse(kind, json("{metadata:{name:'" + name + "'},status:{conditions:[{type:'"
                + type + "',status:'" + status + "',reason:'" + reason + "',message:'" + message.replace("'", "\\'")
                .replace("\"", "\\\"") + "'}]}}")).toList());
    }

    private void event(String kind, String name, String uid, String reason, String message, int count) {
        events.add(EventState.parse(json("{type:'Warning',involvedObject:{kind:'" + kind + "',name:'" + name + "',uid:'"
                + uid + "'},reason:'" + reason + "',message:'" + message.replace("\"", "\\\"") + "',count:" + count
                + ",lastTimestamp:'2026-11-26T01:02:0" + events.size() + "Z'}")));
    }

    private void exit(String statuses) {
        exits.addAll(ContainerExit.parse(json("{metadata:{name:'p'},status:{" + statuses + "}}")).toList());
    }

    private Obstacle cause() {
        assertThat(causes()).isNotEmpty();
        return causes().get(0);
    }

    private List<Obstacle> causes() {
        return Diagnosis.of(release());
    }

    private Release release() {
        List<ReplicaSetState> sets = new ArrayList<>(List.of(fresh));
        stable.ifPresent(sets::add);
        return new Release(Optional.of(rollout), sets, pods, services, runs,
                new Symptoms(conditions, events, exits, written, quotas));
    }
}
