package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.RecordedCall;
import delivery.http.Proxies;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ClusterTest {

    private static final String MAP = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}";

    private final MockWebServer server = new MockWebServer();
    private final CallLog log = new CallLog();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @Test
    void itsVersionIsThatOfTheServer() throws IOException {
        server.enqueue(json("{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.1\"}"));
        try (Cluster cluster = open(Optional.of("here"))) {
            assertThat(cluster.version()).isEqualTo("v1.34.1");
            assertThat(cluster.address()).contains(":" + server.getPort());
        }
    }

    @Test
    void onlyCallsThatChangeSomethingAreKeptAndNoneIsSentAgain() throws IOException {
        server.enqueue(json("{\"gitVersion\":\"v1.34.1\"}"));
        server.enqueue(json(MAP));
        // The client reads before it patches.
        server.enqueue(json(MAP));
        server.enqueue(json(MAP));
        server.enqueue(new MockResponse().setResponseCode(503).setBody("busy"));
        try (Cluster cluster = open(Optional.empty())) {
            var maps = cluster.client().configMaps().inNamespace("shop");
            maps.withName("a").get();
            maps.withName("a").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"b\":null}}");
            assertThatThrownBy(() -> maps.resource(new ConfigMapBuilder()
                    .withNewMetadata().withName("c").endMetadata().addToData("key", "private").build()).create())
                    .hasMessageContaining("Service Unavailable");
        }
        assertThat(log.exchanges())
                .extracting(RecordedCall::method, RecordedCall::path, RecordedCall::status, RecordedCall::body)
                .containsExactly(
                        tuple("PATCH", "/api/v1/namespaces/shop/configmaps/a", 200,
                                "{\"data\":{\"b\":null}}"),
                        tuple("POST", "/api/v1/namespaces/shop/configmaps", 503, ""));
        assertThat(server.getRequestCount()).isEqualTo(5);
    }

    @Test
    void aLongBodyIsCutShort() throws IOException {
        server.enqueue(json("{\"gitVersion\":\"v1.34.1\"}"));
        server.enqueue(json(MAP));
        server.enqueue(json(MAP));
        try (Cluster cluster = open(Optional.empty())) {
            cluster.client().configMaps().inNamespace("shop").withName("a").patch(
                    PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"b\":\"" + "x".repeat(9000) + "\"}}");
        }
        assertThat(log.exchanges()).singleElement()
                .satisfies(exchange -> assertThat(exchange.body()).hasSize(4096).endsWith("x…"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, did not accept who is asking, Set KUBECONFIG",
        "403, has no permission, Grant it",
        "500, failed while, API server is well",
        "503, failed while, API server is well"})
    void aRefusalIsAnUnfitEnvironment(int code, String what, String whatToDo) {
        MockResponse refusal = json("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + code
                + ",\"message\":\"no\"}").setResponseCode(code);
        // After a 401 the client reads the kubeconfig again and retries once.
        always(refusal);
        assertThatThrownBy(() -> open(Optional.empty()))
                .isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining(what).hasMessageContaining(whatToDo).hasMessageContaining("(" + code + ")");
    }

    @Test
    void anAddressThatHasNoVersionIsAnUnfitEnvironment() {
        server.enqueue(new MockResponse().setResponseCode(404));
        assertThatThrownBy(() -> open(Optional.empty()))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("does not tell a Kubernetes version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body>Sign in</body></html>", "{\"gitVersion\":\"v1.3", "{}", "[]", "null", ""})
    void whatIsNoKubernetesApiIsAnUnfitEnvironment(String body) {
        server.enqueue(new MockResponse().setBody(body));
        assertThatThrownBy(() -> open(Optional.empty()))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("KUBECONFIG");
    }

    @Test
    void aConnectionThatIsClosedIsAnUnfitEnvironment() {
        always(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        assertThatThrownBy(() -> open(Optional.empty()))
                .isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("did not answer").hasMessageContaining("KUBECONFIG");
    }

    @Test
    void aServerThatDoesNotListenIsAnUnfitEnvironment() throws IOException {
        int port = server.getPort();
        server.shutdown();
        Path file = kubeconfig("http://127.0.0.1:" + port);
        assertThatThrownBy(() -> Cluster.open(file, Optional.empty(), log, 1, Proxies.none()))
                .isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("did not answer").hasMessageContaining("Connection refused");
    }

    @Test
    void aContextThatIsNotThereIsNotReplacedByAnother() {
        assertThatThrownBy(() -> open(Optional.of("elsewhere")))
                .isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("no complete context elsewhere").hasMessageContaining("KUBE_CONTEXT");
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "users: [{name: me, user: {token: very-private", "", "apiVersion: v1\nkind: Config\n",
        "<html></html>"})
    void aFileThatIsNoKubeconfigIsAnUnfitEnvironment(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("broken"), content);
        assertThatThrownBy(() -> Cluster.open(file, Optional.empty(), log, 1, Proxies.none()))
                .isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("KUBECONFIG " + file)
                .message().doesNotContain("very-private");
    }

    /** There is no API server: the test checks which server is asked for it. */
    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
        "https://cluster.invalid:6443, PROXY, none, none, CONNECT cluster.invalid:6443",
        "https://cluster.invalid, PROXY, none, none, CONNECT cluster.invalid:443",
        "http://cluster.invalid:6443, PROXY, none, none, GET http://cluster.invalid:6443/version",
        "https://cluster.invalid:6443, none, PROXY, none, CONNECT cluster.invalid:6443",
        "https://cluster.invalid:6443, PROXY, http://127.0.0.1:1, cluster.invalid, CONNECT cluster.invalid:6443",
        "https://127.0.0.1:1, none, PROXY, none, none",
        "https://127.0.0.1:1, PROXY, none, none, CONNECT 127.0.0.1:1",
        "https://cluster.invalid:6443, none, PROXY, .invalid, none"})
    void theServerIsReachedThroughTheProxyThatKubectlUses(String address, String own, String environment,
            String without, String asked) throws IOException, InterruptedException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse().setResponseCode(502);
            }
        });
        String proxy = "http://someone:a-secret@127.0.0.1:" + server.getPort();
        Path file = kubeconfig(address);
        Files.writeString(file, Files.readString(file).replace("{server:", own == null ? "{server:"
                : "{proxy-url: \"" + own.replace("PROXY", proxy) + "\", server:"));
        Map<String, String> variables = new HashMap<>();
        Optional.ofNullable(environment).ifPresent(url -> variables.put("HTTPS_PROXY", url.replace("PROXY", proxy)));
        Optional.ofNullable(without).ifPresent(hosts -> variables.put("NO_PROXY", hosts));

        assertThatThrownBy(() -> Cluster.open(file, Optional.empty(), log, 1, Proxies.of(variables)))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageNotContaining("a-secret")
                .satisfies(e -> assertThat(e.getMessage().contains("through the proxy 127.0.0.1:" + server.getPort()))
                        .isEqualTo(asked != null));
        if (asked == null) {
            assertThat(server.getRequestCount()).isZero();
        } else {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getRequestLine()).startsWith(asked);
            assertThat(request.getHeader("Proxy-Authorization")).isEqualTo(Credentials.basic("someone", "a-secret"));
        }
    }

    @Test
    void anotherNameForTheCertificateIsRefusedWithTheWayOn() throws IOException {
        Path file = kubeconfig("https://127.0.0.1:6443");
        Files.writeString(file, Files.readString(file).replace("{server:", "{tls-server-name: api.example.org,"
                + " server:"));
        assertThatThrownBy(() -> Cluster.open(file, Optional.empty(), log, 1, Proxies.none()))
                .isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("tls-server-name api.example.org for https://127.0.0.1:6443")
                .hasMessageContaining("the server's address, https://api.example.org:6443");

        server.enqueue(json("{\"gitVersion\":\"v1.34.1\"}"));
        Path same = kubeconfig("http://127.0.0.1:" + server.getPort());
        Files.writeString(same, Files.readString(same).replace("{server:", "{tls-server-name: 127.0.0.1, server:"));
        Cluster.open(same, Optional.empty(), log, 1, Proxies.none()).close();
    }

    @Test
    void whoTheKubeconfigsUserActsAsIsSentToTheServer() throws IOException, InterruptedException {
        server.enqueue(json("{\"gitVersion\":\"v1.34.1\"}"));
        Path file = kubeconfig("http://127.0.0.1:" + server.getPort());
        Files.writeString(file, Files.readString(file).replace("{token: very-private}", "{token: very-private, as:"
                + " jane, as-groups: [devs, testers], as-user-extra: {team: [shop]}}"));

        Cluster.open(file, Optional.empty(), log, 1, Proxies.none()).close();

        RecordedRequest asked = server.takeRequest();
        assertThat(asked.getHeader("Impersonate-User")).isEqualTo("jane");
        assertThat(asked.getHeaders().values("Impersonate-Group")).containsExactly("devs", "testers");
        assertThat(asked.getHeader("Impersonate-Extra-team")).isEqualTo("shop");
    }

    @Test
    void aProxyUrlThatIsNoneIsNamedAndNotShown() throws IOException {
        Path file = kubeconfig("https://cluster.invalid:6443");
        Files.writeString(file, Files.readString(file)
                .replace("{server:", "{proxy-url: \"ftp://u:a-secret@proxy\", server:"));

        assertThatThrownBy(() -> Cluster.open(file, Optional.empty(), log, 1, Proxies.none()))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("proxy-url")
                .hasMessageNotContaining("a-secret");
    }

    private Cluster open(Optional<String> context) throws IOException {
        return Cluster.open(kubeconfig("http://127.0.0.1:" + server.getPort()), context, log, 1, Proxies.none());
    }

    private Path kubeconfig(String address) throws IOException {
        return Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                current-context: here
                contexts: [{name: here, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: very-private}}]
                """.formatted(address));
    }

    private void always(MockResponse answer) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer;
            }
        });
    }

    private static MockResponse json(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }
}
