package delivery.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A platform in one server: the Kubernetes API, Argo CD, the gateway and the registry. It has an Application {@code
 * shop} that can be proved; a test of another delivery changes its fields.
 */
final class FakePlatform implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWN = "/api/v1/applications/shop/";

    /** Argo CD's Applications. */
    final List<ObjectNode> applications = new ArrayList<>();
    /** The objects as the cluster has them. */
    final List<ObjectNode> live = new ArrayList<>();
    /** The objects as Argo CD renders them. */
    final List<ObjectNode> rendered = new ArrayList<>();
    /** Whether the chart writes the namespace into its objects. */
    boolean writesNamespace;
    /** The values of the chart. */
    String values = """
            image: {repository: ghcr.io/team/shop, tag: 1.0.0}
            replicaCount: 2
            ingress: {host: shop.test}
            rollouts: {strategy: canary, canary: {steps: [{setWeight: 20}, {pause: {}}]}, blueGreen: {delay: 30}}
            """;
    /** Answers of the live release, by path. */
    final Map<String, MockResponse> pages = new HashMap<>(Map.of("/version", json("{\"version\": \"1.0.0\"}")));
    /** Answers that replace all others, by path, or by path and a part of the body. */
    final Map<String, MockResponse> instead = new LinkedHashMap<>();
    /** Actions that the cluster's user may not perform: {@code list rollouts}, {@code get services/proxy}. */
    final Set<String> forbidden = new TreeSet<>();
    /** Actions that Argo CD's user may not perform: {@code applications/create}. */
    final Set<String> refused = new TreeSet<>();
    final Set<String> namespaces = new TreeSet<>(Set.of("shop"));
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, byte[]> blobs = new HashMap<>();
    private final byte[] manifest;
    private final MockWebServer server = new MockWebServer();
    private final Path folder;
    private volatile long millis;

    FakePlatform(Path folder) throws IOException {
        this.folder = folder;
        applications.add(application());
        for (ObjectNode object : List.of(rollout(), object("v1", "Service", "shop"), object("v1", "Service",
                "shop-canary"), ingress())) {
            live.add(object);
            rendered.add(object.deepCopy());
        }
        ArrayNode layers = JSON.createArrayNode();
        layers.add(layer("app/version.py", "VERSION = \"1.0.0\"\n"));
        layers.add(layer("etc/motd", "hello"));
        layers.add(layer("etc/issue", "hello"));
        manifest = JSON.createObjectNode().put("schemaVersion", 2)
                .put("mediaType", "application/vnd.oci.image.manifest.v1+json")
                .set("layers", layers).toString().getBytes(StandardCharsets.UTF_8);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request).setHeadersDelay(millis, TimeUnit.MILLISECONDS);
            }
        });
        server.start();
    }

    /** Makes each later answer take this many milliseconds. */
    void takes(long millisEach) {
        millis = millisEach;
    }

    String address() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Returns the settings that name the platform, with PATIENCE for a busy machine. */
    Map<String, String> settings() throws IOException {
        return new HashMap<>(Map.of("PATIENCE", "10", "KUBECONFIG", kubeconfig(address()).toString(), "ARGOCD_SERVER",
                address(), "ARGOCD_AUTH_TOKEN", "secret", "GATEWAY", address(), "REGISTRY", address(), "APPLICATION",
                "shop"));
    }

    /** Writes a kubeconfig for an API server. */
    Path kubeconfig(String api) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig-" + Integer.toHexString(api.hashCode())), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(api));
    }

    /** Returns the calls that would have changed something. */
    List<String> writes() {
        return calls.stream().filter(call -> !call.startsWith("GET ") && !call.startsWith("HEAD "))
                .filter(call -> !call.endsWith("/appdetails") && !call.endsWith("/applicationsets/generate"))
                .filter(call -> !call.contains("/apis/authorization.k8s.io/") && !call.endsWith("/api/v1/session"))
                .toList();
    }

    ObjectNode application(String name) {
        return applications.stream().filter(known -> known.at("/metadata/name").asText().equals(name)).findFirst()
                .orElseThrow();
    }

    /** Returns the only live object of a kind. */
    ObjectNode live(String kind) {
        return live.stream().filter(object -> object.path("kind").asText().equals(kind)).findFirst().orElseThrow();
    }

    /** Changes the Rollout, both live and rendered. */
    void strategy(String strategy) {
        for (List<ObjectNode> objects : List.of(live, rendered)) {
            objects.stream().filter(object -> object.path("kind").asText().equals("Rollout"))
                    .forEach(object -> object.withObject("/spec").set("strategy", node(strategy)));
        }
    }

    /** Removes all of its objects from the cluster. */
    void undeployed() {
        live.clear();
        namespaces.clear();
    }

    static ObjectNode object(String apiVersion, String kind, String name) {
        ObjectNode object = JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata").put("name", name).put("namespace", "shop").put("uid", kind + "-" + name);
        object.putObject("spec");
        return object;
    }

    static ObjectNode node(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    static MockResponse json(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }

    /** Returns a refusal in Argo CD's form. */
    static MockResponse refusal(int status, String message) {
        return json(JSON.createObjectNode().put("error", message).put("code", 2).put("message", message).toString())
                .setResponseCode(status);
    }

    static ObjectNode application() {
        return node("""
                {"metadata": {"name": "shop", "namespace": "argocd"},
                 "spec": {"project": "default", "destination": {"namespace": "shop",
                   "server": "https://kubernetes.default.svc"},
                   "source": {"repoURL": "https://git.test/x", "path": "chart", "targetRevision": "main"}},
                 "status": {"sourceType": "Helm", "sync": {"status": "Synced", "revision": "abc"},
                   "health": {"status": "Healthy"}}}""");
    }

    static ObjectNode rollout() {
        ObjectNode rollout = object("argoproj.io/v1alpha1", "Rollout", "shop");
        rollout.set("spec", node("""
                {"replicas": 2, "strategy": {"canary": {"stableService": "shop", "canaryService": "shop-canary",
                  "trafficRouting": {"nginx": {"stableIngress": "shop"}}, "steps": [{"setWeight": 20}, {"pause": {}}]}},
                 "template": {"spec": {"containers": [{"name": "shop", "image": "ghcr.io/team/shop:1.0.0"}]}}}"""));
        return rollout;
    }

    private static ObjectNode ingress() {
        ObjectNode ingress = object("networking.k8s.io/v1", "Ingress", "shop");
        ingress.set("spec", node("{\"rules\": [{\"host\": \"shop.test\"}]}"));
        return ingress;
    }

    private MockResponse answer(RecordedRequest request) {
        String path = request.getPath().replaceFirst("\\?.*", "");
        String body = request.getBody().readUtf8();
        calls.add(request.getMethod() + " " + path);
        for (Map.Entry<String, MockResponse> other : instead.entrySet()) {
            if (path.endsWith(other.getKey())) {
                return other.getValue().clone();
            }
        }
        if (String.valueOf(request.getHeader("Host")).startsWith("shop.test")) {
            return pages.getOrDefault(path, new MockResponse().setResponseCode(404)).clone();
        }
        return path.startsWith("/v2/") ? registry(path) : path.startsWith("/api/v1/applications")
                || path.startsWith("/api/v1/session") || path.startsWith("/api/v1/account")
                || path.startsWith("/api/v1/settings") || path.startsWith("/api/v1/repositories")
                || path.equals("/api/version") ? argoCd(path, request) : kubernetes(path, body);
    }

    private MockResponse argoCd(String path, RecordedRequest request) {
        if (path.equals("/api/v1/applications")) {
            String name = request.getRequestUrl().queryParameter("name");
            ObjectNode list = JSON.createObjectNode();
            list.putObject("metadata");
            ArrayNode items = list.putArray("items");
            applications.stream().filter(one -> name == null || one.at("/metadata/name").asText().equals(name))
                    .forEach(items::add);
            return json(list.toString());
        }
        if (path.startsWith("/api/v1/account/can-i/")) {
            return json("{\"value\": \"" + (refused.stream().anyMatch(path::contains) ? "no" : "yes") + "\"}");
        }
        return switch (path) {
            case "/api/v1/session/userinfo" -> json("{\"loggedIn\": true, \"username\": \"team\"}");
            case "/api/v1/settings" -> json("{\"controllerNamespace\": \"argocd\"}");
            case OWN + "managed-resources" -> json(managed().toString());
            case OWN + "manifests" -> json(manifests().toString());
            case "/api/v1/applicationsets/generate" -> json("{\"applications\": []}");
            default -> path.endsWith("/appdetails")
                    ? json(details().toString()) : refusal(404, path + " not found");
        };
    }

    private ObjectNode managed() {
        ObjectNode all = JSON.createObjectNode();
        ArrayNode items = all.putArray("items");
        for (ObjectNode target : rendered) {
            String state = live.stream().filter(object -> same(object, target)).map(JsonNode::toString).findFirst()
                    .orElse("null");
            items.addObject().put("liveState", state).put("targetState", target.toString());
        }
        live.stream().filter(object -> rendered.stream().noneMatch(target -> same(object, target)))
                .forEach(object -> items.addObject().put("liveState", object.toString()).put("targetState", "null"));
        return all;
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.path("kind").equals(other.path("kind"))
                && one.at("/metadata/name").equals(other.at("/metadata/name"));
    }

    private ObjectNode manifests() {
        ObjectNode all = JSON.createObjectNode();
        ArrayNode manifests = all.putArray("manifests");
        rendered.forEach(object -> {
            ObjectNode own = object.deepCopy();
            ((ObjectNode) own.path("metadata")).remove(writesNamespace ? List.of("uid") : List.of("namespace", "uid"));
            manifests.add(own.toString());
        });
        return all;
    }

    private ObjectNode details() {
        ObjectNode details = JSON.createObjectNode().put("type", "Helm");
        details.putObject("helm").put("values", values);
        return details;
    }

    private MockResponse kubernetes(String path, String body) {
        return switch (path) {
            case "/version" -> json("{\"major\": \"1\", \"minor\": \"36\", \"gitVersion\": \"v1.36.2\"}");
            case "/api/v1" -> kinds("v1", "Service services", "Secret secrets", "Namespace namespaces -");
            case "/apis/argoproj.io/v1alpha1" -> kinds("argoproj.io/v1alpha1", "Rollout rollouts",
                    "AnalysisTemplate analysistemplates", "AnalysisRun analysisruns");
            case "/apis/networking.k8s.io/v1" -> kinds("networking.k8s.io/v1", "Ingress ingresses");
            case "/apis/apps/v1" -> kinds("apps/v1", "Deployment deployments");
            case "/apis/rbac.authorization.k8s.io/v1" ->
                    kinds("rbac.authorization.k8s.io/v1", "ClusterRole clusterroles -");
            case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" -> review(node(body));
            default -> path.startsWith("/api/v1/namespaces/") ? named(path) : path.contains("/rollouts/")
                    ? live.stream().filter(object -> object.path("kind").asText().equals("Rollout"))
                            .filter(object -> path.endsWith("/" + object.at("/metadata/name").asText())).findFirst()
                            .map(object -> json(object.toString())).orElseGet(() -> status(404)) : status(404);
        };
    }

    private MockResponse named(String path) {
        if (path.contains("/services/")) {
            return service(path.replaceFirst(".*/services/", ""));
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        return namespaces.contains(name) ? json("{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\":"
                + " {\"name\": \"" + name + "\"}}") : status(404);
    }

    /** Answers for one of the live Services, or for a request through it. */
    private MockResponse service(String path) {
        if (path.contains("/proxy/")) {
            return pages.getOrDefault(path.replaceFirst(".*/proxy", ""), new MockResponse().setResponseCode(404))
                    .clone();
        }
        return live.stream().filter(object -> object.path("kind").asText().equals("Service")
                && path.equals(object.at("/metadata/name").asText())).findFirst()
                .map(object -> json(object.toString())).orElseGet(() -> status(404));
    }

    /** Changes the delivery to pods alone: no router, no route, and one Service. */
    void byPods() {
        strategy("{\"canary\": {\"steps\": [{\"setWeight\": 20}, {\"pause\": {}}]}}");
        for (List<ObjectNode> objects : List.of(live, rendered)) {
            objects.removeIf(object -> object.path("kind").asText().equals("Ingress")
                    || object.at("/metadata/name").asText().equals("shop-canary"));
            objects.forEach(object -> {
                if (object.path("kind").asText().equals("Service")) {
                    object.set("spec", node("{\"selector\": {\"app\": \"shop\"}, \"ports\": [{\"name\": \"http\","
                            + " \"port\": 80}]}"));
                } else {
                    object.withObject("/spec/template/metadata/labels").put("app", "shop");
                }
            });
        }
    }

    private MockResponse review(ObjectNode review) {
        JsonNode asked = review.at("/spec/resourceAttributes");
        String resource = asked.path("resource").asText() + (asked.path("subresource").asText("").isEmpty() ? ""
                : "/" + asked.path("subresource").asText());
        review.putObject("status").put("allowed", !forbidden.contains(asked.path("verb").asText() + " " + resource));
        return json(review.toString()).setResponseCode(201);
    }

    static MockResponse status(int code) {
        return json("{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"metadata\": {}, \"status\": \"Failure\","
                + " \"reason\": \"NotFound\", \"code\": " + code + ", \"message\": \"as it says\"}")
                .setResponseCode(code);
    }

    private static MockResponse kinds(String groupVersion, String... kinds) {
        ObjectNode list = JSON.createObjectNode().put("kind", "APIResourceList").put("groupVersion", groupVersion);
        ArrayNode resources = list.putArray("resources");
        for (String kind : kinds) {
            String[] words = kind.split(" ");
            resources.addObject().put("kind", words[0]).put("name", words[1]).put("namespaced", words.length == 2);
        }
        return json(list.toString());
    }

    private MockResponse registry(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        byte[] content = path.contains("/manifests/") ? manifest : blobs.get(last);
        return content == null ? new MockResponse().setResponseCode(404).setBody("{\"errors\": []}")
                : new MockResponse().setHeader("Content-Type", "application/vnd.oci.image.manifest.v1+json")
                        .setHeader("Docker-Content-Digest", digest(content)).setBody(new Buffer().write(content));
    }

    private ObjectNode layer(String file, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(file);
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        String digest = digest(bytes.toByteArray());
        blobs.put(digest, bytes.toByteArray());
        return JSON.createObjectNode().put("digest", digest).put("size", bytes.size());
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
    }
}
