package delivery.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import delivery.failure.EnvironmentNotFit;
import delivery.traffic.Answer;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.RouteFeed;
import delivery.traffic.Sample;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayTest {

    private static final String HOST = "bg-1.sample-api.test";

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger requests = new AtomicInteger();
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        server.start();
        gateway = new Gateway(URI.create("http://localhost:" + server.getPort()), Optional.empty());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.shutdown();
    }

    @Test
    void aSampleIsOneRequestEachUnderTheReleasesHost() throws InterruptedException {
        answers(number -> version(number % 5 == 0 ? "2.0.0" : "1.0.0"));

        Sample sample = gateway.sample(new Users(HOST), Endpoint.VERSION, 100, 4);

        assertThat(sample.size()).isEqualTo(100);
        assertThat(sample.byVersion()).isEqualTo(Map.of("1.0.0", 80, "2.0.0", 20));
        assertThat(sample.byPod()).isEqualTo(Map.of("pod-1.0.0", 80, "pod-2.0.0", 20));
        assertThat(sample.answers()).isSortedAccordingTo(Comparator.comparing(Answer::at));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeader("Host")).isEqualTo(HOST);
        assertThat(request.getPath()).isEqualTo("/version");
    }

    @Test
    void aHeaderKeepsTheNameThatItWasSentWith() {
        answers(number -> version("1.0.0").setHeader("X-App-Version", "1.0.0"));

        List<String> names = new ArrayList<>();
        gateway.ask(HOST, new Endpoint() {
            @Override
            public String path() {
                return "/";
            }

            @Override
            public String accept() {
                return "*/*";
            }

            @Override
            public Answer read(Instant at, int status, String body, Map<String, String> headers, Duration took) {
                names.addAll(headers.keySet());
                return Answer.lost(at, "not asked for", took);
            }
        });
        assertThat(names).contains("X-App-Version");
    }

    @Test
    void everyRequestHasAConnectionOfItsOwn() throws InterruptedException {
        answers(number -> version("1.0.0"));

        gateway.sample(new Users(HOST), Endpoint.VERSION, 20, 2);

        for (int request = 0; request < 21; request++) {
            assertThat(server.takeRequest().getSequenceNumber()).isZero();
        }
    }

    @Test
    void aBrokenConnectionIsAFailureAndNotTriedAgain() {
        answers(number -> number == 3
                ? new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST)
                : version("1.0.0"));

        Sample sample = gateway.sample(new Users(HOST), Endpoint.VERSION, 10, 1);

        assertThat(sample.byVersion()).isEqualTo(Map.of("1.0.0", 9));
        assertThat(sample.failures().values()).containsExactly(1);
        assertThat(sample.failures().firstKey()).startsWith("the connection broke");
        assertThat(requests).as("with the first, which asks for the gateway").hasValue(11);
    }

    @Test
    void hostileAnswersAreFailures() {
        answers(number -> switch (number) {
            case 1 -> new MockResponse().setResponseCode(502).setBody("<html>Bad Gateway</html>");
            case 2 -> new MockResponse().setBody("<html>it works</html>");
            case 3 -> new MockResponse().setResponseCode(302).setHeader("Location", "http://localhost:1/");
            case 4 -> new MockResponse().setBody("x".repeat(200_000));
            default -> version("1.0.0");
        });

        assertThat(gateway.sample(new Users(HOST), Endpoint.VERSION, 5, 1).failures())
                .isEqualTo(Map.of("HTTP 502", 1, "HTTP 200 without a version", 2, "HTTP 302", 1));
    }

    /** The client's own retry would hide that a user was not served. */
    @Test
    void aFailureThatAsksToBeAskedAgainIsNotAskedAgain() {
        answers(number -> number == 2
                ? new MockResponse().setResponseCode(503).setHeader("Retry-After", "0")
                : version("1.0.0"));

        assertThat(gateway.sample(new Users(HOST), Endpoint.VERSION, 10, 1).failures())
                .isEqualTo(Map.of("HTTP 503", 1));
        assertThat(requests).hasValue(11);
    }

    @Test
    void truncatedAnswersAndOthersTypesOfThemAreFailuresOrVersionsAndNothingElse() {
        answers(number -> switch (number) {
            case 1 -> new MockResponse().setBody("{\"version\": \"1.0");
            case 2 -> new MockResponse().setBody("{\"version\": 1}").setHeader("Content-Type", "text/html");
            case 3 -> version("1.0.0").setHeader("Content-Type", "text/html");
            case 4 -> new MockResponse().setBody("{\"version\": \"1.0.0\", \"pod\": null, \"unknown\": [{}]}");
            case 5 -> new MockResponse().setResponseCode(429).setHeader("Retry-After", "3600");
            default -> version("1.0.0");
        });

        Sample sample = gateway.sample(new Users(HOST), Endpoint.VERSION, 6, 1);
        assertThat(sample.failures()).isEqualTo(Map.of("HTTP 200 without a version", 2, "HTTP 429", 1));
        assertThat(sample.byVersion()).isEqualTo(Map.of("1.0.0", 3));
    }

    @Test
    void aGatewayThatGoesAwayIsNoFindingAboutTheRelease() throws Exception {
        CountDownLatch some = new CountDownLatch(10);
        answers(number -> {
            some.countDown();
            return version("1.0.0");
        });
        try (BackgroundTraffic load = gateway.watch(HOST, Endpoint.VERSION, Duration.ofSeconds(30), 50);
                BackgroundTraffic observed = gateway.observe(HOST, Endpoint.VERSION, Duration.ofSeconds(30), 50)) {
            assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
            server.shutdown();
            for (BackgroundTraffic traffic : List.of(load, observed)) {
                new Waiting(1, (what, elapsed, lastSeen) -> { }).until(new RouteFeed(traffic::soFar, "look"),
                        Expectation.<Sample, Sample>of("a request fails",
                                sample -> sample.failures().containsKey("no connection") ? Outcome.met(sample)
                                        : Outcome.notYet("none")), WaitLimit.ROUTE);
            }

            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(load::stop)
                    .withMessageContaining("did not answer").withMessageContaining("no connection");
            assertThat(observed.stop().failures()).as("what judges nothing shows it").isNotEmpty();
        }
    }

    @Test
    void aGatewayThatIsNotThereIsTheEnvironmentsFault() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Gateway absent = new Gateway(URI.create("http://127.0.0.1:" + port), Optional.empty())) {
            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> absent.sample(new Users(HOST), Endpoint.VERSION, 10, 2))
                    .withMessageContaining("http://127.0.0.1:" + port).withMessageContaining("no connection")
                    .withMessageContaining("GATEWAY");
            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> absent.watch(HOST, Endpoint.VERSION, Duration.ofSeconds(1), 10));
            assertThat(absent.ask(HOST, Endpoint.VERSION).failure()).contains("no connection");
        }
    }

    @Test
    void aGatewayWithoutTlsIsSaidToBeSo() throws IOException {
        try (ServerSocket plain = new ServerSocket(0);
                Gateway secure = new Gateway(URI.create("https://127.0.0.1:" + plain.getLocalPort()),
                        Optional.empty())) {
            Thread server = new Thread(() -> {
                try (Socket client = plain.accept()) {
                    client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            server.start();

            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> secure.requireReachable(HOST))
                    .withMessageContaining("TLS: ");
        }
    }

    /** A single burst would end before the gateway follows what the API already shows. */
    @Test
    void aSampleOverATimeSeesWhatComesInTheMiddleOfIt() {
        answers(number -> version(number <= 15 ? "1.0.0" : "2.0.0"));

        Sample sample = gateway.sample(new Users(HOST), Endpoint.VERSION, 30, Duration.ofMillis(1500));

        assertThat(sample.size()).isEqualTo(30);
        assertThat(sample.byVersion()).containsOnlyKeys("1.0.0", "2.0.0");
        assertThat(Duration.between(sample.answers().get(0).at(), sample.answers().get(29).at()))
                .isGreaterThan(Duration.ofMillis(500));
        assertThat(requests).as("with the first, which asks for the gateway").hasValue(31);
    }

    @Test
    void anInterruptEndsASampleOverATimeToo() {
        answers(number -> version("1.0.0").setHeadersDelay(20, TimeUnit.MILLISECONDS));
        gateway.requireReachable(HOST);
        Thread.currentThread().interrupt();

        assertThatIllegalStateException().isThrownBy(() ->
                gateway.sample(new Users(HOST), Endpoint.VERSION, 50, Duration.ofSeconds(5)));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptEndsASampleAndIsHandedOn() {
        answers(number -> version("1.0.0").setHeadersDelay(20, TimeUnit.MILLISECONDS));
        gateway.requireReachable(HOST);
        Thread.currentThread().interrupt();

        assertThatIllegalStateException().isThrownBy(() -> gateway.sample(new Users(HOST), Endpoint.VERSION, 50, 2));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aLoadGoesOnUntilItIsStopped() throws InterruptedException {
        CountDownLatch some = new CountDownLatch(30);
        answers(number -> {
            some.countDown();
            return number < 15 ? version("1.0.0") : version("2.0.0");
        });

        try (BackgroundTraffic load = gateway.watch(HOST, Endpoint.VERSION, Duration.ofSeconds(30), 200)) {
            assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
            Sample sample = load.stop();

            assertThat(sample.size()).isGreaterThanOrEqualTo(29).isEqualTo(requests.get() - 1);
            assertThat(sample.failures()).isEmpty();
            assertThat(sample.byVersion()).containsOnlyKeys("1.0.0", "2.0.0");
            assertThat(load.stop()).isEqualTo(sample);
        }
    }

    @Test
    void aLoadKeepsItsRateAndEndsByItself() throws InterruptedException {
        answers(number -> version("1.0.0"));
        long start = System.nanoTime();

        try (BackgroundTraffic load = gateway.watch(HOST, Endpoint.VERSION, Duration.ofMillis(500), 40)) {
            assertThat(load.endsWithin(Duration.ofSeconds(20))).isTrue();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
            // 8 users, the first request at once, then at most one every 200 ms: 8 * 3; a slow machine sends fewer.
            assertThat(load.stop().size()).isBetween(1, 24);
        }
    }

    @Test
    void aLoadThatBrokeIsNoQuietLoad() throws InterruptedException {
        CountDownLatch broke = new CountDownLatch(8);
        try (BackgroundTraffic load = new BackgroundTraffic(() -> {
            broke.countDown();
            throw new IllegalArgumentException("a fault of ours");
        }, UnaryOperator.identity(), Duration.ofSeconds(10), 100)) {
            assertThat(broke.await(10, TimeUnit.SECONDS)).isTrue();

            assertThatIllegalStateException().isThrownBy(load::stop)
                    .withStackTraceContaining("a fault of ours");
        }
    }

    @Test
    void aLoadIsBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> load(Duration.ofSeconds(10), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> load(Duration.ofSeconds(10), Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> load(Duration.ofSeconds(10), 501));
        assertThatIllegalArgumentException().isThrownBy(() -> load(Duration.ZERO, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> load(Duration.ofHours(10), 10));
    }

    private static void load(Duration atMost, double perSecond) {
        new BackgroundTraffic(() -> {
            throw new IllegalStateException("no request is sent");
        }, UnaryOperator.identity(), atMost, perSecond).close();
    }

    private void answers(IntFunction<MockResponse> answer) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return HOST.equals(request.getHeader("Host"))
                        ? answer.apply(requests.getAndIncrement())
                        : new MockResponse().setResponseCode(404);
            }
        });
    }

    private static MockResponse version(String version) {
        return new MockResponse().setBody("{\"version\": \"" + version + "\", \"pod\": \"pod-" + version + "\"}");
    }
}
