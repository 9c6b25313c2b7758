package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.failure.InvalidSettings;
import delivery.history.CallLog;
import delivery.layout.Exposure;
import delivery.settings.Settings;
import delivery.traffic.Answer;
import delivery.traffic.Endpoint;
import delivery.traffic.Entrance;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which users reach a release: through the gateway, or through one of its Services. */
@Timeout(30)
class EntrancesTest {

    private static final Exposure BY_SERVICE = new Exposure(Optional.empty(), Optional.of("shop"));
    private static final String CANARY = "{\"canary\": {\"steps\": []}}";
    private static final String BLUE_GREEN = "{\"blueGreen\": {\"activeService\": \"shop-active\"}}";

    private final MockWebServer server = new MockWebServer();

    @TempDir
    private Path folder;
    private String strategy = CANARY;
    private int services = 200;
    private String further = "";
    private String workers = "{\"canary\": {}}";

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request.getPath());
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    private MockResponse answer(String path) {
        MockResponse json = new MockResponse().setHeader("Content-Type", "application/json");
        return switch (path) {
            case "/version" -> json.setBody("{\"gitVersion\": \"v1.36.2\", \"version\": \"1.0.0\"}");
            case "/apis/argoproj.io/v1alpha1/namespaces/copy/rollouts" -> json.setBody("{\"items\": ["
                    + "{\"metadata\": {\"name\": \"worker\"}, \"spec\": {\"strategy\": " + workers + "}},"
                    + "{\"metadata\": {\"name\": \"shop\"}, \"spec\": {\"template\": {\"metadata\": {\"labels\":"
                    + " {\"app\": \"shop\"}}}, \"strategy\": " + strategy + "}}]}");
            case "/api/v1/namespaces/copy/services" -> json.setResponseCode(services).setBody("{\"items\": ["
                    + service("shop", "shop") + ", " + service("docs", "docs") + further + "]}");
            default -> path.matches("/api/v1/namespaces/copy/services/[^/:]+") ? json.setBody(service("shop", "shop"))
                    : new MockResponse().setResponseCode(404);
        };
    }

    private static String service(String name, String app) {
        return "{\"metadata\": {\"name\": \"" + name + "\"}, \"spec\": {\"selector\": {\"app\": \"" + app
                + "\"}, \"ports\": [{\"name\": \"http\", \"port\": 80}]}}";
    }

    @Test
    void whichServiceUsersAskFollowsTheStrategy() throws IOException {
        try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog())) {
            assertThat(byService(platform).at("copy", "unused").command(Endpoint.VERSION)).isEqualTo("kubectl get --raw"
                    + " /api/v1/namespaces/copy/services/shop:http/proxy/version");
            strategy = BLUE_GREEN;
            assertThat(byService(platform).at("copy", "unused")).hasToString("the Service shop-active");
            strategy = "{\"canary\": {\"trafficRouting\": {\"nginx\": {}}}}";
            assertThat(byService(platform).at("copy", "unused")).as("that of the live release, where none is known")
                    .hasToString("the Service shop");
        }
    }

    @Test
    void aSettingNamesTheService() throws IOException {
        try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog(),
                Map.of("SERVICE", "inside"))) {
            further = ", " + service("inside", "shop");
            assertThat(byService(platform).at("copy", "unused")).hasToString("the Service inside");
        }
        try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog(),
                Map.of("SERVICE", "docs"))) {
            assertThat(byService(platform).at("copy", "unused")).as("it is another application's")
                    .hasToString("the Service shop");
        }
    }

    /** The Rollout worker belongs to another Application, and comes first in the list. */
    @Test
    void ofSeveralRolloutsNoneIsTakenForTheReleases() throws IOException {
        try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog())) {
            workers = "{\"blueGreen\": {\"activeService\": \"worker\"}}";
            assertThat(new Entrances(platform, BY_SERVICE, Optional.empty()).at("copy", "unused"))
                    .hasToString("the Service shop");
        }
    }

    @Test
    void aRefusalOfTheApiSaysNothingOfTheRelease() throws IOException {
        services = 403;
        try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog())) {
            Entrance users = byService(platform).at("copy", "unused");
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> users.ask(Endpoint.VERSION))
                    .withMessageContaining("services of v1 (HTTP 403)");
        }
    }

    @Test
    void byARouteUsersNeedAGateway() throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("KUBECONFIG", kubeconfig().toString());
        settings.put("ARGOCD_SERVER", server.url("/").toString());
        settings.put("ARGOCD_AUTH_TOKEN", "t");
        try (Platform platform = Platform.open(Settings.load(settings, new Properties(), Map.of()), new CallLog())) {
            assertThatExceptionOfType(InvalidSettings.class).isThrownBy(() -> new Entrances(platform,
                    Exposure.BY_ROUTE, Optional.empty()).at("copy", "shop.test")).withMessageContaining("GATEWAY is not"
                            + " given; set it to the address where the cluster serves the release's hosts");
            assertThat(byService(platform).at("copy", "unused")).hasToString("the Service shop");
        }
    }

    @Test
    void theGatewaysCheckLooksForNoneWhereUsersAskAService() throws IOException {
        try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog())) {
            GatewayCheck check = new GatewayCheck(platform, Endpoint.VERSION,
                    Optional.of(byService(platform).at("copy", "unused")));
            assertThat(check.of(Optional.empty())).isEqualTo("none is needed, as no route leads to the live release;"
                    + " the Service shop answers users with HTTP 404");
            assertThat(check.command()).isEqualTo("kubectl get --raw"
                    + " /api/v1/namespaces/copy/services/shop:http/proxy/version");
            assertThat(new GatewayCheck(platform, Endpoint.VERSION, Optional.empty()).command())
                    .startsWith("curl --header 'Host: check.sample-api.test' http://");
        }
    }

    /** Pods are ready, as the kubelet reports, but the API server cannot reach them: no criterion may fail for that. */
    @Test
    void anApiServerThatIsKeptFromThePodsIsTheEnvironments() throws IOException {
        try (Platform platform = OneServer.platform(server.url("/").toString(), folder, new CallLog())) {
            Entrance silent = (Entrance) Proxy.newProxyInstance(Entrance.class.getClassLoader(),
                    new Class<?>[] {Entrance.class}, (proxy, method, arguments) -> switch (method.getName()) {
                        case "ask" -> Answer.lost(Instant.now(), "no answer within 10 s", Duration.ofSeconds(10));
                        case "command" -> "kubectl get --raw /x";
                        default -> "the Service shop";
                    });
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> new GatewayCheck(platform,
                    Endpoint.VERSION, Optional.of(silent)).of(Optional.empty())).withMessage("The Service shop, which"
                            + " users ask, gave no answer within 10 s through the Kubernetes API, though the live"
                            + " release is healthy. See whether a firewall or a NetworkPolicy keeps the API server from"
                            + " its pods, and what kubectl get --raw /x says.");
        }
    }

    private Path kubeconfig() throws IOException {
        return Files.writeString(folder.resolve("own"), "apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster:"
                + " {server: \"" + server.url("/") + "\"}}]\nusers: [{name: u, user: {token: t}}]\ncontexts: [{name: x,"
                + " context: {cluster: c, user: u}}]\ncurrent-context: x\n");
    }

    private static Entrances byService(Platform platform) {
        return new Entrances(platform, BY_SERVICE, Optional.of("shop"));
    }
}
