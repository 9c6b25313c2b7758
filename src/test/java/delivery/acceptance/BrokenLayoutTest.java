package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The output of {@code make layout} for deliveries, settings and platforms that cannot be proved: within seconds, one
 * sentence that names the problem and what to do. Nothing is changed.
 */
class BrokenLayoutTest {

    private static final int SETTINGS = 2;
    private static final int ENVIRONMENT = 3;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Paths at which the suite looks for a version. */
    private static final List<String> PAGES = List.of("/version", "/api/version", "/api/v1/version", "/info",
            "/api/info", "/instance/info", "/actuator/info", "/health", "/healthz", "/api/health", "/status", "/");

    @TempDir
    private Path folder;

    /** Breaks something in the platform or the settings. */
    @FunctionalInterface
    private interface Breaking {

        void in(FakePlatform platform, Map<String, String> settings) throws IOException;
    }

    /** @param says the whole sentence; # stands for the platform's address */
    private record Broken(String name, Breaking breaking, int code, String says) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Broken> deliveries() {
        return Stream.of(
                new Broken("no Rollout", (platform, settings) -> {
                    platform.live.set(0, FakePlatform.object("apps/v1", "Deployment", "shop"));
                    platform.rendered.set(0, FakePlatform.object("apps/v1", "Deployment", "shop"));
                }, SETTINGS, "Rollout: none (the Application delivers Deployment shop, which Kubernetes updates by"
                        + " itself; make it a Rollout, or set APPLICATION to one that delivers a Rollout)"),
                new Broken("two Rollouts", (platform, settings) -> {
                    ObjectNode worker = FakePlatform.rollout();
                    ((ObjectNode) worker.path("metadata")).put("name", "worker");
                    platform.live.add(worker);
                    platform.rendered.add(worker);
                }, SETTINGS, "Rollout: not clear: shop or worker (the Application has several); set ROLLOUT to one of"
                        + " shop, worker"),
                new Broken("a Rollout that is not in the cluster", (platform, settings) -> platform.live.remove(0),
                        SETTINGS, "Rollout: none (Rollout shop is rendered and not in the cluster; have Argo CD sync"
                        + " the Application, and see what it says)"),
                new Broken("workloadRef", (platform, settings) -> rollouts(platform).forEach(rollout -> {
                    ObjectNode spec = (ObjectNode) rollout.path("spec");
                    spec.remove("template");
                    spec.set("workloadRef", FakePlatform.node("{\"kind\": \"Deployment\", \"name\": \"shop\"}"));
                }), SETTINGS, "Rollout: shop (spec.workloadRef has the pods' template in Deployment shop, which is not"
                        + " followed; write the template into the Rollout)"),
                new Broken("no strategy", (platform, settings) -> platform.strategy("{}"), SETTINGS,
                        "strategy: no strategy (spec.strategy of the Rollout; it needs blueGreen or canary)"),
                new Broken("both strategies", (platform, settings) -> platform.strategy(
                        "{\"canary\": {}, \"blueGreen\": {\"activeService\": \"shop\"}}"), SETTINGS,
                        "strategy: both strategies (spec.strategy of the Rollout; it needs one of blueGreen and canary,"
                        + " not both)"),
                new Broken("pingPong", (platform, settings) -> platform.strategy("{\"canary\": {\"pingPong\":"
                        + " {\"pingService\": \"shop\", \"pongService\": \"shop-canary\"}}}"), SETTINGS,
                        "Rollout: shop (canary.pingPong changes which Service has the stable version with each release,"
                        + " which is not followed; use stableService and canaryService)"),
                new Broken("Istio's subsets", (platform, settings) -> platform.strategy("{\"canary\":"
                        + " {\"trafficRouting\": {\"istio\": {\"destinationRule\": {\"name\": \"shop\"}}}}}"), SETTINGS,
                        "Rollout: shop (trafficRouting.istio.destinationRule splits a Service into subsets, which no"
                        + " request can ask for one by one; split between stableService and canaryService by the"
                        + " VirtualService alone)"),
                new Broken("a Service that is not there", (platform, settings) -> {
                    platform.live.removeIf(object -> object.at("/metadata/name").asText().equals("shop-canary"));
                    platform.rendered.removeIf(object -> object.at("/metadata/name").asText().equals("shop-canary"));
                }, SETTINGS, "Services: shop, shop-canary (the Rollout names shop-canary, which the Application does"
                        + " not have)"),
                new Broken("two sources that render", (platform, settings) -> {
                    ObjectNode spec = (ObjectNode) platform.application("shop").path("spec");
                    ObjectNode source = (ObjectNode) spec.remove("source");
                    spec.putArray("sources").add(source).addObject().put("repoURL", "https://git.test/y")
                            .put("path", "extras").put("targetRevision", "main");
                    status(platform).putArray("sourceTypes").add("Helm").add("Helm");
                    status(platform).withObject("/sync").putArray("revisions").add("abc").add("def");
                }, SETTINGS, "packaging: not clear: chart of https://git.test/x at main or extras of https://git.test/y"
                        + " at main (spec.sources has 2 that render objects, and a copy would differ in one of them;"
                        + " give the one that has the Rollout an Application of its own)"),
                new Broken("a plugin", (platform, settings) -> type(platform, "Plugin"), SETTINGS,
                        "packaging: Plugin (status.sourceType; only Helm and Kustomize are supported)"),
                new Broken("a directory, or jsonnet", (platform, settings) -> type(platform, "Directory"), SETTINGS,
                        "packaging: a directory of YAML or jsonnet (status.sourceType; it has no values that a copy"
                        + " could differ by: prove it in place (MODE=in-place), or have it rendered by Helm or"
                        + " Kustomize)"),
                new Broken("two values with the tag", (platform, settings) -> platform.values += "global: {tag: 1.0.0}",
                        SETTINGS, "value of the tag: not clear: image.tag or global.tag (each has the live image's tag"
                        + " 1.0.0); set VALUE_TAG to one of image.tag, global.tag"),
                new Broken("a host that no value names", (platform, settings) ->
                        platform.values = platform.values.replace("shop.test", "elsewhere.test"), SETTINGS,
                        "value of the host: not found (no value names the live host shop.test); set VALUE_HOST"),
                new Broken("an object of the cluster", (platform, settings) -> {
                    ObjectNode role = FakePlatform.object("rbac.authorization.k8s.io/v1", "ClusterRole", "shop");
                    platform.live.add(role);
                    platform.rendered.add(role);
                }, SETTINGS, "copies: none can be made (ClusterRole shop is an object of the whole cluster; take it out"
                        + " of the chart into an Application of its own)"),
                new Broken("no version in any answer", (platform, settings) -> {
                    platform.pages.put("/version", new MockResponse().setBody("hello"));
                    platform.pages.put("/", new MockResponse().setBody("hello"));
                }, SETTINGS, "version in an answer: not found (no answer of the live release holds its tag 1.0.0:"
                        + " HTTP 200 at /version, /; HTTP 404 at /api/version, /api/v1/version, /info, /api/info,"
                        + " /instance/info, /actuator/info, /health, /healthz, /api/health, /status); set"
                        + " VERSION_PATH"),
                new Broken("a route and no gateway", (platform, settings) -> settings.remove("GATEWAY"), SETTINGS,
                        "gateway: not found (users ask for shop.test there); set GATEWAY"),
                new Broken("several Services and no route", (platform, settings) -> {
                    platform.byPods();
                    ObjectNode other = platform.live("Service").deepCopy();
                    ((ObjectNode) other.path("metadata")).put("name", "shop-metrics");
                    platform.live.add(other);
                    platform.rendered.add(other);
                    settings.remove("GATEWAY");
                }, SETTINGS, "Service of users: not clear: shop or shop-metrics (each selects the pods of all"
                        + " versions); set SERVICE to one of shop, shop-metrics"),
                new Broken("no pod behind the Service", (platform, settings) -> {
                    platform.byPods();
                    PAGES.forEach(path -> platform.pages.put(path, new MockResponse().setResponseCode(503)));
                }, SETTINGS, "version in an answer: none (the Service shop answers nobody: HTTP 503 at "
                        + String.join(", ", PAGES) + "; see whether it has a ready pod, by its selector, and a port"
                        + " that speaks HTTP, and whether a firewall or a NetworkPolicy lets the API server reach"
                        + " pods)"),
                new Broken("no pod behind the route", (platform, settings) -> PAGES.forEach(path ->
                        platform.pages.put(path, new MockResponse().setResponseCode(503))), SETTINGS,
                        "version in an answer: none (the gateway answers HTTP 503 at every path: the live release"
                        + " has no ready pod behind its route; see its pods and its Services' selectors)"));
    }

