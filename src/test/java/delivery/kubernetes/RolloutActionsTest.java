package delivery.kubernetes;

import static delivery.rollout.ReleaseFixture.blueGreen;
import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.nothing;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import delivery.history.PerformedAction;
import delivery.rollout.NotPossible;
import delivery.rollout.Release;
import delivery.rollout.ReleaseFixture;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Rollout;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RolloutActionsTest {

    private static final String PATH = "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/sample-api";
    private static final String ROLLOUT =
            "{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Rollout\",\"metadata\":{\"name\":\"sample-api\"}}";
    private static final Rollout PAUSED = canary("2", paused("CanaryPauseStep", 1));

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger changes = new AtomicInteger();
    private KubernetesClient client;
    private RolloutActions actions;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = new KubernetesClientBuilder().withConfig(new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getPort()).withRequestRetryBackoffLimit(0).build()).build();
        actions = new RolloutActions(client);
        answer(200, ROLLOUT);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.shutdown();
    }

    @Test
    void aPromotionEndsThePause() throws InterruptedException {
        sent(actions.promote(PAUSED), "kubectl argo rollouts promote sample-api -n shop", PATH + "/status",
                "application/merge-patch+json", "{\"status\":{\"pauseConditions\":null}}");
    }

    @Test
    void aBlueGreenPromotionIsTheSame() throws InterruptedException {
        sent(actions.promote(blueGreen("2", paused("BlueGreenPause", 0))),
                "kubectl argo rollouts promote sample-api -n shop", PATH + "/status", "application/merge-patch+json",
                "{\"status\":{\"pauseConditions\":null}}");
    }

    @Test
    void whatIsNotPausedIsNotPromoted() {
        Rollout unpausing = canary("2", "phase:'Paused',controllerPause:true,currentStepIndex:2");
        assertThatThrownBy(() -> actions.promote(unpausing)).isInstanceOf(NotPossible.class)
                .hasMessageContaining("not paused").hasMessageContaining("step 2 of 5");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aPromotionEndsAPersonsPauseAsWellWhenTheStatusIsPromoted() throws InterruptedException {
        Rollout both = held("canary:{steps:[" + ReleaseFixture.STEPS + "]}", paused("CanaryPauseStep", 1));
        sentTwo(actions.promote(both), "kubectl argo rollouts promote sample-api -n shop",
                "{\"status\":{\"pauseConditions\":null}}");
    }

    @Test
    void aPromotionOfACanaryThatAPersonPausedGoesOnToTheNextStep() throws InterruptedException {
        sentTwo(actions.promote(held("canary:{steps:[" + ReleaseFixture.STEPS + "]}", "currentStepIndex:2")),
                "kubectl argo rollouts promote sample-api -n shop",
                "{\"status\":{\"pauseConditions\":null, \"currentStepIndex\":3}}");
    }

    @Test
    void thereIsNoStepBehindTheLast() throws InterruptedException {
        sentTwo(actions.promote(held("canary:{steps:[" + ReleaseFixture.STEPS + "]}", "currentStepIndex:5")),
                "kubectl argo rollouts promote sample-api -n shop",
                "{\"status\":{\"pauseConditions\":null, \"currentStepIndex\":5}}");
    }

    @Test
    void whatHasNoStepsIsOnlyUnpaused() throws InterruptedException {
        sent(actions.promote(held("blueGreen:{activeService:'active'}", "phase:'Paused'")),
                "kubectl argo rollouts promote sample-api -n shop", PATH, "application/merge-patch+json",
                "{\"spec\":{\"paused\":false}}");
    }

    @Test
    void aPromotionGoesPastAnAnalysisThatHadNoVerdict() throws InterruptedException {
        Rollout inconclusive = canary("2", paused("InconclusiveAnalysisRun", 2)
                + ",canary:{currentStepAnalysisRunStatus:{status:'Inconclusive'}}");
        sent(actions.promote(inconclusive), "kubectl argo rollouts promote sample-api -n shop", PATH + "/status",
                "application/merge-patch+json",
                "{\"status\":{\"pauseConditions\":null, \"controllerPause\":false, \"currentStepIndex\":3}}");
    }

    @Test
    void anAnalysisWithNoVerdictIsLeftAloneWhereTheControllerDoesNotPause() throws InterruptedException {
        Rollout unpaused = canary("2", "pauseConditions:[{reason:'CanaryPauseStep'}],currentStepIndex:2,"
                + "canary:{currentStepAnalysisRunStatus:{status:'Inconclusive'}}");
        sent(actions.promote(unpaused), "kubectl argo rollouts promote sample-api -n shop", PATH + "/status",
                "application/merge-patch+json", "{\"status\":{\"pauseConditions\":null}}");
    }

    @Test
    void aFullPromotionSkipsWhatIsLeft() throws InterruptedException {
        sent(actions.promoteFully(PAUSED), "kubectl argo rollouts promote sample-api --full -n shop", PATH + "/status",
                "application/merge-patch+json", "{\"status\":{\"promoteFull\":true}}");
    }

    @Test
    void aFullPromotionOfNothingNewIsRefused() {
        Rollout ended = canary("2", healthy("new"));
        assertThatThrownBy(() -> actions.promoteFully(ended)).isInstanceOf(NotPossible.class)
                .hasMessageContaining("nothing new");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aFullPromotionEndsAPersonsPauseAsWell() throws InterruptedException {
        sentTwo(actions.promoteFully(held("canary:{}", "currentPodHash:'new',stableRS:'old'")),
                "kubectl argo rollouts promote sample-api --full -n shop", "{\"status\":{\"promoteFull\":true}}");
    }

    @Test
    void aFullPromotionOfNothingNewEndsAPersonsPauseAlone() throws InterruptedException {
        sent(actions.promoteFully(held("canary:{}", "currentPodHash:'new',stableRS:'new'")),
                "kubectl argo rollouts promote sample-api --full -n shop", PATH, "application/merge-patch+json",
                "{\"spec\":{\"paused\":false}}");
    }

    @Test
    void anAbortIsAChangeOfTheStatus() throws InterruptedException {
        sent(actions.abort(PAUSED), "kubectl argo rollouts abort sample-api -n shop", PATH + "/status",
                "application/merge-patch+json", "{\"status\":{\"abort\":true}}");
    }

    @Test
    void aRetryIsOneAsWell() throws InterruptedException {
        sent(actions.retry(PAUSED), "kubectl argo rollouts retry rollout sample-api -n shop", PATH + "/status",
                "application/merge-patch+json", "{\"status\":{\"abort\":false}}");
    }

    @Test
    void anUndoToARevisionGoesBackToThatOfItsOwn() throws InterruptedException {
        Release release = release(PAUSED, set("a", 2, "1.2", 0, 0), set("b", 10, "1.10", 1, 1),
                set("another", "x", 1, "0.1", 1, 1), set("c", 1, "1.1", 0, 0));
        sent(actions.undo(release, 1), "kubectl argo rollouts undo sample-api --to-revision=1 -n shop", PATH,
                "application/json-patch+json", "[{\"op\":\"replace\",\"path\":\"/spec/template\",\"value\":"
                        + "{\"metadata\":{\"labels\":{\"app\":\"sample-api\"}},\"spec\":{\"containers\":"
                        + "[{\"name\":\"app\",\"image\":\"ghcr.io/o/sample-api:1.1\"}]}}}]");
        assertThatThrownBy(() -> actions.undo(release, 3)).isInstanceOf(NotPossible.class)
                .hasMessageContaining("sample-api has no revision 3");
    }

    @Test
    void whatIsThereAlreadyIsNotUndone() {
        Release release = release(PAUSED, set("a", 1, "1", 1, 1), set("b", 3, "2", 1, 1), set("c", 2, "2", 1, 1));
        assertThatThrownBy(() -> actions.undo(release)).isInstanceOf(NotPossible.class)
                .hasMessageContaining("is that of revision 2 already");
        assertThatThrownBy(() -> actions.undo(release, 3)).isInstanceOf(NotPossible.class)
                .hasMessageContaining("is that of revision 3 already");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void anUndoGoesBackToTheSecondHighestRevisionOfItsOwn() throws InterruptedException {
        Release release = release(PAUSED, set("a", 2, "1.2", 0, 0), set("b", 10, "1.10", 1, 1),
                set("another", "x", 11, "0.1", 1, 1), set("c", 9, "1.9", 0, 0), set("another", "y", 9, "0.2", 1, 1));
        sent(actions.undo(release), "kubectl argo rollouts undo sample-api -n shop", PATH,
                "application/json-patch+json", "[{\"op\":\"replace\",\"path\":\"/spec/template\",\"value\":"
                        + "{\"metadata\":{\"labels\":{\"app\":\"sample-api\"}},\"spec\":{\"containers\":"
                        + "[{\"name\":\"app\",\"image\":\"ghcr.io/o/sample-api:1.9\"}]}}}]");
        assertThat(release.replicaSet("c").orElseThrow().template().at("/metadata/labels")
                .has(ReplicaSetState.HASH_LABEL))
                .as("the state that was read is left alone").isTrue();
    }

    @Test
    void withoutAnEarlierRevisionThereIsNothingToUndo() {
        Release first = release(PAUSED, set("a", 1, "1", 2, 2), set("another", "x", 2, "0", 1, 1));
        assertThatThrownBy(() -> actions.undo(first)).isInstanceOf(NotPossible.class)
                .hasMessageContaining("sample-api has no earlier revision").hasMessageEndingWith("to undo to");
        JsonNode forgetful = PAUSED.object().deepCopy();
        ((ObjectNode) forgetful.path("spec")).put("revisionHistoryLimit", 0);
        assertThatThrownBy(() -> actions.undo(release(Rollout.parse(forgetful), set("a", 1, "1", 2, 2))))
                .hasMessageEndingWith(": its revisionHistoryLimit is 0, by which the controller deletes old"
                        + " ReplicaSets");
        assertThatThrownBy(() -> actions.undo(nothing())).isInstanceOf(NotPossible.class)
                .hasMessageContaining("no Rollout");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aRefusalNamesTheCall() {
        answer(403, status(403, "Forbidden", "rollouts/status is forbidden"));
        assertThatThrownBy(() -> actions.abort(PAUSED)).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("no permission").hasMessageContaining("rollouts/status is forbidden")
                .hasMessageContaining("kubectl argo rollouts abort sample-api -n shop")
                .hasMessageContaining("PATCH " + PATH + "/status (403)");
        assertThat(server.getRequestCount()).as("it is not sent again").isEqualTo(1);
    }

    @Test
    void nothingIsDoneToARolloutThatIsGone() {
        answer(404, status(404, "NotFound", "rollouts.argoproj.io sample-api not found"));
        Release release = release(PAUSED, set("a", 1, "1", 0, 0), set("b", 2, "2", 1, 1));
        assertThatThrownBy(() -> actions.promote(PAUSED)).isInstanceOf(NotPossible.class)
                .hasMessageContaining("no Rollout sample-api any more").hasMessageContaining("promote sample-api");
        assertThatThrownBy(() -> actions.undo(release)).isInstanceOf(NotPossible.class);
    }

    @Test
    void aPathThatIsNotServedIsNoFindingAboutTheRelease() {
        answer(404, "404 page not found");
        assertThatThrownBy(() -> actions.promote(PAUSED)).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("(404)").hasMessageContaining("promote sample-api");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 409, 422, 429, 500, 503})
    void whateverTheStatusTheChangeIsSentOnce(int code) {
        answer("PATCH", new MockResponse().setResponseCode(code).setHeader("Retry-After", "0")
                .setBody(status(code, "Whatever", "not now")));
        assertUnfit("(" + code + ")");
    }

    @ParameterizedTest
    @EnumSource(value = SocketPolicy.class, names = {"DISCONNECT_AFTER_REQUEST", "DISCONNECT_DURING_RESPONSE_BODY"})
    void aLostAnswerIsNamedAndNothingIsSentAgain(SocketPolicy policy) {
        answer("PATCH", new MockResponse().setBody(ROLLOUT + " ".repeat(10_000)).setSocketPolicy(policy));
        assertUnfit("did not answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Sign in</html>", "{\"apiVersion\":\"argoproj.io/v1", "{}", "[]", "null", "",
        "{\"message\":\"sign in\"}", "{\"kind\":\"Rollout\",\"metadata\":{\"name\":\"another\"}}",
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}"})
    void whatIsNoRolloutIsNoAnswer(String body) {
        answer("PATCH", new MockResponse().setHeader("Content-Type", "text/html").setBody(body));
        assertUnfit("is not a Kubernetes API");
    }

    private void assertUnfit(String words) {
        Release release = release(PAUSED, set("a", 1, "1", 0, 0), set("b", 2, "2", 1, 1));
        for (ThrowingCallable call
                : List.<ThrowingCallable>of(() -> actions.abort(PAUSED), () -> actions.undo(release))) {
            changes.set(0);
            assertThatThrownBy(call).isInstanceOf(EnvironmentNotFit.class).hasMessageContaining(words)
                    .hasMessageContaining("kubectl argo rollouts").hasMessageContaining("PATCH " + PATH);
            assertThat(changes).hasValueLessThanOrEqualTo(words.contains("401") ? 2 : 1);
        }
    }

    private static String status(int code, String reason, String message) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"" + reason
                + "\",\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    /** Sets the answer to one method; all others get the Rollout. */
    private void answer(String method, MockResponse answer) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (request.getMethod().equals(method)) {
                    changes.incrementAndGet();
                    return answer;
                }
                return new MockResponse().setHeader("Content-Type", "application/json").setBody(ROLLOUT);
            }
        });
    }

    private void answer(int code, String body) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse().setResponseCode(code).setHeader("Content-Type", "application/json")
                        .setBody(body);
            }
        });
    }

    /** Returns a Rollout that a person has paused. */
    private static Rollout held(String strategy, String status) {
        return Rollout.parse(json("{metadata:{namespace:'shop',name:'sample-api',generation:7},"
                + "spec:{paused:true,strategy:{" + strategy + "}},status:{observedGeneration:'7'," + status + "}}"));
    }

    private void sent(PerformedAction action, String command, String path, String contentType, String body)
            throws InterruptedException {
        requested(path, contentType, body);
        assertThat(server.getRequestCount()).isEqualTo(2);
        recorded(action, command, "PATCH " + path + " " + body);
    }

    private void sentTwo(PerformedAction action, String command, String statusBody) throws InterruptedException {
        requested(PATH + "/status", "application/merge-patch+json", statusBody);
        requested(PATH, "application/merge-patch+json", "{\"spec\":{\"paused\":false}}");
        assertThat(server.getRequestCount()).isEqualTo(4);
        recorded(action, command, "PATCH " + PATH + "/status " + statusBody, "PATCH " + PATH
                + " {\"spec\":{\"paused\":false}}");
    }

    private void requested(String path, String contentType, String body) throws InterruptedException {
        // The client first reads, to see whether there is something to patch.
        assertThat(server.takeRequest().getMethod()).isEqualTo("GET");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("PATCH");
        assertThat(request.getRequestUrl().encodedPath()).isEqualTo(path);
        assertThat(request.getHeader("Content-Type")).isEqualTo(contentType);
        assertThat(request.getBody().readUtf8()).isEqualTo(body);
    }

    private static void recorded(PerformedAction action, String command, String... calls) {
        assertThat(action.command()).isEqualTo(command);
        assertThat(action.calls()).containsExactly(calls);
        assertThat(action.at()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }
}
