package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.http.Proxies;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An unreliable API: reads are retried a few times, calls that change something never are. */
@Timeout(30)
class UnsteadyApiTest {

    private static final String MAP = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}";

    private final MockWebServer server = new MockWebServer();
    /** The next answers, in order; after them all calls succeed. */
    private final Queue<MockResponse> reading = new ConcurrentLinkedQueue<>();
    private final Queue<MockResponse> changing = new ConcurrentLinkedQueue<>();
    private final Queue<String> reads = new ConcurrentLinkedQueue<>();
    private final Queue<String> changes = new ConcurrentLinkedQueue<>();
    private Cluster cluster;
    private Path kubeconfig;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean read = request.getMethod().equals("GET");
                (read ? reads : changes).add(request.getMethod() + " " + request.getHeader("Authorization"));
                MockResponse next = (read ? reading : changing).poll();
                return next != null ? next : json(request.getPath().startsWith("/version")
                        ? "{\"gitVersion\":\"v1.34.1\"}" : MAP);
            }
        });
        server.start();
        kubeconfig = kubeconfig("first");
        cluster = Cluster.open(kubeconfig, Optional.empty(), new CallLog(), 1, Proxies.none());
        reads.clear();
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
        server.shutdown();
    }

    static List<MockResponse> passing() {
        return List.of(status(429).setHeader("Retry-After", "0"), status(500), status(503),
                new MockResponse().setResponseCode(502).setBody("<html>Bad Gateway</html>"),
                new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aReadIsSentAgain(MockResponse failure) {
        reading.addAll(List.of(failure, failure));
        assertThat(map(cluster.client()).getMetadata().getName()).isEqualTo("a");
        assertThat(reads).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aReadIsSentFourTimesAtMost(MockResponse failure) {
        for (int answer = 0; answer < 20; answer++) {
            reading.add(failure);
        }
        assertThatThrownBy(() -> map(cluster.client())).isInstanceOf(KubernetesClientException.class)
                .satisfies(refused -> assertThat(ApiFailure.of("reading a map", refused))
                        .isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("Kubernetes API")
                        .hasMessageContaining("reading a map"));
        assertThat(reads).hasSize(4);
    }

    /** A Retry-After of an hour would hold up the run for an hour. */
    @Test
    void howLongToStayAwayIsNotTakenFromTheAnswer() {
        reading.add(status(429).setHeader("Retry-After", "3600"));
        reading.add(status(503).setHeader("Retry-After", "Fri, 31 Dec 2100 23:59:59 GMT"));
        assertThat(map(cluster.client())).isNotNull();
    }

    static Stream<Arguments> changes() {
        ConfigMap object = new ConfigMapBuilder().withNewMetadata().withName("a").endMetadata().build();
        List<Consumer<KubernetesClient>> changes = List.of(
                client -> client.configMaps().inNamespace("shop").resource(object).create(),
                client -> client.configMaps().inNamespace("shop").resource(object).update(),
                client -> client.configMaps().inNamespace("shop").withName("a")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"b\":null}}"),
                client -> client.configMaps().inNamespace("shop").withName("a").delete());
        return passing().stream().flatMap(failure -> changes.stream().map(change -> Arguments.of(failure, change)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeIsSentOnce(MockResponse failure, Consumer<KubernetesClient> change) {
        changing.add(failure);
        assertThatThrownBy(() -> change.accept(cluster.client())).isInstanceOf(KubernetesClientException.class);
        assertThat(changes).hasSize(1);
    }

    @Test
    void norIsItByAClientThatIsDerivedOrToldToTryOften() {
        KubernetesClient derived = cluster.client().newClient(new RequestConfigBuilder(
                cluster.client().getConfiguration().getRequestConfig()).withRequestRetryBackoffLimit(9).build())
                .adapt(KubernetesClient.class);
        changing.add(status(503));
        assertThatThrownBy(() -> derived.configMaps().inNamespace("shop").withName("a").delete())
                .isInstanceOf(KubernetesClientException.class);
        assertThat(changes).hasSize(1);
        for (int answer = 0; answer < 6; answer++) {
            reading.add(status(503));
        }
        assertThat(map(derived)).as("reads go by the derived client's own limit").isNotNull();
    }

    @Test
    void aSlowAnswerIsWaitedFor() {
        reading.add(json(MAP).setHeadersDelay(2, TimeUnit.SECONDS));
        long start = System.nanoTime();
        assertThat(map(cluster.client())).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(reads).hasSize(1);
    }

    /** After a 401 it is certain that nothing was changed. */
    @Test
    void anExpiredTokenIsReadAgainFromTheKubeconfigOnce() throws IOException {
        kubeconfig("second");
        changing.add(status(401));
        cluster.client().configMaps().inNamespace("shop").withName("a").delete();
        assertThat(changes).containsExactly("DELETE Bearer first", "DELETE Bearer second");
    }

    @Test
    void aTokenThatStaysExpiredIsNamed() {
        for (int answer = 0; answer < 20; answer++) {
            reading.add(status(401));
            changing.add(status(401));
        }
        assertThatThrownBy(() -> cluster.client().configMaps().inNamespace("shop").withName("a").delete())
                .satisfies(refused -> assertThat(ApiFailure.of("deleting a map", refused))
                        .hasMessageContaining("did not accept who is asking while deleting a map (401)"));
        assertThat(changes).hasSizeLessThanOrEqualTo(2);
        assertThatThrownBy(() -> map(cluster.client())).isInstanceOf(KubernetesClientException.class);
        assertThat(reads).hasSizeLessThanOrEqualTo(2);
    }

    static List<String> noObjects() {
        return List.of("<html><body>Sign in</body></html>", "{\"kind\":\"ConfigMap\",\"metadata\":{\"na", "[]",
                "\"hello\"");
    }

    @ParameterizedTest
    @MethodSource("noObjects")
    void whatIsNoObjectIsNoAnswerOfTheApi(String body) {
        reading.add(new MockResponse().setHeader("Content-Type", "text/html").setBody(body));
        assertThatThrownBy(() -> map(cluster.client())).satisfies(broken ->
                assertThat(ApiFailure.of("reading a map", broken))
                        .hasMessageContaining("The server that answered while reading a map is not a Kubernetes API"));
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswerAndAChangeIsNotSentAgainForIt() {
        MockResponse broken = json(MAP + " ".repeat(10_000))
                .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY);
        reading.add(broken);
        changing.add(broken);
        assertThatThrownBy(() -> map(cluster.client())).satisfies(lost ->
                assertThat(ApiFailure.of("reading a map", lost))
                        .hasMessageContaining("did not answer while reading a map"));
        assertThatThrownBy(() -> cluster.client().configMaps().inNamespace("shop").withName("a").delete())
                .satisfies(lost -> assertThat(ApiFailure.isNoAnswer(lost)).isTrue());
        assertThat(changes).hasSize(1);
    }

    @Test
    void theNamespaceThatIsWaitedForMayBeReadLater() {
        reading.add(status(500));
        reading.add(status(503));
        try (NamespaceFeed feed = new NamespaceFeed(cluster.client(), "shop")) {
            assertThat(feed.lastKnown()).isPresent();
        }
    }

    private static ConfigMap map(KubernetesClient client) {
        return client.configMaps().inNamespace("shop").withName("a").get();
    }

    private static MockResponse status(int code) {
        return json("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + code
                + ",\"message\":\"no\"}").setResponseCode(code);
    }

    private static MockResponse json(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }

    private Path kubeconfig(String token) throws IOException {
        return Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                current-context: here
                contexts: [{name: here, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {token: %s}}]
                """.formatted(server.getPort(), token));
    }
}
