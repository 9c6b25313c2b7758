package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ArgoCd;
import delivery.argocd.Login;
import delivery.chart.CanaryStep;
import delivery.chart.Values;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.layout.Overlays;
import delivery.settings.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The values that a chart is rendered with, from an Argo CD that answers as 3.2 does. */
@Timeout(30)
class BlueprintTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHART = """
            image: {repository: registry.test/shop, tag: 1.0.0}
            replicas: 2
            rollouts:
              scaleDownDelaySeconds: 5
              canary:
                steps:
                  - setWeight: 20
                  - analysis: {templates: [{templateName: shop}]}
                  - pause: {}
                  - setWeight: 60
                  - pause: {}
            """;
    private static final String STAGE = """
            {"replicas":3,"rollouts":{"scaleDownDelaySeconds":9,"canary":{"steps":[{"setWeight":30},{"pause":{}}]}}}""";
    /** The result of {@code GetParameters}: the end of the longer list stays, and an empty mapping is lost. */
    private static final Map<String, String> MERGED =
            Map.of("image.repository", "registry.test/shop", "image.tag", "1.0.0",
            "replicas", "3", "rollouts.scaleDownDelaySeconds", "9", "rollouts.canary.steps[0].setWeight", "30",
            "rollouts.canary.steps[1].analysis.templates[0].templateName", "shop",
            "rollouts.canary.steps[3].setWeight", "60");

    private final MockWebServer server = new MockWebServer();
    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());
    private Map<String, String> merged = MERGED;
    private boolean generates = true;
    private ArgoCd argoCd;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                try {
                    return answer(request);
                } catch (IOException unreadable) {
                    return new MockResponse().setResponseCode(500);
                }
            }
        });
        server.start();
        argoCd = new ArgoCd(new Login(server.url("/").uri(), Optional.of(new Secret("t")), "admin", Optional.empty(),
                Optional.empty(), false), new CallLog());
        files.put("charts/shop/values-stage.yaml", STAGE);
    }

    @AfterEach
    void stop() throws IOException {
        argoCd.close();
        server.shutdown();
    }

    @Test
    void theApplicationsValueFilesLieOverTheChartsOwnWithTheirListsAndTypes() {
        Values values = values("{\"valueFiles\":[\"values.yaml\",\"values-stage.yaml\"]}");

        assertThat(values.find("replicas")).contains("3");
        assertThat(values.find("rollouts.scaleDownDelaySeconds")).contains("9");
        assertThat(values.find("image.tag")).contains("1.0.0");
        assertThat(values.canarySteps("rollouts.canary.steps")).containsExactly(new CanaryStep.SetWeight(30),
                new CanaryStep.Pause(Optional.<Duration>empty()));
        assertThat(asked).last().extracting(body -> body.at("/applicationSet/spec/generators/0/git").toString())
                .asString()
                .contains("\"revision\":\"abc123\"").contains("\"path\":\"charts/shop/values-stage.yaml\"");
    }

    @Test
    void theOrderIsHelms() {
        assertThat(values("{\"valueFiles\":[\"values-stage.yaml\",\"values.yaml\"]}").find("replicas")).contains("2");
        assertThat(values("{\"valueFiles\":[\"values-stage.yaml\"],\"values\":\"replicas: 4\"}").find("replicas"))
                .contains("4");
        assertThat(values(
                "{\"valueFiles\":[\"values-stage.yaml\"],\"values\":\"replicas: 4\",\"valuesObject\":{\"replicas\":5}}")
                .find("replicas")).as("Argo CD reads its values only without a valuesObject").contains("5");
        assertThat(values(
                "{\"valueFiles\":[\"values-stage.yaml\"],\"parameters\":[{\"name\":\"replicas\",\"value\":\"6\"}]}")
                .find("replicas")).contains("6");
    }

    @Test
    void aFileOfTheRepositorysRootIsNoneOfTheChart() {
        files.put("env/stage.yaml", "{\"replicas\":7}");
        assertThat(values("{\"valueFiles\":[\"/env/stage.yaml\"]}").find("replicas")).contains("7");
        assertThat(values("{\"valueFiles\":[\"../../env/stage.yaml\"]}").find("replicas")).contains("7");
    }

    @Test
    void aFileThatIsNotThereIsLeftOut() {
        assertThat(values("{\"valueFiles\":[\"none.yaml\"],\"ignoreMissingValueFiles\":true}").find("replicas"))
                .contains("2");
    }

    @Test
    void withoutThePermissionSingleValuesAreReadAndAListThatDiffersIsNotGuessed() {
        generates = false;
        assertThatThrownBy(() -> values("{\"valueFiles\":[\"values-stage.yaml\"]}"))
                .isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("changes the list that rollouts.canary.steps[0].setWeight is in")
                .hasMessageContaining("applicationsets, create");

        merged = Map.of("image.repository", "registry.test/shop", "image.tag", "1.0.0", "replicas", "3", "limit",
                "<nil>", "rollouts.canary.steps[0].setWeight", "20", "rollouts.canary.steps[3].setWeight", "60");
        Values values = values("{\"valueFiles\":[\"values-stage.yaml\"]}");
        assertThat(values.find("replicas")).contains("3");
        assertThat(values.canarySteps("rollouts.canary.steps")).hasSize(5);
    }

    @Test
    void valuesAreReadAtTheRevisionThatIsComparedNow() {
        values("{}");
        assertThat(asked).last().satisfies(body -> assertThat(
                body.at("/applicationSet/spec/generators/0/git/revision").asText()).isEqualTo("abc123"));
        assertThat(asked).first().satisfies(body -> {
            assertThat(body.at("/source/targetRevision").asText()).isEqualTo("abc123");
            assertThat(body.at("/appName").asText()).isEqualTo("shop-values");
        });
    }

    /** Steps or a delay that only the other strategy has are in that file or folder. */
    @Test
    void theValuesOfTheOtherStrategyAreThoseOfItsFileOrFolder() throws IOException {
        files.put("charts/shop/values-canary.yaml", "{\"replicas\":8}");
        Application application = application("{\"valueFiles\":[\"values-stage.yaml\"]}");
        Overlays overlays = RepositorySurvey.of(argoCd, JSON.readTree(current), application).overlays();

        assertThat(overlays.values().apply(Map.of("helm.valueFiles", "values-canary.yaml")).orElseThrow()
                .find("replicas")).contains("8");
        assertThat(overlays.values().apply(Map.of("rollouts.strategy", "canary"))).isEmpty();
        files.put("charts/bg/values-stage.yaml", "{\"replicas\":9}");
        assertThat(overlays.values().apply(Map.of("source.path", "charts/bg")).orElseThrow().find("replicas"))
                .contains("9");
        assertThat(asked).anySatisfy(body -> assertThat(body.at("/source/path").asText()).isEqualTo("charts/bg"));
    }

    private Values values(String helm) {
        return ApplicationValues.of(application(helm), argoCd);
    }

    private Application application(String helm) {
        ObjectNode object = JSON.createObjectNode();
        object.putObject("metadata").put("name", "shop");
        ObjectNode source = object.putObject("spec").put("project", "default").putObject("source")
                .put("repoURL", "https://git.test/x.git").put("targetRevision", "main").put("path", "charts/shop");
        source.set("helm", json(helm));
        ObjectNode status = object.putObject("status");
        status.putObject("sync").put("status", "Synced").put("revision", "abc123");
        // A commit that renders the same objects makes no entry.
        ObjectNode before = status.putArray("history").addObject().put("revision", "before");
        before.set("source", source);
        current = object.toString();
        return argoCd.find("shop", "default").orElseThrow();
    }

    private volatile String current = "{}";

    private MockResponse answer(RecordedRequest request) throws IOException {
        String path = request.getRequestUrl().encodedPath();
        if (path.endsWith("/appdetails")) {
            asked.add(JSON.readTree(request.getBody().readUtf8()));
            ObjectNode helm = JSON.createObjectNode().put("values", CHART);
            merged.forEach((name, value) -> helm.withArray("parameters").addObject().put("name", name)
                    .put("value", value));
            return ok(JSON.createObjectNode().put("type", "Helm").set("helm", helm).toString());
        }
        if (path.equals("/api/v1/applicationsets/generate")) {
            JsonNode body = JSON.readTree(request.getBody().readUtf8());
            asked.add(body);
            if (!generates) {
                return ok("{\"message\":\"permission denied: applicationsets, create\"}").setResponseCode(403);
            }
            String text = files.get(body.at("/applicationSet/spec/generators/0/git/files/0/path").asText());
            ObjectNode answer = JSON.createObjectNode();
            if (text != null) {
                ObjectNode read = (ObjectNode) JSON.readTree(text);
                read.putObject("acceptanceGitFile").putObject("path").put("filename", "values-stage.yaml");
                answer.putArray("applications").addObject().putObject("metadata").putObject("annotations")
                        .put("values", read.toString());
            }
            return ok(answer.toString());
        }
        return ok(path.endsWith("/managed-resources") ? "{}" : current);
    }

    private static MockResponse ok(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
