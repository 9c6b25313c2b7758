package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ArgoCdRefused;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.clone.ManifestObject;
import delivery.environment.Blueprint;
import delivery.environment.OneServer;
import delivery.environment.Platform;
import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.UnresolvedLayout;
import delivery.failure.UnsafeClone;
import delivery.history.CallLog;
import delivery.history.SessionHistory;
import delivery.layout.StrategyPlace;
import delivery.layout.ValuePlaces;
import delivery.registry.ImageName;
import delivery.rollout.Strategy;
import delivery.waiting.ResourceVersion;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A clone on its way to the cluster: the requests to Argo CD, and their order. */
@Timeout(30)
class GuardedDeploymentTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "shop-bg-1-abcde";
    private static final String ROLLOUT = "{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Rollout\","
            + "\"metadata\":{\"name\":\"shop\"},\"spec\":{}}";
    private static final String OVER_THE_LIVE_ONE = ROLLOUT.replace("\"shop\"", "\"shop\",\"namespace\":\"shop\"");
    private static final String CLUSTER_ROLE =
            "{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"ClusterRole\","
            + "\"metadata\":{\"name\":\"shop\"}}";
    private static final String HOOK_IN_THE_LIVE_ONE =
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"m\","
            + "\"namespace\":\"shop\",\"annotations\":{\"argocd.argoproj.io/hook\":\"PreSync\"}}}";

    private static final Pattern TAG = Pattern.compile("acceptance-abcde-[\\d.]+");

    private final MockWebServer server = new MockWebServer();
    private final List<String> changes = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonNode> bodies = Collections.synchronizedList(new ArrayList<>());
    private final SessionHistory history = new SessionHistory(Clock.systemUTC(), new Redaction(List.of()));
    private final CallLog calls = new CallLog();
    private volatile JsonNode spec = JSON.createObjectNode();
    private volatile String windows = "{}";
    private volatile List<String> compared = List.of(ROLLOUT);
    private volatile List<String> rendered = List.of(ROLLOUT);

    @TempDir
    Path folder;

    private Platform platform;
    /** Whether each strategy has a chart of its own. */
    private boolean folders;

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
        platform = OneServer.platform(server.url("/").toString(), folder, calls);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
        server.shutdown();
    }

    @Test
    void aCloneIsMadeWithoutAutomatedSyncAtTheRevisionOfTheLiveOne() {
        refusePatches();
        assertThat(bodies.get(0).at("/spec/syncPolicy"))
                .isEqualTo(json("{\"syncOptions\":[\"ApplyOutOfSyncOnly=true\"]}"));
        assertThat(bodies.get(0).at("/spec/source/targetRevision").asText()).isEqualTo("abc123");
        assertThat(bodies.get(0).at("/spec/destination/namespace").asText()).isEqualTo(NAME);
    }

    @Test
    void whatIsItsOwnIsSyncedByThePolicyOfTheLiveOne() {
        refusePatches();
        assertThat(changes).containsExactly("POST /api/v1/namespaces", "POST /api/v1/applications",
                "PATCH /api/v1/applications/" + NAME);
        assertThat(json(bodies.get(1).path("patch").asText()))
                .isEqualTo(json("{\"spec\":{\"syncPolicy\":{\"automated\":{\"prune\":true}}}}"));
    }

    @Test
    void whatIsNotItsOwnIsNeverSynced() {
        compared = List.of(OVER_THE_LIVE_ONE, CLUSTER_ROLE);
        rendered = compared;

        assertThatThrownBy(this::deploy).isInstanceOf(UnsafeClone.class)
                .hasMessageContaining("Rollout shop would be applied in the namespace shop, where the live release is")
                .hasMessageContaining("ClusterRole shop is an object of the whole cluster");
        assertThat(changes).containsExactly("POST /api/v1/namespaces", "POST /api/v1/applications");
    }

    @Test
    void aHookIsJudgedThoughArgoCdComparesNone() {
        rendered = List.of(ROLLOUT, HOOK_IN_THE_LIVE_ONE);

        assertThatThrownBy(this::deploy).isInstanceOf(UnsafeClone.class).hasMessageContaining("Pod m would be applied");
        assertThat(changes).noneMatch(change -> change.startsWith("PATCH"));
    }

    @Test
    void anObjectThatOnlyTheControllerHasSeenIsJudgedToo() {
        compared = List.of(ROLLOUT, CLUSTER_ROLE);

        assertThatThrownBy(this::deploy).isInstanceOf(UnsafeClone.class).hasMessageContaining("ClusterRole shop");
    }

    @Test
    void aSyncWindowThatDeniesIsNamedAtOnce() {
        windows = "{\"activeWindows\":[{\"kind\":\"deny\",\"schedule\":\"0 22 * *"
                + " *\",\"duration\":\"8h\"}],\"canSync\":true}";

        assertThatThrownBy(this::deploy).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("Argo CD does not sync the"
                + " Application " + NAME
                + " now: in its project default the window \"0 22 * * *\" for 8h denies syncs");
    }

    @Test
    void aDryCloneIsRenderedByBothStrategiesAndGone() {
        assertThatThrownBy(() -> {
            rendered = List.of(ROLLOUT, CLUSTER_ROLE);
            dry();
        }).isInstanceOf(UnsafeClone.class);
        assertThat(changes).last().isEqualTo("DELETE /api/v1/applications/" + NAME);

        changes.clear();
        bodies.clear();
        rendered = List.of(ROLLOUT);
        dry();

        assertThat(changes).first().isEqualTo("POST /api/v1/applications");
        assertThat(changes).last().isEqualTo("DELETE /api/v1/applications/" + NAME);
        assertThat(bodies).noneMatch(body -> body.toString().contains("automated"));
        assertThat(bodies).anyMatch(body -> body.toString().contains("canary"))
                .anyMatch(body -> body.toString().contains("blueGreen"));
    }

    /** The chart takes the tag from another value: it has the live tag now, and would never have another one. */
    @Test
    void aValueOfTheTagThatDoesNotCountIsSeenByAnotherTag() {
        compared = List.of(ROLLOUT.replace("\"spec\":{}", "\"spec\":{\"template\":{\"spec\":{\"containers\":"
                + "[{\"name\":\"shop\",\"image\":\"registry.test/shop:1.0.0\"}]}}}"));
        rendered = compared;
        dry();
        folders = true;
        assertThatThrownBy(this::dry).isInstanceOf(UnresolvedLayout.class).hasMessageContaining("a copy that asks for"
                + " its tag by image.tag=acceptance-abcde-1.1.0 is rendered with registry.test/shop:1.0.0");
        assertThat(changes).last().isEqualTo("DELETE /api/v1/applications/" + NAME);
    }

    /** One value is the tag of two images, of which the run builds one. */
    @Test
    void anotherImageThatGetsTheTagIsSeenBeforeAnythingIsDeployed() {
        rendered = List.of(ROLLOUT.replace("\"spec\":{}", "\"spec\":{\"template\":{\"spec\":{\"containers\":"
                + "[{\"name\":\"shop\",\"image\":\"registry.test/shop:TAG\"}]}}}"),
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"migrate\"},"
                + "\"spec\":{\"containers\":[{\"image\":\"registry.test/migrate:TAG\"}]}}");
        assertThatThrownBy(this::dry).isInstanceOf(UnresolvedLayout.class).hasMessageContaining("Pod migrate would get"
                + " the image registry.test/migrate:acceptance-abcde-1.1.0, which nobody builds");
        assertThat(changes).last().isEqualTo("DELETE /api/v1/applications/" + NAME);
        assertThat(bodies).noneMatch(body -> body.toString().contains("automated"));
    }

    private void dry() {
        new DryClone(platform, pattern(), new Waiting(1, (what, elapsed, seen) -> { }), "abcde", NAME).require();
    }

    /** The team's own Application may hold a secret under any name, and the report is attached to a task. */
    @Test
    void theHistoryShowsOfTheApplicationWhatTheCopyChanges() {
        refusePatches();
        String shown = history.entries() + " " + calls.exchanges();
        assertThat(bodies.get(0).toString()).contains("u:s3cret@db", "p4ss");
        assertThat(shown).contains("argocd app create " + NAME, "-p image.tag=1.0.0", "POST, path=/api/v1/applications")
                .doesNotContain("s3cret", "p4ss", "argocd app create " + NAME + " -p database");
    }

    /** Runs the first deployment up to the call that enables automated sync, which is refused. */
    private void refusePatches() {
        assertThatThrownBy(this::deploy).isInstanceOf(ArgoCdRefused.class).hasMessageContaining("PATCH");
    }

    private void deploy() {
        try (ReleaseUnderTest subject =
                new ReleaseUnderTest(platform, pattern(), new Waiting(1, (what, elapsed, seen) -> { }),
                new Journal(history.begin("BG-1", "a criterion"),
                new Evidence(new Redaction(List.of()))), "abcde",
                ReleaseSite.copy(NAME, "sample-api.test", Optional.empty()))) {
            subject.deploy(Strategy.BLUE_GREEN, new Version("1.0.0", "1.0.0"), Overrides.NONE);
        }
    }

    private Blueprint pattern() {
        JsonNode own = json("""
                {"project":"default","destination":{"namespace":"shop"},
                 "source":{"repoURL":"https://git.test/x.git","targetRevision":"main","path":"charts/shop","helm":{
                    "parameters":[{"name":"database","value":"u:s3cret@db"}],"valuesObject":{"pin":"p4ss"}}},
                 "syncPolicy":{"automated":{"prune":true},"syncOptions":["ApplyOutOfSyncOnly=true"]}}""");
        Application application = new Application("shop", own, Map.of(), "Synced",
                json("{\"revision\":\"abc123\"}"), "Healthy", json("{}"), own, List.of(), List.of(),
                new ResourceVersion("", ""));
        Blueprint pattern = new Blueprint(application,
                Values.parse("values.yaml", "image: {repository: registry.test/shop, tag: 1.0.0}"),
                ImageName.parse("registry.test/shop:1.0.0"), LiveRelease.of("shop",
                List.of(new ManifestObject(json(ROLLOUT)))));
        ValuePlaces lab = pattern.places();
        StrategyPlace charts = new StrategyPlace("source.path", Map.of(Strategy.BLUE_GREEN, "charts/blueGreen",
                Strategy.CANARY, "charts/canary"));
        return folders ? new Blueprint(application, pattern.values(), pattern.image(), pattern.live(),
                new ValuePlaces(lab.live(), lab.tag(), lab.hosts(), Optional.of(charts), lab.replicas(), lab.steps(),
                        lab.delay()), pattern.versionReading(), pattern.strategies(), pattern.rollout(),
                pattern.exposure(), pattern.container())
                : pattern;
    }

    private MockResponse answer(RecordedRequest request) throws IOException {
        String path = request.getRequestUrl().encodedPath();
        if (!request.getMethod().equals("GET")) {
            changes.add(request.getMethod() + " " + path);
            JsonNode body = JSON.readTree(request.getBody().readUtf8());
            if (path.startsWith("/api/v1/applications")) {
                bodies.add(body);
            }
            if (path.equals("/api/v1/applications")) {
                spec = body.path("spec");
            } else if (request.getMethod().equals("PATCH") && body.path("patch").asText().contains("automated")) {
                return ok("{\"message\":\"permission denied\"}").setResponseCode(403);
            }
        }
        return switch (path) {
            case "/version" -> ok("{\"gitVersion\":\"v1.34.1\"}");
            case "/api/v1" -> ok(kinds("v1", "Pod", true));
            case "/apis/argoproj.io/v1alpha1" -> ok(kinds("argoproj.io/v1alpha1", "Rollout", true));
            case "/apis/rbac.authorization.k8s.io/v1" ->
                    ok(kinds("rbac.authorization.k8s.io/v1", "ClusterRole", false));
            case "/api/v1/applications/" + NAME + "/managed-resources" -> ok(managed());
            case "/api/v1/applications/" + NAME + "/manifests" -> ok(manifests());
            case "/api/v1/applications/" + NAME + "/syncwindows" -> ok(windows);
            case "/api/v1/applications", "/api/v1/applications/" + NAME -> ok(application());
            default -> path.startsWith("/api/v1/stream") ? new MockResponse().setResponseCode(404)
                    : ok("{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}");
        };
    }

    private String application() {
        ObjectNode object = JSON.createObjectNode();
        object.putObject("metadata").put("name", NAME);
        object.set("spec", spec);
        object.putObject("status").putObject("sync").put("status", "OutOfSync").putObject("comparedTo")
                .set("source", spec.path("source"));
        return object.toString();
    }

    private String managed() {
        ArrayNode items = JSON.createArrayNode();
        compared.forEach(text -> items.addObject().put("targetState", text).put("liveState", "null"));
        return JSON.createObjectNode().set("items", items).toString();
    }

    private String manifests() {
        ArrayNode list = JSON.createArrayNode();
        // Like a chart, this has the tag that the Application asks for.
        String tag = bodies.stream().flatMap(body -> TAG.matcher(body.toString()).results())
                .map(MatchResult::group).reduce("1.0.0", (before, last) -> last);
        rendered.forEach(text -> list.add(text.replace("TAG", tag)));
        return JSON.createObjectNode().set("manifests", list).toString();
    }

    private static String kinds(String version, String kind, boolean namespaced) {
        return "{\"kind\":\"APIResourceList\",\"groupVersion\":\"" + version + "\",\"resources\":[{\"name\":\""
                + kind.toLowerCase(java.util.Locale.ROOT) + "s\",\"kind\":\"" + kind + "\",\"namespaced\":"
                + namespaced + "}]}";
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
