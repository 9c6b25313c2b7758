package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.argocd.Application;
import delivery.argocd.ArgoCdRefused;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnresolvedLayout;
import delivery.history.CallLog;
import delivery.layout.Finding;
import delivery.layout.Item;
import delivery.layout.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** A survey of a delivery through Argo CD, the API server and the gateway, which changes nothing. */
@Timeout(30)
class DeliverySurveyTest {

    private static final String APPLICATION = "{\"metadata\": {\"name\": \"shop\"}, \"spec\": {\"project\": \"p\","
            + " \"destination\": {\"namespace\": \"shop\"}, \"source\": {\"repoURL\": \"https://git.test/x\","
            + " \"path\": \"chart\"}}, \"status\": {\"sourceType\": \"Helm\", \"sync\": {\"revision\": \"abc\"}}}";
    private static final ObjectMapper JSON = new ObjectMapper();
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
    /** The values of a chart in the folder redis. */
    private String other = "";
    private final Map<String, String> files = new HashMap<>();
    private String values = "image: {repository: ghcr.io/team/shop, tag: 1.0.0}\\nhost: shop.test";

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                calls.add(request.getMethod() + " " + request.getPath().replaceFirst("\\?.*", ""));
                String path = request.getPath().replaceFirst("\\?.*", "");
                if (path.endsWith("/appdetails") && request.getBody().clone().readUtf8().contains("\"redis\"")) {
                    return json("{\"type\": \"Helm\", \"helm\": {\"values\": \"" + other + "\"}}");
                }
                return path.endsWith("/applicationsets/generate") ? generated(request.getBody().readUtf8())
                        : answer(path);
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
                .hasSize(4).allMatch(call -> call.endsWith("/appdetails")
                        || call.equals("POST /api/v1/applicationsets/generate"));
    }

    @Test
    void theReleaseIsWhereItsRolloutIs() throws IOException {
        applications = APPLICATION.replace("{\"namespace\": \"shop\"}", "{}");
        rollout = ROLLOUT.replace("{\"name\": \"shop\"}", "{\"name\": \"shop\", \"namespace\": \"prod\"}");
        assertThat(survey().live().namespace()).isEqualTo("prod");
    }

    /** Image Updater writes overrides to Git, and Argo CD applies them only to the Application of that name. */
    @Test
    void whatGitLaysOverTheSourceIsPartOfTheDelivery() throws IOException {
        rollout = ROLLOUT.replace("shop:1.0.0", "shop:1.3.0");
        values = "image: {repository: ghcr.io/team/shop, tag: 1.0.0}\\nsize: 1\\nhost: shop.test";
        files.put("chart/.argocd-source-shop.yaml", "{\"path\": \"other\", \"helm\": {\"parameters\": [{\"name\":"
                + " \"image.tag\", \"value\": \"1.3.0\"}, {\"name\": \"size\", \"value\": \"3\"}]}}");
        DeliverySurvey survey = survey();
        assertThat(survey.layout().refusals()).isEmpty();
        assertThat(survey.layout().places().ofTag("2")).isEqualTo(Map.of("image.tag", "2"));
        assertThat(survey.layout().refusalsInPlace(true)).singleElement().asString().contains(
                ".argocd-source-shop.yaml in Git counts for more than what the Application itself asks for");

        Application application = Application.parse(JSON.readTree(APPLICATION));
        Blueprint pattern = Blueprint.of(application, survey, Optional.empty(), false);
        assertThat(pattern.container()).contains("shop");
        JsonNode source = pattern.application("copy", Map.of(), JSON.createObjectNode(), Map.of(), Map.of())
                .at("/spec/source");
        assertThat(source.path("path").asText()).isEqualTo("chart");
        assertThat(source.at("/helm/parameters").findValuesAsText("value")).containsExactly("1.3.0", "3");
    }

    @Test
    void whatGitLaysOverEverySourceOfTheFolderIsLaidOverCopiesToo() throws IOException {
        files.put("chart/.argocd-source.yaml", "{\"helm\": {\"releaseName\": \"shop\"}}");
        assertThat(survey().layout().refusals()).isEmpty();
        files.put("chart/.argocd-source.yaml", "{\"helm\": {\"parameters\": [{\"name\": \"image.tag\", \"value\":"
                + " \"1.0.0\"}]}}");
        assertThat(survey().layout().refusals()).singleElement().asString().contains(".argocd-source.yaml in Git sets"
                + " the image").contains("have it written to .argocd-source-shop.yaml");
        files.put("chart/.argocd-source.yaml", "{\"kustomize\": {\"patches\": []}}");
        assertThat(survey().layout().refusals()).as("they would be instead of those that give a copy its host")
                .singleElement().asString().contains(".argocd-source.yaml in Git sets patches");
    }

    /** Two charts, the second of which renders the release, and a folder of YAML. */
    @Test
    void ofSeveralSourcesThatRenderTheOneWithTheReleaseIsFound() throws IOException {
        applications = APPLICATION.replace("\"source\": {\"repoURL\": \"https://git.test/x\", \"path\": \"chart\"}",
                "\"sources\": [{\"repoURL\": \"https://git.test/x\", \"path\": \"redis\"}, {\"repoURL\":"
                + " \"https://git.test/x\", \"path\": \"chart\"}, {\"repoURL\": \"https://git.test/x\", \"path\":"
                + " \"more\"}]").replace("\"sourceType\": \"Helm\"", "\"sourceTypes\": [\"Helm\", \"Helm\","
                + " \"Directory\"]").replace("\"revision\": \"abc\"", "\"revisions\": [\"a\", \"b\", \"c\"]");
        other = "image: {repository: redis, tag: 7.0.0}";
        DeliverySurvey survey = survey();
        assertThat(survey.layout().refusals()).isEmpty();
        assertThat(survey.layout().of(Item.PACKAGING)).map(Finding::sentence).get().asString()
                .startsWith("packaging: Helm (source 2 of spec.sources");
        assertThat(survey.layout().refusalsInPlace(true)).singleElement().asString().contains("prove it by copies");

        Blueprint pattern = Blueprint.of(Application.parse(JSON.readTree(applications)), survey, Optional.empty(),
                false);
        JsonNode copy = pattern.application("copy", pattern.changesOfTag("2").parameters(), JSON.createObjectNode(),
                Map.of(), Map.of()).at("/spec/sources");
        assertThat(copy.findValuesAsText("path")).containsExactly("chart", "redis", "more");
        assertThat(copy.findValuesAsText("targetRevision")).containsExactly("b", "a", "c");
        assertThat(copy.path(0).at("/helm/parameters").toString()).contains("image.tag");
        assertThat(copy.path(1).path("helm").toString()).as("others may know it by its name")
                .isEqualTo("{\"releaseName\":\"shop\"}");
        assertThat(copy.path(2).has("helm")).isFalse();

        values = "image: {repository: ghcr.io/team/shop, tag: 1.0.0}";
        assertThat(survey().layout().refusals()).singleElement().asString().contains("no value names the live host"
                + " shop.test; copies differ from the Application in source 2 alone: have that one render the routes");
        values += "\\nhost: shop.test";

        files.put("chart/.argocd-source-shop.yaml", "{\"helm\": {\"parameters\": []}}");
        assertThat(survey().layout().refusals()).singleElement().asString().contains(".argocd-source-shop.yaml in Git"
                + " (it is laid over one of spec.sources");
        files.clear();

        applications = applications.replace("\"sourceTypes\"", "\"conditions\": [{\"type\":"
                + " \"RepeatedResourceWarning\", \"message\": \"/Service/shop/redis\"}], \"sourceTypes\"");
        assertThat(survey().layout().refusals()).as("a copy would have the other one").singleElement().asString()
                .contains("several of spec.sources render the same object (/Service/shop/redis), of which the last");

        other = "image: {repository: ghcr.io/team/shop, tag: 1.0.0}";
        DeliverySurvey unclear = survey();
        assertThat(unclear.layout().refusals()).singleElement().asString().contains("give the one that has the Rollout"
                + " an Application of its own");
        assertThat(unclear.layout().refusalsInPlace(true)).as("nor is one of them changed in place").singleElement()
                .asString().contains("several of spec.sources render objects");
    }

    @Test
    void anApplicationThatIsNotThereIsReportedWithWhatToSet() {
        applications = "";
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(this::survey)
                .withMessageStartingWith("Argo CD shows no Application shop to this user, and no other one");
    }

    @Test
    void withoutThePermissionTheRefusalIsReported() {
        readable = false;
        assertThatExceptionOfType(ArgoCdRefused.class).isThrownBy(this::survey)
                .withMessageContaining("Argo CD refused GET /api/v1/applications/shop/managed-resources: 403 denied");
    }

    @Test
    void noCopyIsMadeOfWhatIsNotClear() throws IOException {
        values = "image: {repository: ghcr.io/team/shop, tag: 1.0.0}\\nglobal: {tag: 1.0.0}\\nhost: shop.test";
        DeliverySurvey survey = survey();
        Application application = Application.parse(JSON.readTree(APPLICATION));
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

    /** Generates Applications from the content of a file, as the git generator of an ApplicationSet does. */
    private MockResponse generated(String set) {
        return json(files.entrySet().stream().filter(file -> set.contains("\"path\":\"" + file.getKey() + "\""))
                .findFirst().map(file -> "{\"applications\": [{\"metadata\": {\"annotations\": {\"values\": \""
                        + file.getValue().replace("\"", "\\\"") + "\"}}}]}").orElse("{}"));
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
