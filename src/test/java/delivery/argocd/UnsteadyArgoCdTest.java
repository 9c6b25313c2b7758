package delivery.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.settings.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An unreliable Argo CD: reads are retried a few times, calls that change something never are. */
@Timeout(30)
class UnsteadyArgoCdTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APPLICATION = "{\"metadata\":{\"name\":\"shop\",\"unknown\":[1]},\"spec\":{\"project\":"
            + "\"default\",\"unknown\":{}},\"status\":null,\"unknown\":true}";

    private final MockWebServer server = new MockWebServer();
    /** The next answers, in order; after them all calls succeed. */
    private final Queue<MockResponse> reading = new ConcurrentLinkedQueue<>();
    private final Queue<MockResponse> changing = new ConcurrentLinkedQueue<>();
    private final Queue<String> reads = new ConcurrentLinkedQueue<>();
    private final Queue<String> changes = new ConcurrentLinkedQueue<>();
    private ArgoCd argoCd;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean read = request.getMethod().equals("GET");
                (read ? reads : changes).add(request.getMethod());
                MockResponse next = (read ? reading : changing).poll();
                return next != null ? next : new MockResponse().setBody(APPLICATION);
            }
        });
        server.start();
        argoCd = open(Optional.of(new Secret("very-private")));
    }

    @AfterEach
    void stop() throws IOException {
        argoCd.close();
        server.shutdown();
    }

    static List<MockResponse> passing() {
        return List.of(status(429).setHeader("Retry-After", "3600"), status(500), status(503)
                .setHeader("Retry-After", "0"),
                status(504), new MockResponse().setResponseCode(502).setBody("<html>Bad Gateway</html>"),
                new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aReadIsSentAgain(MockResponse failure) {
        reading.addAll(List.of(failure, failure, failure));
        assertThat(argoCd.find("shop", "default").orElseThrow().health()).isEqualTo("Unknown");
        assertThat(reads).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aReadIsSentFourTimesAtMost(MockResponse failure) {
        for (int answer = 0; answer < 20; answer++) {
            reading.add(failure);
        }
        assertThatThrownBy(() -> argoCd.find("shop", "default")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("GET /api/v1/applications/shop");
        assertThat(reads).hasSize(4);
    }

    static Stream<Arguments> changes() {
        Application application = Application.parse(json(APPLICATION));
        ObjectNode object = (ObjectNode) json(APPLICATION);
        List<Consumer<ArgoCd>> changes = List.of(argoCd -> argoCd.create(object, Map.of()),
                argoCd -> argoCd.set(application, Map.of("image.tag", "2")),
                argoCd -> argoCd.setValues(application, object), argoCd -> argoCd.delete("shop"));
        return passing().stream().flatMap(failure -> changes.stream().map(change -> Arguments.of(failure, change)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeIsSentOnceAndNamed(MockResponse failure, Consumer<ArgoCd> change) {
        changing.add(failure);
        assertThatThrownBy(() -> change.accept(argoCd)).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageMatching("(?s).* for (POST|PATCH|DELETE) /api/v1/applications.*");
        assertThat(changes).hasSize(1);
    }

    @Test
    void aSlowAnswerIsWaitedForAndAnExpiredTokenIsNamed() {
        reading.add(new MockResponse().setBody(APPLICATION).setHeadersDelay(2, TimeUnit.SECONDS));
        assertThat(argoCd.find("shop", "default")).isPresent();
        assertThat(reads).hasSize(1);
        reading.add(status(401));
        changing.add(status(401));
        assertThatThrownBy(() -> argoCd.find("shop", "default")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("ARGOCD_AUTH_TOKEN").hasMessageContaining("GET /api/v1/applications/shop");
        assertThatThrownBy(() -> argoCd.delete("shop")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("DELETE /api/v1/applications/shop");
        assertThat(reads).hasSize(2);
        assertThat(changes).hasSize(1);
    }

    /**
     * The body is JSON of a proxy: parsed as Argo CD's it would be an Application that asks for nothing, or a change
     * that succeeded.
     */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"message\":\"sign in\"}", "{\"metadata\":{\"name\":\"shop\"}}",
            "{\"metadata\":null}",
        "{\"metadata\":{\"name\":\"another\"},\"spec\":{}}"})
    void anObjectThatIsNoApplicationIsNone(String body) {
        Application application = Application.parse(json(APPLICATION));
        List<Runnable> calls = List.of(() -> argoCd.find("shop", "default"), () -> argoCd.refresh("shop", "default"),
                () -> argoCd.create(json(APPLICATION), Map.of()),
                () -> argoCd.set(application, Map.of("image.tag", "2")),
                () -> argoCd.setValues(application, (ObjectNode) json(APPLICATION)));
        for (Runnable call : calls) {
            reading.clear();
            reading.add(new MockResponse().setBody(body));
            changing.clear();
            changing.add(new MockResponse().setBody(body));
            assertThatThrownBy(call::run).isInstanceOf(EnvironmentNotFit.class)
                    .hasMessageContaining("is not Argo CD's API: no Application shop for");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"message\":\"sign in\"}", "{\"items\":\"many\"}"})
    void anObjectThatIsNoListIsNoEmptyOne(String body) {
        reading.add(new MockResponse().setBody(body));
        assertThatThrownBy(() -> argoCd.find("shop")).hasMessageContaining("is not Argo CD's API: no list");
        reading.add(new MockResponse().setBody(body));
        assertThatThrownBy(() -> argoCd.labelled("a", "b")).hasMessageContaining("is not Argo CD's API: no list");
        // Argo CD answers 403 for an Application that does not exist; only its list shows that it does not.
        changing.add(status(403));
        reading.add(new MockResponse().setBody(body));
        assertThatThrownBy(() -> argoCd.delete("shop")).hasMessageContaining("is not Argo CD's API: no list");
    }

    @Test
    void aHugeListIsReadAsAWhole() {
        StringBuilder items = new StringBuilder();
        for (int number = 0; number < 5_000; number++) {
            items.append("{\"metadata\":{\"name\":\"a").append(number).append("\"},\"spec\":{\"filler\":\"")
                    .append("x".repeat(300)).append("\"}},");
        }
        reading.add(new MockResponse().setBody("{\"items\":[" + items + APPLICATION + "]}"));
        assertThat(argoCd.labelled("a", "b")).hasSize(5_001).containsKey("shop");
    }

    @Test
    void aLoginThatGivesNoTokenIsNamed() {
        changing.add(new MockResponse().setBody("{\"message\":\"welcome\"}"));
        try (ArgoCd byPassword = open(Optional.empty())) {
            assertThatThrownBy(byPassword::version).isInstanceOf(EnvironmentNotFit.class)
                    .hasMessageContaining("no token for POST /api/v1/session");
        }
        assertThat(changes).hasSize(1);
    }

    private ArgoCd open(Optional<Secret> token) {
        return new ArgoCd(new Login(server.url("/").uri(), token, "admin", Optional.of(new Secret("very-private")),
                Optional.empty(), false), new CallLog(), Duration.ofMillis(1), Duration.ofSeconds(90));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static MockResponse status(int code) {
        return new MockResponse().setResponseCode(code).setBody("{\"code\":1,\"message\":\"no\"}");
    }
}
