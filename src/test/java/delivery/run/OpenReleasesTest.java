package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import delivery.console.Console;
import delivery.environment.OneServer;
import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.history.CallLog;
import delivery.history.SessionHistory;
import delivery.release.Journal;
import delivery.release.ReleaseSite;
import delivery.release.ReleaseUnderTest;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is interrupted while its scenarios go on. */
@Timeout(30)
class OpenReleasesTest {

    private static final String RUN = "abcde";

    private final MockWebServer server = new MockWebServer();
    private final Queue<String> changes = new ConcurrentLinkedQueue<>();
    private final Waiting waiting = new Waiting(1, (what, elapsed, seen) -> { });

    @TempDir
    Path folder;

    private Platform platform;
    private OpenReleases subjects;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (!request.getMethod().equals("GET")) {
                    changes.add(request.getMethod() + " " + request.getRequestUrl().encodedPath());
                }
                return new MockResponse().setHeader("Content-Type", "application/json").setBody(answer(request));
            }
        });
        server.start();
        platform = OneServer.platform(server.url("/").toString(), folder, new CallLog());
        subjects = new OpenReleases(platform, Console.open(folder), waiting, RUN, false);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
        server.shutdown();
    }

    @Test
    void whatScenariosMadeIsRemovedWhenItIsInterrupted() {
        subjects.open(subject("sample-api-bg-1-abcde"));
        subjects.interrupt();
        assertThat(changes).contains("DELETE /api/v1/applications/sample-api-bg-1-abcde",
                "DELETE /api/v1/namespaces/sample-api-bg-1-abcde");
    }

    @Test
    void aScenarioThatBeginsAfterwardsMakesNothing() {
        subjects.interrupt();
        assertThatIllegalStateException().isThrownBy(() -> subjects.open(subject("sample-api-bg-2-abcde")))
                .withMessageContaining("the run was interrupted");
    }

    /** Such as the release of the pre-check, or one whose creation got no answer. */
    @Test
    void soIsWhatNoScenarioAnswersFor() {
        subjects.interrupt();
        assertThat(changes).containsExactlyInAnyOrder("DELETE /api/v1/applications/left-abcde",
                "DELETE /api/v1/namespaces/left-abcde");
    }

    private ReleaseUnderTest subject(String name) {
        Redaction none = new Redaction(List.of());
        return new ReleaseUnderTest(platform, new Blueprint(null, null, null, null), waiting,
                new Journal(new SessionHistory(Clock.systemUTC(), none).begin("BG-1", "a criterion"),
                        new Evidence(none)), RUN,
                ReleaseSite.copy(name, "sample-api.test", Optional.empty()));
    }

    private static String answer(RecordedRequest request) {
        String metadata = "\"metadata\":{\"name\":\"left-abcde\",\"labels\":{\"app.kubernetes.io/managed-by\":"
                + "\"progressive-delivery-acceptance\",\"delivery.acceptance/run\":\"" + RUN + "\"}}";
        return switch (request.getMethod() + " " + request.getRequestUrl().encodedPath()) {
            case "GET /version" -> "{\"gitVersion\":\"v1.34.1\"}";
            case "GET /api/v1/namespaces" ->
                    "{\"kind\":\"NamespaceList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[{" + metadata + "}]}";
            case "GET /api/v1/applications" -> "{\"items\":[{" + metadata + ",\"spec\":{}}]}";
            default -> "{}";
        };
    }
}
