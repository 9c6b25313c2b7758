package delivery.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.PerformedAction;
import delivery.history.RecordedCall;
import delivery.settings.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ArgoCdTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "very-private-token";
    private static final String PASSWORD = "very-private-password";
    private static final String APPLICATION = """
            {"metadata":{"name":"shop"},"spec":{"project":"default","source":{"repoURL":"http://git.test/repo.git",
             "path":"charts/a","helm":{"parameters":[{"name":"host","value":"shop.test"},
             {"name":"replicas","value":"2","forceString":false},{"name":"image.tag","value":"1.9"}]}}},
             "status":{"sync":{"status":"Synced","revision":"abc123"},"health":{"status":"Healthy"},"history":[
             {"id":0,"revision":"older","source":{"repoURL":"http://git.test/older.git"}},
             {"id":1,"revision":"abc123","source":{"repoURL":"http://git.test/repo.git","path":"charts/a",
             "targetRevision":"main"}}]}}""";

    private final MockWebServer server = new MockWebServer();
    private final CallLog log = new CallLog();
    private ArgoCd argoCd;

    @BeforeEach
    void start() throws IOException {
        server.start();
        argoCd = open(Optional.of(new Secret(TOKEN)));
    }

    @AfterEach
    void stop() throws IOException {
        argoCd.close();
        server.shutdown();
    }

    @Test
    void everyCallThatIsNoGetHasExactlyThatContentType() throws Exception {
        Application application = application();
        for (int call = 0; call < 4; call++) {
            json(APPLICATION);
        }
        argoCd.create(JSON.readTree(APPLICATION), Map.of());
        argoCd.set(application, Map.of("image.tag", "1.10"));
        argoCd.delete("shop");
        server.takeRequest();
        // Argo CD compares the raw header, even of a DELETE: it would refuse one with a charset by 415.
        for (String method : List.of("POST", "GET", "PATCH", "DELETE")) {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getMethod()).isEqualTo(method);
            assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + TOKEN);
            assertThat(request.getHeaders().values("Content-Type"))
                    .isEqualTo(method.equals("GET") ? List.of() : List.of("application/json"));
        }
    }

    @Test
    void aConnectionThatTheServerEndedMeanwhileIsNoArgoCdThatIsAway() {
        server.enqueue(new MockResponse().setHeader("Content-Type", "application/json").setBody("{\"Version\":\"v1\"}")
                .setSocketPolicy(SocketPolicy.DISCONNECT_AT_END));
        json("{\"Version\":\"v2\"}");
        json("{}");

        assertThat(argoCd.version()).isEqualTo("v1");
        assertThat(argoCd.version()).isEqualTo("v2");
        assertThat(argoCd.delete("shop")).isTrue();
    }

    @Test
    void aPartOfArgoCdThatDidNotAnswerItIsNoRefusal() {
        refusal(400, "application spec is invalid: repository not accessible: rpc error: code = Unavailable desc ="
                + " connection error: dial tcp 127.0.0.1:8081: connect: connection refused");

        assertThatThrownBy(() -> argoCd.delete("shop")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("did not reach what it needs").hasMessageContaining("127.0.0.1:8081");
    }

    @Test
    void aChangeIsNotSentTwice() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        json("{}");

        assertThatThrownBy(() -> argoCd.delete("shop")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("cannot be reached");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aDeletionLeavesWhatWasDeployed() throws InterruptedException {
        json("{}");
        assertThat(argoCd.delete("shop")).isTrue();
        RecordedRequest request = server.takeRequest();
        assertThat(request.getPath()).isEqualTo("/api/v1/applications/shop?cascade=false");
        assertThat(request.getBody().readUtf8()).isEqualTo("{}");
    }

    @Test
    void anApplicationThatIsNotThereNeedsNoDeletion() {
        refusal(404, "applications.argoproj.io \"shop\" not found");
        assertThat(argoCd.delete("shop")).isFalse();
        refusal(403, "permission denied");
        json("{\"items\":null}");
        assertThat(argoCd.delete("shop")).isFalse();
    }

    @Test
    void anApplicationThatMayNotBeDeletedIsNotSaidToBeGone() {
        refusal(403, "permission denied");
        json("{\"items\":[" + APPLICATION + "]}");
        assertThatThrownBy(() -> argoCd.delete("shop")).isInstanceOfSatisfying(ArgoCdRefused.class,
                refused -> assertThat(refused.status()).isEqualTo(403));
    }

    /** A call without a namespace refers to Argo CD's own namespace. */
    @Test
    void ofSeveralApplicationsOfANameTheOneInArgoCdsOwnNamespaceIsMeant() {
        json("{\"items\":[{\"metadata\":{\"name\":\"shop\",\"namespace\":\"team\"}},"
                + "{\"metadata\":{\"name\":\"shop\",\"namespace\":\"argocd\"}}]}");
        json("{\"controllerNamespace\":\"argocd\"}");
        assertThat(argoCd.object("shop").orElseThrow().at("/metadata/namespace").asText()).isEqualTo("argocd");
    }

    @Test
    void otherParametersAreSentAlongAndValuesStayTexts() throws Exception {
        Application application = application();
        json(APPLICATION);
        json(APPLICATION);
        PerformedAction action = argoCd.set(application, Map.of("image.tag", "1.10"));
        server.takeRequest();
        assertThat(server.takeRequest().getPath()).isEqualTo("/api/v1/applications/shop?project=default");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getPath()).isEqualTo("/api/v1/applications/shop");
        JsonNode body = JSON.readTree(request.getBody().readUtf8());
        assertThat(body.path("name").asText()).isEqualTo("shop");
        assertThat(body.path("project").asText()).isEqualTo("default");
        assertThat(body.path("patchType").asText()).isEqualTo("merge");
        assertThat(body.path("patch").isTextual()).isTrue();
        assertThat(JSON.readTree(body.path("patch").asText())).isEqualTo(JSON.readTree("""
                {"spec":{"source":{"helm":{"parameters":[{"name":"host","value":"shop.test"},
                 {"name":"replicas","value":"2","forceString":false},
                 {"name":"image.tag","value":"1.10","forceString":true}]}}}}"""));
        assertThat(action.command()).isEqualTo("argocd app set shop -p image.tag=1.10");
        assertThat(action.calls()).as("the other parameters may be secret")
                .containsExactly("PATCH /api/v1/applications/shop");
    }

    /** Argo CD's command line refuses to change an Application of several sources if no source is named. */
    @Test
    void theCommandTellsWhichOfSeveralSourcesIsChanged() throws Exception {
        ObjectNode object = (ObjectNode) JSON.readTree(APPLICATION);
        ObjectNode spec = (ObjectNode) object.path("spec");
        spec.putArray("sources").add(JSON.createObjectNode().put("repoURL", "u").put("ref", "values"))
                .add(spec.remove("source"));
        json(object.toString());
        json(object.toString());
        assertThat(argoCd.set(Application.parse(object), Map.of("image.tag", "2")).command())
                .isEqualTo("argocd app set shop --source-position 2 -p image.tag=2");
    }

    @Test
    void parametersThatChangedSinceItWasReadAreNotLost() throws Exception {
        Application application = application();
        json(APPLICATION.replace("shop.test", "another.test"));
        json(APPLICATION);
        argoCd.set(application, Map.of("new", "x"));
        server.takeRequest();
        server.takeRequest();
        String patch = JSON.readTree(server.takeRequest().getBody().readUtf8()).path("patch").asText();
        assertThat(JSON.readTree(patch).at("/spec/source/helm/parameters").findValuesAsText("value"))
                .containsExactly("another.test", "2", "1.9", "x");
    }

    @Test
    void anApplicationIsMadeAsAPersonWould() throws Exception {
        json(APPLICATION);
        PerformedAction action = argoCd.create(JSON.readTree(APPLICATION), Map.of("image.tag", "1.9"));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod() + " " + request.getPath()).isEqualTo("POST /api/v1/applications");
        assertThat(JSON.readTree(request.getBody().readUtf8())).isEqualTo(JSON.readTree(APPLICATION));
        assertThat(action.command()).as("what differs from the pattern").isEqualTo("argocd app create shop -p"
                + " image.tag=1.9");
        assertThat(action.calls()).as("the rest may be secret").containsExactly("POST /api/v1/applications");
    }

    @Test
    void whatChangesSomethingIsLoggedAndNothingElse() throws Exception {
        Application application = application();
        json(APPLICATION);
        json(APPLICATION);
        argoCd.set(application, Map.of("image.tag", "1.10"));
        refusal(403, "permission denied");
        assertThatThrownBy(() -> argoCd.create(JSON.readTree(APPLICATION), Map.of())).isInstanceOf(ArgoCdRefused.class);
        json("{}");
        argoCd.delete("shop");
        json("{\"helm\":{\"values\":\"a: 1\"}}");
        json("{}");
        argoCd.values(application);
        assertThat(log.exchanges())
                .extracting(RecordedCall::target, RecordedCall::method, RecordedCall::path, RecordedCall::status)
                .containsExactly(tuple("argocd", "PATCH", "/api/v1/applications/shop", 200),
                        tuple("argocd", "POST", "/api/v1/applications", 403),
                        tuple("argocd", "DELETE", "/api/v1/applications/shop?cascade=false", 200));
        assertThat(log.exchanges().toString()).doesNotContain(TOKEN, "Bearer");
    }

    @Test
    void aPasswordIsExchangedOnceForATokenByAllThreads() throws Exception {
        json("{\"token\":\"" + TOKEN + "\"}");
        int threads = 4;
        IntStream.range(0, threads).forEach(call -> json("{\"Version\":\"v3.2.11\"}"));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (ArgoCd byPassword = open(Optional.empty())) {
            Callable<String> version = byPassword::version;
            for (Future<String> answer
                    : pool.invokeAll(IntStream.range(0, threads).mapToObj(call -> version).toList())) {
                assertThat(answer.get()).isEqualTo("v3.2.11");
            }
        } finally {
            pool.shutdownNow();
        }
        RecordedRequest session = server.takeRequest();
        assertThat(session.getMethod() + " " + session.getPath()).isEqualTo("POST /api/v1/session");
        assertThat(session.getHeaders().values("Content-Type")).containsExactly("application/json");
        assertThat(session.getHeader("Authorization")).isNull();
        assertThat(JSON.readTree(session.getBody().readUtf8()))
                .isEqualTo(JSON.createObjectNode().put("username", "admin").put("password", PASSWORD));
        for (int call = 0; call < threads; call++) {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getPath()).isEqualTo("/api/version");
            assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + TOKEN);
        }
        assertThat(log.exchanges()).isEmpty();
    }

    @Test
    void aRefusedPasswordIsNamedAndNotShown() {
        refusal(401, "Invalid username or password");
        try (ArgoCd byPassword = open(Optional.empty())) {
            assertThatThrownBy(byPassword::version).isInstanceOf(EnvironmentNotFit.class)
                    .hasMessageContaining("Invalid username or password").hasMessageContaining("ARGOCD_PASSWORD")
                    .hasMessageContaining("refuses the right password as well, for five minutes")
                    .message().doesNotContain(PASSWORD);
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aSessionThatHasEndedIsBegunAgain() throws InterruptedException {
        json("{\"token\":\"first\"}");
        json("{\"Version\":\"v3\"}");
        refusal(401, "invalid session: token is expired");
        json("{\"token\":\"second\"}");
        json(APPLICATION);
        json("{\"Version\":\"v3\"}");
        try (ArgoCd byPassword = open(Optional.empty())) {
            byPassword.version();
            assertThat(byPassword.delete("shop")).isTrue();
            byPassword.version();
        }
        server.takeRequest();
        assertThat(server.takeRequest().getHeader("Authorization")).isEqualTo("Bearer first");
        RecordedRequest refused = server.takeRequest();
        assertThat(server.takeRequest().getPath()).isEqualTo("/api/v1/session");
        RecordedRequest again = server.takeRequest();
        assertThat(again.getRequestLine()).isEqualTo(refused.getRequestLine());
        assertThat(again.getBody()).isEqualTo(refused.getBody());
        assertThat(again.getHeader("Authorization")).isEqualTo("Bearer second");
        assertThat(server.takeRequest().getHeader("Authorization")).isEqualTo("Bearer second");
        assertThat(log.exchanges()).as("what was refused did nothing").hasSize(1);
    }

    @Test
    void aNewSessionThatIsRefusedTooIsReportedAtOnce() {
        json("{\"token\":\"first\"}");
        refusal(401, "invalid session: token is expired");
        json("{\"token\":\"second\"}");
        refusal(401, "account password has changed");
        try (ArgoCd byPassword = open(Optional.empty())) {
            assertThatThrownBy(byPassword::version).isInstanceOf(EnvironmentNotFit.class)
                    .hasMessageContaining("account password has changed").hasMessageContaining("ARGOCD_PASSWORD");
        }
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void aRefusedTokenIsNamedAndNotShown() {
        refusal(401, "invalid session: token is expired");
        assertThatThrownBy(argoCd::version).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("token is expired").hasMessageContaining("ARGOCD_AUTH_TOKEN")
                .message().doesNotContain(TOKEN);
    }

    @Test
    void aTokenThatIsNobodysIsRefused() {
        json("{\"loggedIn\":true,\"username\":\"admin\",\"iss\":\"argocd\"}");
        assertThat(argoCd.requireUser()).isEqualTo("admin");
        json("{}");
        assertThatThrownBy(argoCd::requireUser).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("ARGOCD_AUTH_TOKEN");
    }

    @ParameterizedTest
    @CsvSource({"400, application spec is invalid", "403, permission denied",
            "409, another operation is already in progress"})
    void aRefusalKeepsArgoCdsWords(int status, String message) {
        refusal(status, message);
        assertThatThrownBy(() -> argoCd.find("shop", "default"))
                .isInstanceOfSatisfying(ArgoCdRefused.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused).hasMessageContaining("GET /api/v1/applications/shop").hasMessageContaining(message);
        });
    }

    @Test
    void anApplicationThatIsNotThereIsNotFound() {
        refusal(404, "applications.argoproj.io \"shop\" not found");
        assertThat(argoCd.find("shop", "default")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void aServerThatFailsIsNoRefusal(int status) {
        IntStream.range(0, 9).forEach(answer -> refusal(status, "connection error: desc = transport"));
        assertThatThrownBy(() -> argoCd.find("shop", "default")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("failed: " + status).hasMessageContaining("connection error");
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void aCacheThatRedisHasLostIsNamed() {
        for (int answer = 0; answer < 4; answer++) {
            refusal(500, "error getting cached app managed resources: cache: key is missing");
        }
        assertThatThrownBy(() -> argoCd.find("shop", "default")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("key is missing").hasMessageContaining("restart the application controller");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200|<html><body>Sign in</body></html>", "200|{\"metadata\":{\"name\":\"sh", "200|''", "200|null", "200|[]",
        "200|{} trailing", "404|404 page not found", "415|Invalid content type", "502|<html>Bad Gateway</html>"})
    void whatIsNoAnswerOfArgoCdsIsNotReadAsOne(int status, String body) {
        for (int answer = 0; answer < (status >= 500 ? 4 : 1); answer++) {
            server.enqueue(new MockResponse().setResponseCode(status).setBody(body));
        }
        assertThatThrownBy(() -> argoCd.find("shop", "default")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("is not Argo CD's API: " + status).hasMessageContaining("ARGOCD_SERVER")
                .message().doesNotContain(TOKEN);
        server.enqueue(new MockResponse().setResponseCode(status).setBody(body));
        assertThatThrownBy(() -> argoCd.delete("shop")).isInstanceOf(EnvironmentNotFit.class);
    }

    @ParameterizedTest
    @CsvSource({"DISCONNECT_AFTER_REQUEST", "DISCONNECT_DURING_RESPONSE_BODY"})
    void aCallThatChangesSomethingIsNotSentAgain(SocketPolicy policy) throws Exception {
        server.enqueue(new MockResponse().setBody(APPLICATION).setSocketPolicy(policy));
        json("{}");
        JsonNode object = JSON.readTree(APPLICATION);
        assertThatThrownBy(() -> argoCd.create(object, Map.of())).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("cannot be reached for POST /api/v1/applications").message()
                .doesNotContain(TOKEN);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void anApplicationOfAnyProjectIsFoundByItsWholeName() throws InterruptedException {
        json("{\"items\":[" + APPLICATION.replace("\"shop\"", "\"shop-2\"") + "," + APPLICATION + "]}");
        assertThat(argoCd.find("shop").orElseThrow().name()).isEqualTo("shop");
        assertThat(server.takeRequest().getPath()).isEqualTo("/api/v1/applications?name=shop");
        json("{\"metadata\":{},\"items\":null}");
        assertThat(argoCd.find("shop")).isEmpty();
    }

    @Test
    void labelledOnesAreAskedForByTheirLabel() throws InterruptedException {
        json("{\"items\":[" + APPLICATION + "]}");
        assertThat(argoCd.labelled("delivery.acceptance/run", "run-1")).containsOnlyKeys("shop");
        assertThat(server.takeRequest().getRequestUrl().queryParameter("selector"))
                .isEqualTo("delivery.acceptance/run=run-1");
    }

    @Test
    void aRefreshIsNoChange() throws InterruptedException {
        json(APPLICATION);
        assertThat(argoCd.refresh("shop", "default").synced()).isFalse();
        assertThat(server.takeRequest().getPath())
                .isEqualTo("/api/v1/applications/shop?project=default&refresh=normal");
        assertThat(log.exchanges()).isEmpty();
    }

    @Test
    void theValuesAreThoseOfTheRevisionThatIsDeployed() throws Exception {
        Application application = application();
        json("{\"type\":\"Helm\",\"helm\":{\"values\":\"replicas: 2\\n\"}}");
        json("{\"applications\":[]}");
        assertThat(argoCd.values(application)).isEqualTo(new ChartValues(
                List.of(new ChartValues.File("charts/a/values.yaml", "replicas: 2\n")), "replicas: 2\n", Map.of()));
        server.takeRequest();
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getPath())
                .isEqualTo("/api/v1/repositories/http%3A%2F%2Fgit.test%2Frepo.git/appdetails");
        assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/json");
        JsonNode body = JSON.readTree(request.getBody().readUtf8());
        assertThat(body.path("appName").asText()).as("Argo CD tells of one that is there only what is in its history")
                .isEqualTo("shop-values");
        assertThat(body.path("appProject").asText()).isEqualTo("default");
        assertThat(body.at("/source/targetRevision").asText()).isEqualTo("abc123");
    }

    @Test
    void aChartWithinAChartHasItsValuesUnderItsName() throws InterruptedException {
        Application application = application();
        String details = "{\"type\":\"Helm\",\"helm\":{\"values\":\"web: {host: a}\"}}";
        json(details);
        generated("{\"dependencies\": [{\"name\": \"web\"}, {\"name\": \"job\", \"alias\": \"nightly\","
                + " \"repository\": \"file://../job\"}, {\"name\": \"packed\"}]}");
        generated("{\"replicas\": 2, \"acceptanceGitFile\": {}}");
        generated("{\"tag\": \"1\"}");
        json("{\"applications\":[]}");
        ChartValues values = argoCd.values(application);
        assertThat(values.files()).containsExactly(
                new ChartValues.File("charts/a/charts/web/values.yaml", "{\"web\":{\"replicas\":2}}"),
                new ChartValues.File("charts/job/values.yaml", "{\"nightly\":{\"tag\":\"1\"}}"),
                new ChartValues.File("charts/a/values.yaml", "web: {host: a}"));
        assertThat(values.text()).isEqualTo("web: {host: a}");
        json(details);
        assertThat(argoCd.values(application)).as("a revision's files are read once").isEqualTo(values);
        assertThat(server.getRequestCount()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 501})
    void whoCannotReadTheChartsWithinAChartGoesOnWithoutThem(int status) {
        Application application = application();
        json("{\"type\":\"Helm\",\"helm\":{\"values\":\"a: 1\"}}");
        refusal(status, "permission denied");
        assertThat(argoCd.values(application).files()).hasSize(1);
    }

    /** If a chart's subcharts cannot be read, it must not be judged as if it had none, by half of its values. */
    @Test
    void chartsWithinAChartThatAreOutOfReachAreNotTakenForNone() {
        Application application = application();
        String details = "{\"type\":\"Helm\",\"helm\":{\"values\":\"a: 1\"}}";
        json(details);
        refusal(503, "connection error");
        assertThatThrownBy(() -> argoCd.values(application)).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("connection error");
        json(details);
        generated("{\"dependencies\": [{\"name\": \"web\"}]}");
        generated("{\"replicas\": 2}");
        assertThat(argoCd.values(application).files()).hasSize(2);
    }

    private void generated(String values) {
        json("{\"applications\":[{\"metadata\":{\"annotations\":{\"values\":" + JSON.valueToTree(values)
                + "}}}]}");
    }

    @Test
    void otherValueFilesAreFoundByWhatDiffersInTheirNames() throws InterruptedException {
        Application application = application();
        json("{\"applications\":[" + annotated("charts/a/values-canary.yaml") + "," + annotated(
                "charts/a/values-bg.yaml") + "," + annotated("charts/a/values-x/y.yaml") + "]}");
        assertThat(argoCd.between(application, "values-", ".yaml")).containsExactly("canary", "bg");
        server.takeRequest();
        assertThat(server.takeRequest().getBody().readUtf8()).contains("\"path\":\"charts/a/values-*.yaml\"");
        refusal(403, "denied");
        assertThat(argoCd.between(application, "values-", ".yaml")).isEmpty();
    }

    @Test
    void chartsAreFoundByTheirFoldersAndNames() throws InterruptedException {
        Application application = application();
        json("{\"applications\":[" + annotated("charts/canary shop") + "," + annotated("charts/bg shop-bg") + ",{}]}");
        assertThat(argoCd.charts(application, Optional.of("charts/*")))
                .isEqualTo(Map.of("charts/canary", "shop", "charts/bg", "shop-bg"));
        server.takeRequest();
        assertThat(server.takeRequest().getBody().readUtf8()).contains("\"path\":\"charts/*/Chart.yaml\"", ".name }}");
        refusal(403, "denied");
        assertThat(argoCd.charts(application, Optional.of("charts/*"))).isEmpty();
        assertThat(argoCd.charts(application, Optional.empty())).isEmpty();
    }

    @Test
    void whatAnOverlaySaysIsReadUnderEitherNameOfItsFile() {
        Application application = application();
        json("{\"applications\":[]}");
        generated("{\"namePrefix\": \"dev-\"}");
        assertThat(argoCd.kustomization(application).path("namePrefix").asText()).isEqualTo("dev-");
        refusal(403, "denied");
        assertThat(argoCd.kustomization(application).isMissingNode()).isTrue();
    }

    private static String annotated(String file) {
        return "{\"metadata\":{\"annotations\":{\"values\":\"" + file + "\"}}}";
    }

    @Test
    void withoutAChartThereAreNoValues() {
        Application application = application();
        json("{\"type\":\"Kustomize\",\"kustomize\":{}}");
        assertThatThrownBy(() -> argoCd.values(application)).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("not a Helm chart but Kustomize").hasMessageContaining("APPLICATION");
        json("{\"metadata\":{\"name\":\"shop\"},\"spec\":{}}");
        Application fresh = argoCd.find("shop", "default").orElseThrow();
        assertThatThrownBy(() -> argoCd.values(fresh)).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("has not deployed the Application shop yet");
    }

    @Test
    void theServerMayBeUnderAPath() throws InterruptedException {
        json("{\"Version\":\"v3.2.11\"}");
        try (ArgoCd under = new ArgoCd(new Login(server.url("/argo/").uri(), Optional.of(new Secret(TOKEN)), "admin",
                Optional.empty(), Optional.empty(), false), log)) {
            assertThat(under.version()).isEqualTo("v3.2.11");
        }
        assertThat(server.takeRequest().getPath()).isEqualTo("/argo/api/version");
    }

    private ArgoCd open(Optional<Secret> token) {
        return new ArgoCd(new Login(server.url("/").uri(), token, "admin", Optional.of(new Secret(PASSWORD)),
                Optional.empty(), false), log, Duration.ofMillis(1), Duration.ofSeconds(90));
    }

    private Application application() {
        json(APPLICATION);
        return argoCd.find("shop", "default").orElseThrow();
    }

    private void json(String body) {
        server.enqueue(new MockResponse().setHeader("Content-Type", "application/json").setBody(body));
    }

    private void refusal(int status, String message) {
        server.enqueue(new MockResponse().setResponseCode(status).setHeader("Content-Type", "application/json")
                .setBody(JSON.createObjectNode().put("error", message).put("code", 7).put("message", message)
                        .toString()));
    }
}
