package delivery.subject;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.history.Discrepancies;
import delivery.history.ExchangeLog;
import delivery.history.SessionHistory;
import delivery.platform.Platform;
import delivery.settings.Settings;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SubjectTest {

    private final MockWebServer server = new MockWebServer();
    private final ExchangeLog log = new ExchangeLog();
    private final SessionHistory history = new SessionHistory(Clock.systemUTC(), new Redaction(List.of()));

    @TempDir
    Path folder;

    private Platform platform;
    private int answerOfArgoCd;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean argoCd = request.getPath().startsWith("/api/v1/applications");
                return new MockResponse().setHeader("Content-Type", "application/json")
                        .setResponseCode(argoCd ? answerOfArgoCd : 200)
                        .setBody(request.getPath().equals("/version") ? "{\"gitVersion\":\"v1.34.1\"}" : "{}");
            }
        });
        server.start();
        String address = server.url("/").toString();
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(address));
        platform = Platform.open(Settings.load(Map.of("KUBECONFIG", kubeconfig.toString(), "ARGOCD_SERVER", address,
                "ARGOCD_AUTH_TOKEN", "t", "GATEWAY", address), new Properties(), Map.of()), log);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
        server.shutdown();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void theHistoryTellsOfEachCallThatRemovesWhetherOrNotThereWasSomething(int answer) {
        answerOfArgoCd = answer;
        Instant begun = Instant.now();
        Subject subject = new Subject(platform, null, new Waiting(1, (what, elapsed, seen) -> { }),
                history.begin("BG-1", "a criterion"), new Evidence(new Redaction(List.of())), "abcde",
                "sample-api-bg-1-abcde");

        subject.remove();

        assertThat(log.exchanges()).hasSize(2);
        assertThat(Discrepancies.between(history.entries(), log.exchanges(), List.of("BG-1"), begun, Instant.now()))
                .isEmpty();
        assertThat(history.entries().get(0).outcome()).isEqualTo(answer == 200 ? "deleted" : "there was none");
    }
}
