package delivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import delivery.waiting.Outcome;
import java.util.List;
import java.util.Optional;

/** Releases for tests, from the JSON that the cluster would return, in which names and texts need no double quotes. */
public final class ReleaseFixture {

    public static final String STEPS = "{setWeight:20},{pause:{}},{analysis:{templates:[{templateName:'version'}]}},"
            + "{setWeight:60},{pause:{}}";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES).build();

    private ReleaseFixture() {
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Returns a Rollout of generation 7 that the controller has observed, unless the status says something else. */
    public static Rollout rollout(String tag, String strategy, String status) {
        return Rollout.parse(json("{metadata:{namespace:'shop',name:'sample-api',uid:'u1',generation:7},"
                + "spec:{replicas:2,strategy:{" + strategy + "},"
                + "template:{spec:{containers:[{image:'ghcr.io/o/sample-api:" + tag + "'}]}}},"
                + "status:{observedGeneration:'7'," + status + "}}"));
    }

    public static Rollout blueGreen(String tag, String status) {
        return rollout(tag, "blueGreen:{activeService:'active',previewService:'preview'}", status);
    }

    public static Rollout canary(String tag, String status) {
        return canary(STEPS, tag, status);
    }

    public static Rollout canary(String steps, String tag, String status) {
        return rollout(tag, "canary:{stableService:'stable',canaryService:'canary',trafficRouting:{},steps:[" + steps
                + "]}", status);
    }

    /**
     * Returns a canary whose weights are numbers of pods, since it has neither a traffic router nor a Service of its
     * own.
     */
    public static Rollout canaryByPods(String tag, String status) {
        return rollout(tag, "canary:{steps:[" + STEPS + "]}", status);
    }

    public static String paused(String reason, int step) {
        return "phase:'Paused',message:'" + reason + "',controllerPause:true,currentStepIndex:" + step
                + ",pauseConditions:[{reason:'" + reason + "',startTime:'2026-11-24T01:02:03Z'}],"
                + "currentPodHash:'new',stableRS:'old'";
    }

    public static String healthy(String hash) {
        return "phase:'Healthy',currentPodHash:'" + hash + "',stableRS:'" + hash + "',currentStepIndex:5,"
                + "blueGreen:{activeSelector:'" + hash + "',previewSelector:'" + hash + "'}";
    }

    /** Returns a ReplicaSet of the Rollout. */
    public static ReplicaSetState set(String hash, long revision, String tag, int desired, int available) {
        return set("u1", hash, revision, tag, desired, available);
    }

    public static ReplicaSetState set(String owner, String hash, long revision, String tag, int desired,
            int available) {
        return ReplicaSetState.parse(json("{metadata:{name:'sample-api-" + hash + "',labels:{"
                + "'rollouts-pod-template-hash':'" + hash + "'},annotations:{'rollout.argoproj.io/revision':'"
                + revision + "'},ownerReferences:[{uid:'x',controller:false},{uid:'" + owner + "',controller:true}]},"
                + "spec:{replicas:" + desired + ",template:{metadata:{labels:{app:'sample-api',"
                + "'rollouts-pod-template-hash':'" + hash
                + "'}},spec:{containers:[{name:'app',image:'ghcr.io/o/sample-api:"
                + tag + "'}]}}},status:{readyReplicas:" + available + ",availableReplicas:" + available + "}}"));
    }

    /** Returns a pod that waits for this reason. */
    public static PodState waiting(String hash, String reason, String message) {
        return PodState.parse(json("{metadata:{name:'p',labels:{'rollouts-pod-template-hash':'" + hash + "'}},status:{"
                + "containerStatuses:[{imageID:'',state:{waiting:{reason:'" + reason + "',message:'" + message
                + "'}}}]}}"));
    }

    public static AnalysisRunState analysis(String hash, String phase) {
        return AnalysisRunState.parse(json("{metadata:{name:'sample-api-" + hash + "-2-2',labels:{"
                + "'rollouts-pod-template-hash':'" + hash + "'}},status:{phase:'" + phase + "'}}"));
    }

    public static Release release(Rollout rollout, ReplicaSetState... sets) {
        return new Release(Optional.of(rollout), List.of(sets), List.of(), List.of(), List.of());
    }

    public static Release with(Release release, PodState... pods) {
        return new Release(release.rollout(), release.replicaSets(), List.of(pods), List.of(), release.analysisRuns());
    }

    public static Release with(Release release, AnalysisRunState... runs) {
        return new Release(release.rollout(), release.replicaSets(), release.pods(), List.of(), List.of(runs));
    }

    public static Release nothing() {
        return new Release(Optional.empty(), List.of(), List.of(), List.of(), List.of());
    }

    public static <R> R met(Outcome<R> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Met.class);
        return ((Outcome.Met<R>) outcome).value();
    }

    public static String notYet(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.NotYet.class);
        return ((Outcome.NotYet<?>) outcome).seen();
    }

    public static String impossible(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Impossible.class);
        return ((Outcome.Impossible<?>) outcome).why();
    }
}
