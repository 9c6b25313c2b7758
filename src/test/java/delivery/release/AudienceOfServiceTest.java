package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.environment.Entrances;
import delivery.environment.OneServer;
import delivery.environment.Platform;
import delivery.evidence.Evidence;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.HistoryEntry;
import delivery.history.SessionHistory;
import delivery.layout.Exposure;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The users of a blue-green release that no route leads to, who use its active Service. */
@Timeout(60)
class AudienceOfServiceTest {

    private static final String NAMESPACE = "shop-bg-3-abcde";
    private static final String SERVICES = "/api/v1/namespaces/" + NAMESPACE + "/services";
    private static final Version OLD = new Version("1.0.0", "1.0.0");
    private static final Version NEXT = new Version("1.1.0", "1.1.0");

    private final MockWebServer server = new MockWebServer();
    private final SessionHistory history = new SessionHistory(Clock.systemUTC(), UnaryOperator.identity());

    @TempDir
    private Path folder;
    private Platform platform;
    private Audience audience;
    private volatile String active = OLD.answers();
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request.getPath());
            }
        });
        server.start();
        platform = OneServer.platform(server.url("/").toString(), folder, new CallLog());
        audience = new Audience(platform, NAMESPACE, new Entrances(platform, new Exposure(Optional.empty(),
                Optional.of("live")), Optional.empty()).at(NAMESPACE, "unused"), Endpoint.VERSION);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
        server.shutdown();
    }

    private MockResponse answer(String path) {
        MockResponse json = new MockResponse().setHeader("Content-Type", "application/json");
        if (path.startsWith(SERVICES + "/shop:http/proxy/")) {
            return status == 200 ? json.setBody(path.endsWith("/version") ? "{\"version\": \"" + active
                    + "\", \"pod\": \"shop-1\"}" : "<p>version " + active + "</p>")
                    : json.setResponseCode(status).setBody("{\"kind\": \"Status\", \"status\": \"Failure\", \"code\": "
                            + status + ", \"message\": \"no endpoints available for service\"}");
        }
        return switch (path.replaceFirst("\\?.*", "")) {
            case "/version" -> json.setBody("{\"gitVersion\": \"v1.36.2\"}");
            case "/apis/argoproj.io/v1alpha1/namespaces/" + NAMESPACE + "/rollouts" -> json.setBody("{\"items\": ["
                    + "{\"metadata\": {\"name\": \"shop\"}, \"spec\": {\"strategy\": {\"blueGreen\":"
                    + " {\"activeService\": \"shop\", \"previewService\": \"shop-preview\"}}}}]}");
            case SERVICES -> json.setBody("{\"items\": [{\"metadata\": {\"name\": \"shop\"}}]}");
            case SERVICES + "/shop" -> json.setBody("{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": 80}]}}");
            default -> new MockResponse().setResponseCode(404);
        };
    }

    @Test
    void whatTheyAreServedIsJudgedAndReportedByTheService() {
        RequestJournal journal = new RequestJournal(new Journal(history.begin("BG-3", "a criterion"),
                new Evidence(UnaryOperator.identity())), audience.entrance());
        audience.meet(OLD, audience.newcomers(1, 1), Optional.of("shop"));
        ServedUsers right = served(OLD, journal);
        assertThat(right.complaint()).isEmpty();
        assertThat(right.sentence()).isEqualTo("20 of 20 requests to the Service shop and 100 of 100 for the page were"
                + " answered by version 1.0.0");
        assertThat(history.entries()).extracting(HistoryEntry::command).containsExactly(
                "for i in $(seq 20); do kubectl get --raw " + SERVICES + "/shop:http/proxy/version; done",
                "for i in $(seq 100); do kubectl get --raw " + SERVICES + "/shop:http/proxy/; done");
        assertThat(audience.routes().complaint()).isEmpty();

        active = NEXT.answers();
        assertThat(served(OLD, journal).complaint()).get().asString().startsWith("Every one of 20 requests to the"
                + " Service shop must be answered by version 1.0.0; 20 were answered by version 1.1.0");
    }

    @Test
    void aSwitchIsSeenByThoseWhoAskAllTheWhile() throws InterruptedException {
        try (BackgroundTraffic users = audience.comeAllTheWhile(Duration.ofMinutes(1), 50)) {
            users.endsWithin(Duration.ofMillis(300));
            active = NEXT.answers();
            users.endsWithin(Duration.ofMillis(300));
            status = 503;
            users.endsWithin(Duration.ofMillis(300));
            Sample seen = users.stop();
            assertThat(seen.byVersion()).containsOnlyKeys("1.0.0", "1.1.0");
            assertThat(seen.failures()).as("no ready pod leaves users unserved").containsOnlyKeys("HTTP 503");
        }
        status = 429;
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> audience.sample(Endpoint.VERSION, 5));
    }

    private ServedUsers served(Version version, RequestJournal journal) {
        return audience.servedOnly(version, List.of(OLD, NEXT), Set.of(), Optional.of("shop"),
                audience.sample(Endpoint.VERSION, 20), journal::requests);
    }
}
