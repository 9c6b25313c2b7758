package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.environment.Blueprint;
import delivery.environment.OneServer;
import delivery.environment.Platform;
import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.history.CallLog;
import delivery.history.Discrepancies;
import delivery.history.SessionHistory;
import delivery.registry.ImageName;
import delivery.rollout.Strategy;
import delivery.waiting.ResourceVersion;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ReleaseUnderTestTest {

    private static final String NAME = "sample-api-bg-1-abcde";
    /** Duration of each creation. */
    private static final Duration A_WHILE = Duration.ofMillis(500);

    private final MockWebServer server = new MockWebServer();
    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private final CallLog log = new CallLog();
    private final SessionHistory history = new SessionHistory(Clock.systemUTC(), new Redaction(List.of()));

    @TempDir
    Path folder;

    private Platform platform;
    private int answerOfArgoCd;
    private int answerForRollouts = 200;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean rollouts = request.getPath().contains("/rollouts/");
                boolean argoCd = request.getPath().startsWith("/api/v1/applications");
                if (!request.getMethod().equals("GET")) {
                    changes.add(request.getMethod() + " " + request.getRequestUrl().encodedPath());
                }
                return new MockResponse().setHeadersDelay(request.getMethod().equals("POST") ? A_WHILE.toMillis() : 0,
                        TimeUnit.MILLISECONDS).setHeader("Content-Type", "application/json")
                        .setResponseCode(argoCd ? answerOfArgoCd : rollouts ? answerForRollouts : 200)
                        .setBody(request.getPath().equals("/version") ? "{\"gitVersion\":\"v1.34.1\"}" : "{}");
            }
        });
        server.start();
        platform = OneServer.platform(server.url("/").toString(), folder, log);
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

        subject().remove();

        assertThat(log.exchanges()).hasSize(2);
        assertThat(Discrepancies.between(history.entries(), log.exchanges(), List.of("BG-1"), begun, Instant.now()))
                .isEmpty();
        assertThat(history.entries().get(0).outcome()).isEqualTo(answer == 200 ? "deleted" : "there was none");
    }

    @Test
    void nothingIsMadeAfterItsRemoval() {
        answerOfArgoCd = 404;
        ReleaseUnderTest subject = subject();
        subject.remove();

        assertThatIllegalStateException().isThrownBy(() -> deploy(subject)).withMessageContaining("was interrupted");
        assertThat(changes).containsExactly("DELETE /api/v1/applications/" + NAME,
                "DELETE /api/v1/namespaces/" + NAME);
    }

    /** A namespace whose pods have ended when Kubernetes looks into it is deleted at once. */
    @ParameterizedTest
    @CsvSource({"200, 'deleted, before its namespace'", "403, 'not deleted: it goes with its namespace'"})
    void itsPodsEndBeforeItsNamespace(int answer, String outcome) {
        answerForRollouts = answer;
        Instant begun = Instant.now();

        new ReleaseNamespace(platform, pattern(), "abcde", site(), new Lifespan(NAME), journal())
                .remove(Optional.of("shop"));

        String rollout = "DELETE /apis/argoproj.io/v1alpha1/namespaces/" + NAME + "/rollouts/shop";
        assertThat(changes).containsExactly("DELETE /api/v1/namespaces/" + NAME, rollout);
        assertThat(history.entries()).last().satisfies(entry -> {
            assertThat(entry.command()).isEqualTo("kubectl delete rollout shop --namespace " + NAME);
            assertThat(entry.outcome()).isEqualTo(outcome);
        });
        assertThat(Discrepancies.between(history.entries(), log.exchanges(), List.of("BG-1"), begun, Instant.now()))
                .isEmpty();
    }

    /** An object that is removed before it exists would exist afterwards. */
    @Test
    void itsRemovalWaitsForWhatIsBeingMade() throws InterruptedException {
        answerOfArgoCd = 404;
        ReleaseUnderTest subject = subject();
        CompletableFuture<Void> made = CompletableFuture.runAsync(() -> deploy(subject));
        assertThat(changes.poll(20, TimeUnit.SECONDS)).isEqualTo("POST /api/v1/namespaces");
        Instant asked = Instant.now();

        subject.remove();

        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(A_WHILE.minusMillis(50));
        assertThatThrownBy(made::join).isInstanceOf(CompletionException.class);
        assertThat(changes).last().isEqualTo("DELETE /api/v1/namespaces/" + NAME);
    }

    private ReleaseUnderTest subject() {
        return new ReleaseUnderTest(platform, pattern(), new Waiting(1, (what, elapsed, seen) -> { }), journal(),
                "abcde", site());
    }

    private static Blueprint pattern() {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        Application application = new Application("sample-api", spec, Map.of(), "Synced",
                JsonNodeFactory.instance.objectNode(), "Healthy", JsonNodeFactory.instance.objectNode(), spec,
                List.of(), List.of(), new ResourceVersion("", ""));
        return new Blueprint(application, Values.parse("values.yaml", "{}"),
                ImageName.parse("registry.test/sample-api:1.0.0"), LiveRelease.of("sample-api", List.of()));
    }

    private Journal journal() {
        return new Journal(history.begin("BG-1", "a criterion"), new Evidence(new Redaction(List.of())));
    }

    private static ReleaseSite site() {
        return ReleaseSite.copy(NAME, "sample-api.test", Optional.empty());
    }

    private static void deploy(ReleaseUnderTest subject) {
        subject.deploy(Strategy.BLUE_GREEN, new Version("1.1.0", "1.1.0"), Overrides.NONE);
    }
}