    static Stream<Broken> applications() {
        return Stream.of(
                new Broken("not there", (platform, settings) -> {
                    settings.put("APPLICATION", "checkout");
                    ObjectNode other = FakePlatform.application();
                    ((ObjectNode) other.path("metadata")).put("name", "billing");
                    platform.applications.add(other);
                }, ENVIRONMENT, "Argo CD has no Application checkout; this user sees billing, shop. Set APPLICATION to"
                        + " the one that the delivery is proved for."),
                new Broken("none is shown", (platform, settings) -> platform.applications.clear(), ENVIRONMENT,
                        "Argo CD shows no Application shop to this user, and no other one. Give the user of"
                        + " ARGOCD_AUTH_TOKEN or ARGOCD_USERNAME the permission applications, get, which"
                        + " src/doc/own-cluster.md lists; or set ARGOCD_SERVER to the Argo CD that has it."),
                new Broken("in another namespace", (platform, settings) -> metadata(platform).put("namespace",
                        "team-a"), SETTINGS, "The Application shop cannot be proved as it is: it is in the namespace"
                        + " team-a, and Argo CD in argocd; Applications in other namespaces are not supported: set"
                        + " APPLICATION to one in argocd"),
                new Broken("never synced", (platform, settings) -> {
                    platform.application("shop").set("status", FakePlatform.node("{}"));
                    platform.undeployed();
                }, SETTINGS, "packaging: not found (Argo CD has not rendered the Application yet; let it sync first)"),
                new Broken("missing", (platform, settings) -> {
                    status(platform).set("sync", FakePlatform.node(
                            "{\"status\": \"OutOfSync\", \"revision\": \"abc\"}"));
                    status(platform).set("health", FakePlatform.node("{\"status\": \"Missing\"}"));
                    platform.undeployed();
                    platform.namespaces.add("shop");
                }, ENVIRONMENT, "Nothing of the Application shop is in the cluster: Argo CD says OutOfSync, Missing."
                        + " Sync it first: argocd app sync shop."),
                new Broken("no namespace", (platform, settings) -> {
                    status(platform).set("sync", FakePlatform.node(
                            "{\"status\": \"OutOfSync\", \"revision\": \"abc\"}"));
                    status(platform).set("health", FakePlatform.node("{\"status\": \"Missing\"}"));
                    status(platform).set("operationState", FakePlatform.node("{\"phase\": \"Failed\", \"message\":"
                            + " \"one or more objects failed to apply\\nnamespaces shop not found\"}"));
                    platform.undeployed();
                }, ENVIRONMENT, "Nothing of the Application shop is in the cluster: Argo CD says OutOfSync, Missing,"
                        + " last sync Failed (one or more objects failed to apply namespaces shop not found); its"
                        + " namespace shop does not exist. Make the namespace, or add CreateNamespace=true to"
                        + " spec.syncPolicy.syncOptions, and sync it."),
                new Broken("source out of reach", (platform, settings) -> {
                    status(platform).set("sync", FakePlatform.node("{\"status\": \"Unknown\"}"));
                    status(platform).withArray("conditions").addObject().put("type", "ComparisonError").put("message",
                            "Failed to load target state: failed to generate manifest for source 1 of 1: rpc error:"
                            + " code = Unknown desc = failed to list refs: repository not found");
                }, ENVIRONMENT, "Argo CD cannot render the Application shop (ComparisonError): Failed to load target"
                        + " state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc ="
                        + " failed to list refs: repository not found. Correct spec.source or spec.destination, or let"
                        + " Argo CD reach it, until argocd app get shop --refresh says Synced."),
                new Broken("source out of reach since", (platform, settings) -> platform.instead.put("/manifests",
                        FakePlatform.refusal(500, "Manifest generation error (cached): git fetch failed")), ENVIRONMENT,
                        "Argo CD at # failed: 500 Manifest generation error (cached): git fetch failed for GET"
                        + " /api/v1/applications/shop/manifests. See the logs of Argo CD's repo server."),
                new Broken("another cluster", (platform, settings) -> platform.instead.put("/rollouts/shop",
                        FakePlatform.status(404)), ENVIRONMENT, "KUBECONFIG names #/, where the Rollout shop of the"
                        + " Application shop is not: Argo CD delivers it to https://kubernetes.default.svc. Set"
                        + " KUBECONFIG, or KUBE_CONTEXT, to the cluster that Argo CD delivers to."));
    }

