package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pre-check on a platform in one server, which lacks most of a platform's objects. */
class ValidationTest {

    private static final String NODES = "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"items\":[%s]}";
    private static final String NODE = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{},\"status\":{\"conditions\":"
            + "[{\"type\":\"Ready\",\"status\":\"%s\",\"message\":\"as it says\"}]}}";

    @TempDir
    private Path folder;
    private final MockWebServer server = new MockWebServer();
    private String nodes = NODES.formatted(NODE.formatted("a", "True"));
    private MockResponse gateway = new MockResponse().setResponseCode(404);

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (String.valueOf(request.getHeader("Host")).startsWith("check.sample-api.test")) {
                    return gateway;
                }
                return switch (request.getPath().replaceFirst("\\?.*", "")) {
                    case "/version" -> json("{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.2\"}");
                    case "/api/v1/nodes" -> json(nodes);
                    case "/apis/argoproj.io/v1alpha1" -> json("{\"kind\":\"APIResourceList\",\"resources\":[{\"name\":"
                            + "\"rollouts\"},{\"name\":\"analysisruns\"},{\"name\":\"analysistemplates\"}]}");
                    default -> new MockResponse().setResponseCode(403).setBody("{}");
                };
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @Test
    void aGatewayThatSendsToHttpsIsReportedWithWhatToSet() throws IOException {
        gateway = new MockResponse().setResponseCode(301)
                .setHeader("Location", "https://check.sample-api.test/version");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> checked().require(Check.GATEWAY))
                .withMessageContaining("The gateway sends http://check.sample-api.test")
                .withMessageContaining("Set GATEWAY=https://");
    }

    @Test
    void aGatewayThatAnswersIsFoundWhateverItSays() throws IOException {
        Validation checked = checked();
        checked.require(Check.GATEWAY);
        assertThat(checked.findings().get(Check.GATEWAY).sentence()).startsWith("The gateway answers: an answer from");
    }

    @Test
    void theCommandsAreThoseForTheCallsThatWereMade() throws IOException {
        Validation checked = checked();
        assertThat(checked.command(Check.CLUSTER)).startsWith("kubectl get nodes");
        assertThat(checked.command(Check.ROLLOUTS)).startsWith("kubectl create ");
        assertThat(checked.command(Check.ARGO_CD)).endsWith("argocd app get sample-api --refresh");
        assertThat(checked.command(Check.GATEWAY))
                .matches("curl --header .Host: check.sample-api.test. http.*/version");
    }

    @Test
    void oneNodeIsEnoughAndAnotherIsListed() throws IOException {
        nodes = NODES.formatted(NODE.formatted("a", "True") + "," + NODE.formatted("ghost", "Unknown"));
        Validation checked = checked();
        checked.require(Check.CLUSTER);
        assertThat(checked.findings().get(Check.CLUSTER).sentence())
                .endsWith("nodes that take pods: 1 of 2 (not: ghost is not ready: as it says)");
    }

    @Test
    void noNodeIsTheEnvironmentsFault() throws IOException {
        nodes = NODES.formatted(NODE.formatted("ghost", "Unknown"));
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> checked().require(Check.CLUSTER))
                .withMessageContaining("No node takes pods: ghost is not ready: as it says");
    }

    private Validation checked() throws IOException {
        try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog())) {
            Validation validation =
                    new Validation(platform, new Waiting(0.01, (what, elapsed, seen) -> { }), (pattern, name) -> { },
                    "x");
            validation.run();
            return validation;
        }
    }

    private static MockResponse json(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }
}
