package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.argocd.Application;
import delivery.argocd.ArgoCdRefused;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnresolvedLayout;
import delivery.history.CallLog;
import delivery.layout.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A delivery is looked at through Argo CD, the API server and the gateway, and nothing of it is changed. */
@Timeout(30)
class DeliverySurveyTest {

    private static final String APPLICATION = "{\"metadata\": {\"name\": \"shop\"}, \"spec\": {\"project\": \"p\","
            + " \"destination\": {\"namespace\": \"shop\"}, \"source\": {\"repoURL\": \"https://git.test/x\","
            + " \"path\": \"chart\"}}, \"status\": {\"sourceType\": \"Helm\", \"sync\": {\"revision\": \"abc\"}}}";
    private static final String ROLLOUT = "{\"apiVersion\": \"argoproj.io/v1alpha1\", \"kind\": \"Rollout\","
            + " \"metadata\": {\"name\": \"shop\"}, \"spec\": {\"strategy\": {\"canary\": {}}, \"template\": {\"spec\":"
            + " {\"containers\": [{\"name\": \"shop\", \"image\": \"ghcr.io/team/shop:1.0.0\"}]}}}}";
    private static final String ROUTE = "{\"apiVersion\": \"networking.k8s.io/v1\", \"kind\": \"Ingress\","
            + " \"metadata\": {\"name\": \"shop\"}, \"spec\": {\"rules\": [{\"host\": \"shop.test\"}]}}";

    @TempDir
    private Path folder;
    private final MockWebServer server = new MockWebServer();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private String applications = APPLICATION;
    private String rollout = ROLLOUT;
    private boolean readable = true;
    private String values = "image: {repository: ghcr.io/team/shop, tag: 1.0.0}\\nhost: shop.test";

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                calls.add(request.getMethod() + " " + request.getPath().replaceFirst("\\?.*", ""));
                return answer(request.getPath().replaceFirst("\\?.*", ""));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @Test
    void whatIsFoundIsReadAndNothingIsChanged() throws IOException {
        Layout layout = survey().layout();
        assertThat(layout.refusals()).isEmpty();
        assertThat(layout.host()).contains("shop.test");
        assertThat(layout.places().ofTag("2")).containsEntry("image.tag", "2");
        assertThat(calls).filteredOn(call -> !call.startsWith("GET ")).as("an ApplicationSet is generated, not made")
                .hasSize(2).allMatch(call -> call.endsWith("/appdetails")
                        || call.equals("POST /api/v1/applicationsets/generate"));
    }

    @Test
    void theReleaseIsWhereItsRolloutIs() throws IOException {
        applications = APPLICATION.replace("{\"namespace\": \"shop\"}", "{}");
        rollout = ROLLOUT.replace("{\"name\": \"shop\"}", "{\"name\": \"shop\", \"namespace\": \"prod\"}");
        assertThat(survey().live().namespace()).isEqualTo("prod");
    }

    @Test
    void anApplicationThatIsNotThereIsToldWithWhatToSet() {
        applications = "";
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(this::survey)
                .withMessageStartingWith("Argo CD shows no Application shop to this user, and no other one");
    }

    @Test
    void withoutThePermissionTheRefusalIsTold() {
        readable = false;
        assertThatExceptionOfType(ArgoCdRefused.class).isThrownBy(this::survey)
                .withMessageContaining("Argo CD refused GET /api/v1/applications/shop/managed-resources: 403 denied");
    }

    @Test
    void noCopyIsMadeOfWhatIsNotClear() throws IOException {
        values = "image: {repository: ghcr.io/team/shop, tag: 1.0.0}\\nglobal: {tag: 1.0.0}\\nhost: shop.test";
        DeliverySurvey survey = survey();
        Application application = Application.parse(new ObjectMapper().readTree(APPLICATION));
        assertThatExceptionOfType(UnresolvedLayout.class)
                .isThrownBy(() -> Blueprint.of(application, survey, Optional.empty(), false))
                .withMessageContaining("The Application shop cannot be proved as it is: value of the tag: not clear:"
                        + " image.tag or global.tag").withMessageContaining("set VALUE_TAG to one of");
    }

    private DeliverySurvey survey() throws IOException {
        try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog())) {
            return DeliverySurvey.of(platform, "shop");
        }
    }

    private MockResponse answer(String path) {
        return switch (path) {
            case "/version" -> json("{\"gitVersion\": \"v1.36.2\", \"version\": \"1.0.0\"}");
            case "/api/v1/applications" -> json("{\"items\": [" + applications + "], \"metadata\": {}}");
            case "/api/v1/applications/shop/managed-resources" -> readable
                    ? json("{\"items\": [" + item(rollout) + ", " + item(ROUTE) + "]}")
                    : json("{\"message\": \"denied\"}").setResponseCode(403);
            case "/api/v1/applications/shop/manifests" -> json("{\"manifests\": []}");
            default -> path.endsWith("/appdetails")
                    ? json("{\"type\": \"Helm\", \"helm\": {\"values\": \"" + values + "\"}}")
                    : new MockResponse().setResponseCode(404).setBody("{}");
        };
    }

    private static String item(String object) {
        String text = "\"" + object.replace("\"", "\\\"") + "\"";
        return "{\"liveState\": " + text + ", \"targetState\": " + text + "}";
    }

    private static MockResponse json(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }
}