    static Stream<Broken> platforms() {
        return Stream.of(
                new Broken("no kubeconfig", (platform, settings) -> settings.put("KUBECONFIG", "/no/kubeconfig"),
                        SETTINGS, "One setting is wrong:\n  KUBECONFIG (\"/no/kubeconfig\") is not a file that can be"
                        + " read; give the path of one file"),
                new Broken("no context", (platform, settings) -> settings.put("KUBE_CONTEXT", "staging"), ENVIRONMENT,
                        "KUBECONFIG {kubeconfig} has no complete context staging; it has x. Set KUBE_CONTEXT to one"
                        + " that 'kubectl config get-contexts' lists."),
                new Broken("API server refused", (platform, settings) -> settings.put("KUBECONFIG",
                        platform.kubeconfig("http://127.0.0.1:1").toString()), ENVIRONMENT,
                        "The Kubernetes API did not answer while asking http://127.0.0.1:1/ for its version: Connection"
                        + " refused. See whether the cluster runs and KUBECONFIG has its address."),
                new Broken("no right to Rollouts", (platform, settings) -> platform.forbidden.add("list rollouts"),
                        ENVIRONMENT, "permissions: KUBECONFIG's user may not list rollouts.argoproj.io (a"
                        + " SelfSubjectAccessReview each, for all namespaces; grant what src/doc/own-cluster.md lists"
                        + " under Permissions)"),
                new Broken("no right to Services", (platform, settings) -> platform.forbidden.addAll(List.of(
                        "list services", "get services/proxy")), ENVIRONMENT, "permissions: KUBECONFIG's user may not"
                        + " list services, get services/proxy (a SelfSubjectAccessReview each, for all namespaces;"
                        + " grant what src/doc/own-cluster.md lists under Permissions)"),
                new Broken("no right to copies in Argo CD", (platform, settings) -> platform.refused.add(
                        "/applications/create/default/shop-copy"), ENVIRONMENT, "permissions: Argo CD's user lacks"
                        + " applications, create in the project default (argocd account can-i; grant what"
                        + " src/doc/own-cluster.md lists under Permissions)"),
                new Broken("no right to the repository", (platform, settings) -> platform.instead.put("/appdetails",
                        FakePlatform.refusal(403, "permission denied: repositories, get, https://git.test/x")),
                        ENVIRONMENT, "Argo CD refused POST /api/v1/repositories/https%3A%2F%2Fgit.test%2Fx/appdetails:"
                        + " 403 permission denied: repositories, get, https://git.test/x. Give the user of"
                        + " ARGOCD_AUTH_TOKEN the permissions that src/doc/own-cluster.md lists."),
                new Broken("expired token", (platform, settings) -> platform.instead.put("/api/v1/applications",
                        FakePlatform.refusal(401, "invalid session: token has invalid claims: token is expired")),
                        ENVIRONMENT, "Argo CD at # refused the user: invalid session: token has invalid claims: token"
                        + " is expired for GET /api/v1/applications. Set ARGOCD_AUTH_TOKEN to a token that is valid."),
                new Broken("Argo CD refused", (platform, settings) -> settings.put("ARGOCD_SERVER",
                        "http://127.0.0.1:1"), ENVIRONMENT, "Argo CD at http://127.0.0.1:1 cannot be reached for GET"
                        + " /api/v1/applications: Failed to connect to /127.0.0.1:1. Check ARGOCD_SERVER, and that it"
                        + " can be reached from here."),
                new Broken("Argo CD sends elsewhere", (platform, settings) -> platform.instead.put(
                        "/api/v1/applications", new MockResponse().setResponseCode(307).setHeader("Location",
                                "https://argocd.test/")), ENVIRONMENT, "The server at # sends requests on to"
                        + " https://argocd.test/ (HTTP 307). Set ARGOCD_SERVER to where Argo CD itself answers."),
                new Broken("no Argo CD there", (platform, settings) -> platform.instead.put("/api/v1/applications",
                        new MockResponse().setResponseCode(404).setHeader("Content-Type", "text/plain").setBody(
                                "404 page not found")), ENVIRONMENT, "The server at # is not Argo CD's API: 404"
                        + " text/plain for GET /api/v1/applications. Set ARGOCD_SERVER to the address of Argo CD's"
                        + " server, not of a proxy or a login page."),
                new Broken("gateway refused", (platform, settings) -> settings.put("GATEWAY", "http://127.0.0.1:1"),
                        ENVIRONMENT, "gateway: does not answer (no connection; see whether it runs, and set GATEWAY to"
                        + " where users reach it)"));
    }

