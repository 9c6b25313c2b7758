package delivery.kubernetes;

import static delivery.kubernetes.FakeApi.ROLLOUTS;
import static delivery.kubernetes.FakeApi.event;
import static delivery.kubernetes.FakeApi.json;
import static delivery.kubernetes.FakeApi.status;
import static delivery.kubernetes.FakeApi.statusText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReleaseFixture;
import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A feed whose lists and watches fail: it recovers the right state, or reports which call got which answer. */
@Timeout(60)
class BrokenWatchTest {

    /** Time after which the client gives up a watch that it could not open. */
    private static final int REQUEST_MILLIS = 4_000;

    /** Far more time than any case takes. */
    private final Waiting waiting = new Waiting(0.4, (what, elapsed, lastSeen) -> { });
    private final Waiting impatient = new Waiting(0.005, (what, elapsed, lastSeen) -> { });
    /** Time for several watches in a row, any of which the client may lose. */
    private final Waiting patient = new Waiting(1, (what, elapsed, lastSeen) -> { });

    private FakeApi api;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        client = Cluster.client(new ConfigBuilder(Config.empty())
                .withMasterUrl(api.address()).withRequestRetryBackoffLimit(0).withRequestTimeout(REQUEST_MILLIS)
                .withWatchReconnectInterval(20).build(), new CallLog());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        api.close();
    }

    static List<String> brokenEvents() {
        String healthy = event("MODIFIED", rollout("Healthy"), 103);
        return List.of(healthy.substring(0, healthy.length() / 2), "<html>Bad Gateway</html>", "", "{}", "[]", "null",
                "{\"type\":\"EXPLODED\",\"object\":{\"kind\":\"Rollout\",\"apiVersion\":\"argoproj.io/v1alpha1\","
                        + "\"metadata\":{\"name\":\"sample-api\"}}}",
                "{\"type\":\"MODIFIED\",\"object\":null}", "{\"type\":\"MODIFIED\",\"object\":\"text\"}",
                "{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"Rollout\",\"apiVersion\":\"argoproj.io/v1alpha1\"}}",
                "{\"type\":\"ERROR\",\"object\":" + statusText(410, "Expired") + "}",
                "{\"type\":\"ERROR\",\"object\":" + statusText(500, "InternalError") + "}",
                "{\"type\":\"ERROR\",\"object\":" + statusText(401, "Unauthorized") + "}",
                "{\"type\":\"ERROR\",\"object\":{\"unknown\":1}}");
    }

    /** No event follows the change: only a new list shows it. */
    @ParameterizedTest
    @MethodSource("brokenEvents")
    void afterAnEventThatIsNoneItIsReadAgain(String message) {
        api.have(ROLLOUTS, rollout("Progressing"));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            api.have(ROLLOUTS, rollout("Healthy"));
            api.send(message);
            await(feed, "Healthy");
        }
    }

    @Test
    void watchesThatAreClosedAtOnceAgainAndAgainMissNothing() {
        api.have(ROLLOUTS, rollout("Progressing"));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            api.closedAtOnce.set(4);
            api.have(ROLLOUTS, rollout("Healthy"));
            api.closeWatches();
            await(feed, "Healthy");
            awaitTrue(feed, "it was opened again", () -> api.opened.get() >= 6);
            assertThat(api.opened.get()).as("not without a pause").isLessThan(60);
        }
    }

    @Test
    void aWatchThatIsRefusedIsTakenUpAgain() {
        api.have(ROLLOUTS, rollout("Progressing"));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            api.watches.addAll(List.of(status(429, "TooManyRequests"), status(500, "InternalError"),
                    status(401, "Unauthorized"), status(410, "Expired"),
                    new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST)));
            api.lists.addAll(List.of(status(410, "Expired"), json("<html>"), json("{}"), status(503, "Unavailable"),
                    new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST)));
            api.have(ROLLOUTS, rollout("Healthy"));
            api.send("{\"type\":\"ERROR\",\"object\":" + statusText(410, "Expired") + "}");
            await(feed, "Healthy");
        }
    }

    /** A watch that is closed right after it was opened may be lost in the same way. */
    @Test
    void aWatchThatIsNeverOpenedIsTakenUpAgain() {
        api.have(ROLLOUTS, rollout("Progressing"));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            api.watches.add(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
            api.have(ROLLOUTS, rollout("Paused"));
            api.closeWatches();
            await(feed, "Paused");
            api.have(ROLLOUTS, rollout("Healthy"));
            await(feed, "Healthy");
        }
    }

    @Test
    void eventsThatComeTwiceOrLateChangeNothing() {
        api.have(ROLLOUTS, rollout("Progressing"));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            api.send(event("MODIFIED", rollout("Paused"), 205));
            await(feed, "Paused");
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            feed.onChange(() -> seen.add(feed.lastKnown().rollout().orElseThrow().phase()));
            api.send(event("MODIFIED", rollout("Progressing"), 204));
            api.send(event("MODIFIED", rollout("Paused"), 205));
            api.send(event("ADDED", rollout("Progressing"), 99));
            api.send(event("MODIFIED", rollout("Healthy"), 1_000_000_000_000L));
            await(feed, "Healthy");
            // The state is updated before its listeners are called.
            awaitTrue(feed, "it was told of", () -> seen.contains("Healthy"));
            assertThat(seen).doesNotContain("Progressing");
        }
    }

    @Test
    void oneThatWasMadeAgainCountsWhateverItsVersion() {
        api.have(ROLLOUTS, rollout("Progressing"));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            api.send(event("MODIFIED", rollout("Paused"), 900));
            await(feed, "Paused");
            ObjectNode recreated = rollout("Healthy");
            ((ObjectNode) recreated.path("metadata")).put("uid", "u2");
            api.send(event("MODIFIED", recreated, 300));
            await(feed, "Healthy");
        }
    }

    /** The watch is dead without an error, and stays silent. */
    @Test
    void aMissedEventIsSeenBeforeAWaitIsGivenUp() {
        api.have(ROLLOUTS, rollout("Progressing"));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            api.have(ROLLOUTS, rollout("Healthy"));
            impatient.until(feed, phase("Healthy"), WaitLimit.RECONCILE);
        }
    }

    static List<MockResponse> refusals() {
        return List.of(status(401, "Unauthorized"), status(403, "Forbidden"), status(500, "InternalError"),
                status(503, "Unavailable"), status(429, "TooManyRequests"),
                new MockResponse().setResponseCode(404).setBody("404 page not found"),
                json("<html>Sign in</html>").setHeader("Content-Type", "text/html"), json("{\"kind\":\"RolloutLi"),
                json("{}"), json("[]"), json("null"), json(""), json("{\"items\":null}"),
                json("{\"message\":\"sign in\"}"),
                json("{\"kind\":\"RolloutList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[{}]}"),
                new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST),
                json("{" + " ".repeat(10_000)).setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsNoListIsAnUnfitEnvironmentFromTheStart(MockResponse answer) {
        api.always = answer;
        assertThatThrownBy(() -> new ReleaseFeed(client, "shop").close()).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("opening the watches of shop")
                .message().doesNotContain("NullPointer");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void andNoVerdictLaterOn(MockResponse answer) {
        api.have(ROLLOUTS, rollout("Progressing"));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            api.always = answer;
            api.closeWatches();
            assertThatThrownBy(() -> impatient.until(feed, phase("Healthy"), WaitLimit.RECONCILE))
                    .isInstanceOf(EnvironmentNotFit.class)
                    .hasMessageContaining("reading the release in shop").message().doesNotContain("NullPointer");
        }
    }

    @Test
    void aHugeListIsReadAsAWhole() {
        JsonNode[] pods = IntStream.range(0, 3_000)
                .mapToObj(number -> ReleaseFixture.json("{kind:'Pod',apiVersion:'v1',"
                + "metadata:{name:'p" + number
                + "',namespace:'shop',labels:{'rollouts-pod-template-hash':'new',filler:'"
                + "x".repeat(500) + "'}}}")).toArray(JsonNode[]::new);
        api.have("pods", pods);
        api.have(ROLLOUTS, rollout("Healthy"));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            assertThat(feed.lastKnown().pods("new")).hasSize(3_000);
            assertThat(feed.readNow().pods("new")).hasSize(3_000);
        }
    }

    @Test
    void aSlowListIsWaitedFor() {
        api.have(ROLLOUTS, rollout("Healthy"));
        api.lists.add(json("{\"kind\":\"RolloutList\",\"apiVersion\":\"argoproj.io/v1alpha1\",\"metadata\":{"
                + "\"resourceVersion\":\"1\"},\"items\":[" + rollout("Paused") + "]}")
                .setHeadersDelay(2, TimeUnit.SECONDS));
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            assertThat(feed.lastKnown().rollout().orElseThrow().phase()).isEqualTo("Paused");
        }
    }

    private void await(ReleaseFeed feed, String phase) {
        waiting.until(watched(feed), phase(phase), WaitLimit.RECONCILE);
    }

    /** Returns a feed with watches only: the last read at the end of a wait would hide that the watches are silent. */
    private static Feed<Release> watched(ReleaseFeed feed) {
        return new Feed<>() {
            @Override
            public Release lastKnown() {
                return feed.lastKnown();
            }

            @Override
            public Subscription onChange(Runnable listener) {
                return feed.onChange(listener);
            }

            @Override
            public String whereToLook() {
                return feed.whereToLook();
            }
        };
    }

    private void awaitTrue(ReleaseFeed feed, String what, BooleanSupplier so) {
        patient.until(watched(feed), Expectation.<Release, Release>of(what, release ->
                so.getAsBoolean() ? Outcome.met(release) : Outcome.notYet("not so")), WaitLimit.RECONCILE);
    }

    private static Expectation<Release, Release> phase(String phase) {
        return ReleaseExpectations.that("it is " + phase, release -> release.rollout().filter(rollout ->
                rollout.name().equals("sample-api") && rollout.phase().equals(phase)).isPresent());
    }

    private static ObjectNode rollout(String phase) {
        return (ObjectNode) ReleaseFixture.json("{kind:'Rollout',apiVersion:'argoproj.io/v1alpha1',metadata:{"
                + "namespace:'shop',name:'sample-api',uid:'u1',generation:1,resourceVersion:'102'},"
                + "spec:{strategy:{canary:{}},unknown:{a:[1,{b:null}]}},status:{observedGeneration:'1',phase:'" + phase
                + "',pauseConditions:null,unknown:true}}");
    }
}
