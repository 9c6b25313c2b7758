package delivery.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.settings.Secret;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ApplicationFeedTest {

    private final MockWebServer server = new MockWebServer();
    private final Waiting waiting = new Waiting(0.2, (what, elapsed, lastSeen) -> { });
    private final Queue<MockResponse> streams = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile String health = "Progressing";
    private volatile boolean refused;
    private ArgoCd argoCd;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (refused) {
                    return new MockResponse().setResponseCode(401)
                            .setBody("{\"code\":16,\"message\":\"token is expired\"}");
                }
                if (!request.getPath().startsWith("/api/v1/stream/")) {
                    reads.incrementAndGet();
                    return new MockResponse()
                            .setBody(application(request.getRequestUrl().pathSegments().get(3), health));
                }
                opened.incrementAndGet();
                MockResponse next = streams.poll();
                return next != null ? next : new MockResponse()
                        .setSocketPolicy(SocketPolicy.NO_RESPONSE);
            }
        });
        server.start();
        argoCd = new ArgoCd(new Login(server.url("/").uri(), Optional.of(new Secret("very-private")), "admin",
                Optional.empty(), Optional.empty(), false), new CallLog());
    }

    @AfterEach
    void stop() throws IOException {
        argoCd.close();
        server.shutdown();
    }

    @Test
    void whatIsReadFirstIsThereAtOnce() throws InterruptedException {
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            assertThat(feed.lastKnown().health()).isEqualTo("Progressing");
            assertThat(feed.whereToLook()).isEqualTo("argocd app get shop");
            assertThat(server.takeRequest().getPath()).isEqualTo("/api/v1/applications/shop?project=default");
            RecordedRequest stream = server.takeRequest();
            assertThat(stream.getPath()).isEqualTo("/api/v1/stream/applications?name=shop&project=default");
            assertThat(stream.getHeader("Authorization")).isEqualTo("Bearer very-private");
        }
    }

    @Test
    void anEventChangesIt() {
        streams.add(new MockResponse().setBody(event("shop", "Healthy") + "\n\n")
                .setBodyDelay(200, TimeUnit.MILLISECONDS));
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            await(feed, "Healthy");
        }
    }

    @Test
    void anEventOfAnotherApplicationDoesNot() {
        streams.add(new MockResponse().setBody(event("shop-2", "Degraded") + "\n" + event("shop", "Healthy") + "\n")
                .setBodyDelay(200, TimeUnit.MILLISECONDS));
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            feed.onChange(() -> seen.add(feed.lastKnown().health()));
            await(feed, "Healthy");
            assertThat(seen).doesNotContain("Degraded");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "{\"result\":{\"appl\n", "<html>Sign in</html>\n", "null\n", "[]\n",
        "{\"error\":{\"grpc_code\":7,\"http_code\":403,\"message\":\"permission denied\"}}\n"})
    void afterABreakItIsReadAgain(String body) {
        streams.add(new MockResponse().setBody(body));
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            // No event follows: only reading the Application again shows the change.
            health = "Healthy";
            await(feed, "Healthy");
        }
    }

    @Test
    void aStreamThatEndsInTheMiddleOfAnEventIsTakenUpAgain() {
        streams.add(new MockResponse().setBody(event("shop", "Degraded") + "\n" + event("shop", "Degraded"))
                .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
        for (int answer = 0; answer < 4; answer++) {
            streams.add(new MockResponse().setResponseCode(503).setBody("no healthy upstream"));
        }
        streams.add(new MockResponse().setBody(event("shop", "Healthy") + "\n")
                .setBodyDelay(300, TimeUnit.MILLISECONDS));
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            await(feed, "Healthy");
        }
        assertThat(opened.get()).isGreaterThanOrEqualTo(6);
        assertThat(reads.get()).as("once at first, and for each stream that was opened").isGreaterThanOrEqualTo(3);
    }

    @Test
    void streamsThatEndAtOnceAreNotTakenUpWithoutAPause() {
        for (int stream = 0; stream < 50; stream++) {
            streams.add(new MockResponse());
        }
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            long start = System.nanoTime();
            waiting.until(feed, Expectation.<Application, Application>of("three streams were opened", application ->
                    opened.get() >= 3 ? Outcome.met(application) : Outcome.notYet(opened + " streams")),
                            WaitLimit.SYNC);
            assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(400));
            assertThat(opened.get()).isEqualTo(3);
        }
    }

    @Test
    void aClosedFeedEndsEvenWhileItsStreamIsQuiet() throws InterruptedException {
        ApplicationFeed feed = argoCd.follow("quiet-one", "default");
        Thread reader = reader("application-quiet-one");
        feed.close();
        reader.join(TimeUnit.SECONDS.toMillis(5));
        assertThat(reader.isAlive()).isFalse();
    }

    @Test
    void aListenerThatEndedItsSubscriptionIsLeftAlone() {
        streams.add(new MockResponse().setBody(event("shop", "Healthy") + "\n")
                .setBodyDelay(300, TimeUnit.MILLISECONDS));
        CountDownLatch changed = new CountDownLatch(1);
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            feed.onChange(changed::countDown).close();
            await(feed, "Healthy");
        }
        assertThat(changed.getCount()).isEqualTo(1);
    }

    @Test
    void whatIsNotThereCannotBeFollowed() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse().setResponseCode(404).setBody("{\"code\":5,\"message\":\"not found\"}");
            }
        });
        assertThatThrownBy(() -> argoCd.follow("shop", "default")).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("no Application shop");
    }

    /** The token expires: the stream reports that, or just stays open and silent. */
    @Test
    void anErrorInTheStreamIsNoQuietStream() {
        streams.add(new MockResponse().setBody("{\"error\":{\"grpc_code\":16,\"http_code\":401,\"message\":"
                + "\"token is expired\"}}\n" + " ".repeat(200_000)).throttleBody(1024, 1, TimeUnit.SECONDS));
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            health = "Healthy";
            await(feed, "Healthy");
        }
    }

    @Test
    void aTokenThatExpiredMeanwhileIsNoVerdict() {
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            refused = true;
            assertThatThrownBy(() -> new Waiting(0.01, (what, elapsed, lastSeen) -> { }).until(feed,
                    health("Healthy"), WaitLimit.SYNC)).isInstanceOf(EnvironmentNotFit.class)
                    .hasMessageContaining("token is expired").hasMessageContaining("ARGOCD_AUTH_TOKEN");
        }
    }

    /** The stream is dead without an error, and stays silent. */
    @Test
    void aMissedEventIsSeenBeforeAWaitIsGivenUp() {
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            health = "Healthy";
            new Waiting(0.01, (what, elapsed, lastSeen) -> { }).until(feed, health("Healthy"), WaitLimit.SYNC);
        }
    }

    @Test
    void eventsThatComeTwiceOrLateChangeNothing() {
        String newer = application("shop", "Suspended")
                .replace("{\"name\"", "{\"uid\":\"u\",\"resourceVersion\":\"12\",\"name\"");
        String older = application("shop", "Degraded")
                .replace("{\"name\"", "{\"uid\":\"u\",\"resourceVersion\":\"9\",\"name\"");
        String newest = application("shop", "Healthy")
                .replace("{\"name\"", "{\"uid\":\"u\",\"resourceVersion\":\"100\",\"name\"");
        StringBuilder body = new StringBuilder();
        for (String state : new String[] {newer, older, newer, older, newest}) {
            body.append("{\"result\":{\"type\":\"MODIFIED\",\"application\":").append(state).append("}}\n");
        }
        streams.add(new MockResponse().setBody(body.toString()).setBodyDelay(200, TimeUnit.MILLISECONDS));
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            feed.onChange(() -> seen.add(feed.lastKnown().health()));
            waiting.until(feed, Expectation.<Application, Application>of("all was told", application ->
                    seen.contains("Healthy") ? Outcome.met(application) : Outcome.notYet("" + seen)), WaitLimit.SYNC);
        }
        assertThat(seen).doesNotContain("Degraded");
    }

    @ParameterizedTest
    @ValueSource(strings =
            {"{\"result\":{\"type\":\"DELETED\",\"application\":{\"metadata\":{\"name\":\"shop\"},\"spec\":{}}}}\n",
        "{\"result\":{\"type\":\"MODIFIED\",\"application\":{\"metadata\":{\"name\":\"shop\"}}}}\n",
        "{\"result\":{\"type\":\"MODIFIED\",\"application\":null}}\n", "{\"message\":\"sign in\"}\n"})
    void whatTellsOfNoStateIsNone(String event) {
        streams.add(new MockResponse().setBody(event));
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (ApplicationFeed feed = argoCd.follow("shop", "default")) {
            feed.onChange(() -> seen.add(feed.lastKnown().health()));
            health = "Healthy";
            await(feed, "Healthy");
        }
        assertThat(seen).doesNotContain("Unknown");
    }

    private void await(ApplicationFeed feed, String expected) {
        waiting.until(feed, health(expected), WaitLimit.SYNC);
    }

    private static Expectation<Application, Application> health(String expected) {
        return Expectation.of("it is " + expected, application -> application.health().equals(expected)
                ? Outcome.met(application) : Outcome.notYet(application.health()));
    }

    private static Thread reader(String name) {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(name)).findFirst()
                .orElseThrow();
    }

    private static String application(String name, String health) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{},\"status\":{\"health\":{\"status\":\"" + health
                + "\"}}}";
    }

    private static String event(String name, String health) {
        return "{\"result\":{\"type\":\"MODIFIED\",\"application\":" + application(name, health) + "}}";
    }
}