    @ParameterizedTest
    @MethodSource({"deliveries", "applications", "platforms"})
    void isReportedInOneSentence(Broken broken) throws IOException {
        try (FakePlatform platform = new FakePlatform(folder)) {
            Map<String, String> settings = platform.settings();
            broken.breaking().in(platform, settings);
            ShownLayout shown = ShownLayout.of(settings);
            assertThat(shown.sentence()).isEqualTo(broken.says().replace("#", platform.address())
                    .replace("{kubeconfig}", settings.get("KUBECONFIG")));
            assertThat(shown.code()).isEqualTo(broken.code());
            assertThat(platform.writes()).isEmpty();
        }
    }

    /** A server that accepts connections and never answers. */
    @ParameterizedTest
    @ValueSource(strings = {"KUBECONFIG", "ARGOCD_SERVER", "GATEWAY", "REGISTRY"})
    void whatDoesNotAnswerIsNotWaitedFor(String setting) throws IOException {
        try (FakePlatform platform = new FakePlatform(folder);
                ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = platform.settings();
            String address = "http://127.0.0.1:" + silent.getLocalPort();
            settings.put(setting, setting.equals("KUBECONFIG") ? platform.kubeconfig(address).toString() : address);
            settings.remove("PATIENCE");
            ShownLayout shown = soon(platform.settings(), settings);
            assertThat(shown.said()).contains(switch (setting) {
                case "KUBECONFIG" -> "The Kubernetes API did not answer while asking " + address;
                case "ARGOCD_SERVER" -> "Argo CD at " + address + " did not answer GET /api/v1/applications within 3 s";
                case "GATEWAY" -> "gateway: does not answer (no answer within 3 s";
                default -> "not looked into the image: The registry of ghcr.io/team/shop:1.0.0 at " + address;
            });
            assertThat(shown.code()).isEqualTo(setting.equals("REGISTRY") ? 0 : ENVIRONMENT);
            assertThat(platform.writes()).isEmpty();
        }
    }

