package delivery.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import delivery.verdict.EnvironmentNotFit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
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
    private Thread closed;

    @BeforeEach
    void start() throws IOException {
        server.start();
        gateway = new Gateway(URI.create("http://localhost:" + server.getPort()));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.shutdown();
    }

    @Test
    void aSampleIsOneRequestEachUnderTheReleasesHost() throws InterruptedException {
        answers(number -> version(number % 5 == 0 ? "2.0.0" : "1.0.0"));

        Sample sample = gateway.sample(HOST, 100, 4);

        assertThat(sample.size()).isEqualTo(100);
        assertThat(sample.byVersion()).isEqualTo(Map.of("1.0.0", 80, "2.0.0", 20));
        assertThat(sample.byPod()).isEqualTo(Map.of("pod-1.0.0", 80, "pod-2.0.0", 20));
        assertThat(sample.answers()).isSortedAccordingTo(Comparator.comparing(Answer::at));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeader("Host")).isEqualTo(HOST);
        assertThat(request.getPath()).isEqualTo("/version");
    }

    @Test
    void everyRequestHasAConnectionOfItsOwn() throws InterruptedException {
        answers(number -> version("1.0.0"));

        gateway.sample(HOST, 20, 2);

        for (int request = 0; request < 21; request++) {
            assertThat(server.takeRequest().getSequenceNumber()).isZero();
        }
    }

    @Test
    void aBrokenConnectionIsAFailureAndNotTriedAgain() {
        answers(number -> number == 3
                ? new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST)
                : version("1.0.0"));

        Sample sample = gateway.sample(HOST, 10, 1);

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

        assertThat(gateway.sample(HOST, 5, 1).failures())
                .isEqualTo(Map.of("HTTP 502", 1, "HTTP 200 without a version", 2, "HTTP 302", 1));
    }

    @Test
    void aGatewayThatIsNotThereIsTheEnvironmentsFault() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Gateway absent = new Gateway(URI.create("http://127.0.0.1:" + port))) {
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> absent.sample(HOST, 10, 2))
                    .withMessageContaining("http://127.0.0.1:" + port).withMessageContaining("no connection")
                    .withMessageContaining("GATEWAY");
            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> absent.watch(HOST, Duration.ofSeconds(1), 10));
            assertThat(absent.ask(HOST).failure()).contains("no connection");
        }
    }

    /** It answers some requests, and then nothing listens any more. */
    private void endsAfter(int answered) {
        answers(number -> {
            if (number == answered) {
                closed = new Thread(() -> {
                    try {
                        server.shutdown();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                closed.start();
                return new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
            }
            return version("1.0.0");
        });
    }

    @Test
    void aSampleThatFoundNoGatewayForSomeRequestsSaysNothingOfTheDelivery() throws InterruptedException {
        endsAfter(10);

        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> gateway.sample(HOST, 2_000, 1))
                .withMessageContaining("gateway").withMessageContaining("of 2000 requests")
                .withMessageContaining("did not come back");
        closed.join();
    }

    @Test
    void aLoadThatFoundNoGatewayForSomeRequestsSaysNothingOfTheDelivery() throws InterruptedException {
        endsAfter(10);

        try (Load load = gateway.watch(HOST, Duration.ofSeconds(3), 100)) {
            assertThat(load.endsWithin(Duration.ofSeconds(20))).isTrue();
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(load::stop).withMessageContaining("was not there");
        }
        closed.join();
    }

    @Test
    void whatJudgesNothingHasItAmongItsAnswers() throws InterruptedException {
        endsAfter(10);

        try (Load load = gateway.observe(HOST, Duration.ofSeconds(3), 100)) {
            assertThat(load.endsWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(load.stop().failures()).containsKey("no connection");
        }
        closed.join();
    }

    @Test
    void aGatewayWithoutTlsIsSaidToBeSo() throws IOException {
        try (ServerSocket plain = new ServerSocket(0);
                Gateway secure = new Gateway(URI.create("https://127.0.0.1:" + plain.getLocalPort()))) {
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

    @Test
    void anInterruptEndsASampleAndIsHandedOn() {
        answers(number -> version("1.0.0").setHeadersDelay(20, TimeUnit.MILLISECONDS));
        gateway.requireReachable(HOST);
        Thread.currentThread().interrupt();

        assertThatIllegalStateException().isThrownBy(() -> gateway.sample(HOST, 50, 2));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aLoadGoesOnUntilItIsStopped() throws InterruptedException {
        CountDownLatch some = new CountDownLatch(30);
        answers(number -> {
            some.countDown();
            return number < 15 ? version("1.0.0") : version("2.0.0");
        });

        try (Load load = gateway.watch(HOST, Duration.ofSeconds(30), 200)) {
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

        try (Load load = gateway.watch(HOST, Duration.ofMillis(500), 40)) {
            assertThat(load.endsWithin(Duration.ofSeconds(20))).isTrue();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
            // 8 users, one request each 200 ms at most, the first at once: 8 * 3, and a slow machine sends fewer.
            assertThat(load.stop().size()).isBetween(1, 24);
        }
    }

    @Test
    void aLoadThatBrokeIsNoQuietLoad() throws InterruptedException {
        CountDownLatch broke = new CountDownLatch(8);
        try (Load load = new Load(() -> {
            broke.countDown();
            throw new IllegalArgumentException("a fault of ours");
        }, Duration.ofSeconds(10), 100, sample -> sample)) {
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
        new Load(() -> {
            throw new IllegalStateException("no request is sent");
        }, atMost, perSecond, sample -> sample).close();
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