    @Test
    void anArgoCdWithoutTlsIsReported() throws IOException {
        try (FakePlatform platform = new FakePlatform(folder);
                ServerSocket plain = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket asked = plain.accept()) {
                    asked.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
            server.start();
            Map<String, String> settings = platform.settings();
            settings.put("ARGOCD_SERVER", "127.0.0.1:" + plain.getLocalPort());
            ShownLayout shown = ShownLayout.of(settings);
            assertThat(shown.sentence()).isEqualTo("Argo CD at https://127.0.0.1:" + plain.getLocalPort() + " does not"
                    + " answer by TLS for GET /api/v1/applications: Unsupported or unrecognized SSL message. Check"
                    + " ARGOCD_SERVER, whose port has no TLS: set it to http://127.0.0.1:" + plain.getLocalPort()
                    + " if Argo CD runs without.");
            assertThat(shown.code()).isEqualTo(ENVIRONMENT);
        }
    }

    @Test
    void aPlatformThatTakesItsTimeIsShownInTime() throws IOException {
        try (FakePlatform platform = new FakePlatform(folder);
                FakePlatform quick = new FakePlatform(Files.createDirectory(folder.resolve("quick")))) {
            platform.takes(100);
            ShownLayout shown = soon(quick.settings(), platform.settings());
            assertThat(shown.code()).as(shown.said()).isZero();
            assertThat(shown.said()).contains("permissions                 enough");
        }
    }

    /**
     * Runs the layout up to three times, and requires that one run ends within the time limit plus what a working
     * platform takes on this machine now, which may be busy with other work.
     *
     * @param well settings of a platform that answers at once
     */
    private static ShownLayout soon(Map<String, String> well, Map<String, String> settings) throws IOException {
        List<String> times = new ArrayList<>();
        for (int time = 1; time <= 3; time++) {
            long begun = System.nanoTime();
            ShownLayout.of(well);
            long look = System.nanoTime() - begun;
            ShownLayout shown = ShownLayout.of(settings);
            long took = System.nanoTime() - begun - look;
            if (took < LONGEST.toNanos() + look) {
                return shown;
            }
            times.add(took / 1_000_000 + " ms, a look " + look / 1_000_000 + " ms");
        }
        throw new AssertionError("It took " + times);
    }

    private static Stream<ObjectNode> rollouts(FakePlatform platform) {
        return Stream.of(platform.live, platform.rendered).flatMap(List::stream)
                .filter(object -> object.path("kind").asText().equals("Rollout"));
    }

    private static void type(FakePlatform platform, String type) {
        status(platform).put("sourceType", type);
    }

    private static ObjectNode metadata(FakePlatform platform) {
        return (ObjectNode) platform.application("shop").path("metadata");
    }

    private static ObjectNode status(FakePlatform platform) {
        return (ObjectNode) platform.application("shop").path("status");
    }
}
