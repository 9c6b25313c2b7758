package delivery.restoration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.environment.OneServer;
import delivery.environment.Platform;
import delivery.history.CallLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;

/**
 * The parts of Argo CD and of a cluster that a live release needs: an Application whose sync changes a Rollout, which
 * waits on preview until it is promoted to its end, and ConfigMaps.
 */
public final class LiveServer implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String TAG = "1.0.0";
    /** The host under which users reach the release. */
    public static final String HOST = "shop.test";

    private final MockWebServer server = new MockWebServer();
    /** Method and path of every call that changes something, in order. */
    public final List<String> changes = Collections.synchronizedList(new ArrayList<>());
    /** ConfigMaps by name, with their data and annotations. */
    final Map<String, ObjectNode> configMaps = Collections.synchronizedMap(new TreeMap<>());
    private String rendered = "";
    private String other = "";
    private final ArrayNode workers = JSON.createArrayNode();
    private final Map<String, Boolean> replicaSets = new TreeMap<>(Map.of(TAG, true));
    private final ObjectNode application = (ObjectNode) json("""
            {"metadata":{"name":"shop","namespace":"argocd","resourceVersion":"1"},
             "spec":{"project":"default","destination":{"namespace":"shop-live","server":"https://c"},
              "source":{"repoURL":"https://git.test/x.git","targetRevision":"main","path":"charts/shop","helm":
               {"parameters":[{"name":"image.tag","value":"1.0.0","forceString":true}],"releaseName":"shop"}},
              "syncPolicy":{"automated":{"prune":true,"selfHeal":true},"syncOptions":["ApplyOutOfSyncOnly=true"]}},
             "status":{"sync":{"status":"Synced","revision":"abc123"},"health":{"status":"Healthy"},
              "operationState":{"phase":"Succeeded"}}}""");
    private final ObjectNode rollout = (ObjectNode) json("""
            {"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout",
             "metadata":{"name":"shop","namespace":"shop-live","uid":"u","generation":3,"resourceVersion":"7",
              "managedFields":[{"manager":"argocd-controller","operation":"Update","time":"2026-11-01T00:00:00Z",
               "fieldsV1":{"f:spec":{"f:template":{}}}}]},
             "spec":{"replicas":2,"strategy":{"blueGreen":{"activeService":"shop","scaleDownDelaySeconds":1}},
              "template":{"spec":{"containers":[{"name":"shop","image":"registry.test/shop:1.0.0"}]}}},
             "status":{"phase":"Healthy","observedGeneration":"3","currentPodHash":"h1.0.0","stableRS":"h1.0.0",
              "blueGreen":{"activeSelector":"h1.0.0"}}}""");
    /** Calls, by method and path, that are answered with 503. */
    volatile Predicate<String> down = call -> false;
    /** Calls that are carried out, but whose answers are lost. */
    volatile Predicate<String> losing = call -> false;
    /** An action that runs before each call. */
    volatile Consumer<String> before = call -> { };
    /** Whether Argo CD's stream of Applications has events; each connection ends after one. */
    public volatile boolean streaming;
    /** An action on Applications that Argo CD's user may not perform. */
    volatile String denied = "";
    private final JsonNode strategy = rollout.at("/spec/strategy").deepCopy();
    private final Map<WebSocket, String> watches = new ConcurrentHashMap<>();
    private final Map<String, String> hashes = new TreeMap<>();
    private long version = 10;

    public LiveServer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String call = request.getMethod() + " " + request.getRequestUrl().encodedPath();
                if (down.test(call)) {
                    return new MockResponse().setResponseCode(503).setHeader("Content-Type", "application/json")
                            .setBody("{\"kind\":\"Status\",\"code\":503,\"message\":\"away\"}");
                }
                before.accept(call);
                try {
                    MockResponse answer = answer(request);
                    return losing.test(call) ? new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST)
                            : answer;
                } catch (IOException unreadable) {
                    return new MockResponse().setResponseCode(500);
                }
            }
        });
        server.start();
        compared();
    }

    /** Opens the platform. */
    public Platform platform(Path folder, Map<String, String> settings) throws IOException {
        Map<String, String> all = new TreeMap<>(settings);
        all.putIfAbsent("APPLICATION", "shop");
        all.putIfAbsent("MODE", "in-place");
        return OneServer.platform(server.url("/").toString().replaceFirst("/$", ""), folder, new CallLog(), all);
    }

    public synchronized JsonNode application() {
        return application.deepCopy();
    }

    public synchronized JsonNode spec() {
        return application.path("spec").deepCopy();
    }

    public synchronized JsonNode rollout() {
        return rollout.deepCopy();
    }

    /** Returns the tags of the ReplicaSets that exist. */
    public synchronized List<String> replicaSets() {
        return List.copyOf(replicaSets.keySet());
    }

    /** Lets a version's ReplicaSet have pods, or have none any more. */
    public synchronized void keepsPods(String tag, boolean kept) {
        replicaSets.put(tag, kept);
        sendState();
    }

    /** Gives the pods a second container, after the release's own one. */
    public synchronized void hasSidecar(String name, String image) {
        ((ArrayNode) rollout.at("/spec/template/spec/containers")).addObject().put("name", name).put("image", image);
    }

    /** Names the release's own container. */
    public synchronized void hasContainer(String name) {
        ((ObjectNode) rollout.at("/spec/template/spec/containers/0")).put("name", name);
    }

    /** Has Argo CD leave the Rollout alone when it syncs. */
    public synchronized void ignoresRollout() {
        ((ObjectNode) application.path("spec")).putArray("ignoreDifferences").addObject().put("kind", "Rollout")
                .putArray("jqPathExpressions").add(".spec.template.spec.containers[].image");
        compared();
    }

    /** Gives the Application a parameter and a value whose names do not suggest a secret. */
    public synchronized void holdsSecrets() {
        ((ArrayNode) application.at("/spec/source/helm/parameters")).addObject().put("name", "database")
                .put("value", "u:s3cret@db");
        application.withObject("/spec/source/helm/valuesObject").put("pin", "p4ss");
        compared();
    }

    /** Changes the Application as another person. */
    public synchronized void edited(String manager, String field, String value) {
        ((ObjectNode) application.path("spec")).put(field, value);
        ((ObjectNode) application.path("metadata")).putArray("managedFields").addObject().put("manager", manager)
                .put("operation", "Update").put("time", "2026-11-26T12:00:00Z").putObject("fieldsV1")
                .putObject("f:spec").putObject("f:" + field);
    }

    /** Changes the Rollout as another person. */
    synchronized void rolloutEdited(String manager, int replicas) {
        ((ObjectNode) rollout.path("spec")).put("replicas", replicas);
        wrote(manager, "", "2026-11-26T12:00:00Z", "replicas");
    }

    /** Changes the number of replicas, as an autoscaler does. */
    synchronized void scaled(int replicas) {
        ((ObjectNode) rollout.path("spec")).put("replicas", replicas);
        wrote("kube-controller-manager", "scale", "2026-11-26T12:00:00Z", "replicas");
        sendState();
    }

    /** Records that somebody has written fields of the Rollout's specification. */
    synchronized void wrote(String manager, String subresource, String time, String... fields) {
        ArrayNode writers = (ArrayNode) rollout.at("/metadata/managedFields");
        for (int index = writers.size() - 1; index >= 0; index--) {
            if (writers.get(index).path("manager").asText().equals(manager)) {
                writers.remove(index);
            }
        }
        ObjectNode entry = writers.addObject().put("manager", manager).put("operation", "Update")
                .put("time", time);
        if (!subresource.isEmpty()) {
            entry.put("subresource", subresource);
        }
        ObjectNode spec = entry.putObject("fieldsV1").putObject("f:spec");
        for (String field : fields) {
            spec.putObject("f:" + field);
        }
    }

    /** Sets a field of the Rollout's specification that no sync puts back. */
    synchronized void rolloutField(String field, int value) {
        ((ObjectNode) rollout.path("spec")).put(field, value);
    }

    /** Compares and syncs a commit that leaves the Application as it is, except for its revision. */
    synchronized void committed(String revision, String tag) {
        ((ObjectNode) application.at("/status/sync")).put("revision", revision);
        deploy(tag);
    }

    /** Sets a field of the Application's object, by its path. */
    public synchronized void status(String path, JsonNode value) {
        int last = path.lastIndexOf('/');
        application.withObject(path.substring(0, last)).set(path.substring(last + 1), value);
    }

    /** Brings the version back in a ReplicaSet of another name. */
    synchronized void renamed(String tag, String hash) {
        hashes.put(tag, hash);
    }

    private String hash(String tag) {
        return hashes.getOrDefault(tag, "h" + tag);
    }

    /** Starts a canary of the version that was synced last, which serves some of the users. */
    public synchronized void onCanary() {
        ((ObjectNode) rollout.path("spec")).set("strategy",
                json("{\"canary\":{\"trafficRouting\":{\"nginx\":{\"stableIngress\":\"shop\"}}}}"));
        ((ObjectNode) rollout.path("status")).set("canary",
                json("{\"weights\":{\"canary\":{\"weight\":20},\"stable\":{\"weight\":80}}}"));
    }

    /** Makes the chart set the namespace of its objects, and the Application name none. */
    synchronized void withoutDestination() {
        ((ObjectNode) application.at("/spec/destination")).remove("namespace");
    }

    /** Leaves the template of an old ReplicaSet, with its defaults, as an undo does. */
    public synchronized void undone() {
        ((ObjectNode) rollout.at("/spec/template/spec")).put("restartPolicy", "Always");
        ((ObjectNode) rollout.at("/spec/template/spec/containers/0")).put("terminationMessagePath", "/dev/log");
    }

    private synchronized MockResponse answer(RecordedRequest request) throws IOException {
        String path = request.getRequestUrl().encodedPath();
        String method = request.getMethod();
        if ("true".equals(request.getRequestUrl().queryParameter("watch"))) {
            return new MockResponse().withWebSocketUpgrade(new WebSocketListener() {
                @Override
                public void onOpen(WebSocket socket, Response response) {
                    watches.put(socket, path.substring(path.lastIndexOf('/') + 1));
                    sendState();
                }

                @Override
                public void onClosing(WebSocket socket, int code, String reason) {
                    socket.close(1000, null);
                }
            });
        }
        if (!method.equals("GET") && !path.contains("selfsubjectaccessreviews")) {
            changes.add(method + " " + path);
        }
        if (String.valueOf(request.getHeader("Host")).startsWith(HOST)) {
            return ok("{\"version\":\"" + rollout.at("/status/stableRS").asText().substring(1) + "\"}");
        }
        if (path.startsWith("/api/v1/namespaces/argocd/configmaps")) {
            return configMaps(method, path, request.getBody().readUtf8());
        }
        if (path.startsWith("/api/v1/applications")) {
            return argoCd(method, path, request);
        }
        if (path.contains("/rollouts")) {
            return rollouts(method, path, request.getBody().readUtf8());
        }
        if (path.contains("/replicasets") && method.equals("DELETE")) {
            replicaSets.remove(path.substring(path.lastIndexOf("shop-") + "shop-".length()));
            return ok("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
        }
        if (path.startsWith("/api/v1/account/can-i/applications/")) {
            boolean may = denied.isEmpty() || !path.contains("/" + denied + "/");
            return ok("{\"value\":\"" + (may ? "yes" : "no") + "\"}");
        }
        return switch (path) {
            case "/version" -> ok("{\"gitVersion\":\"v1.34.1\"}");
            case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" -> ok("{\"apiVersion\":"
                    + "\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\",\"spec\":{},\"status\":"
                    + "{\"allowed\":true}}");
            default -> path.startsWith("/api/v1/stream") ? streamed()
                    : path.endsWith("/replicasets") ? list(replicaSetObjects())
                    : path.endsWith("/pods") ? list(workers) : list(JSON.createArrayNode());
        };
    }

    private MockResponse streamed() {
        ObjectNode event = JSON.createObjectNode();
        event.putObject("result").put("type", "MODIFIED").set("application", application);
        return streaming ? ok(event + "\n") : new MockResponse().setResponseCode(404);
    }

    /** Sends the current state to all watches. */
    private synchronized void sendState() {
        ((ObjectNode) rollout.path("metadata")).put("resourceVersion", String.valueOf(++version));
        watches.forEach((socket, plural) -> {
            if (plural.equals("rollouts")) {
                socket.send("{\"type\":\"MODIFIED\",\"object\":" + rollout + "}");
            } else if (plural.equals("replicasets")) {
                replicaSetObjects().forEach(set ->
                        socket.send("{\"type\":\"MODIFIED\",\"object\":" + set + "}"));
            }
        });
    }

    private MockResponse configMaps(String method, String path, String body) throws IOException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (method.equals("POST")) {
            ObjectNode object = (ObjectNode) JSON.readTree(body);
            if (configMaps.containsKey(object.at("/metadata/name").asText())) {
                return refused(409, "AlreadyExists");
            }
            ((ObjectNode) object.path("metadata")).put("resourceVersion", String.valueOf(++version));
            configMaps.put(object.at("/metadata/name").asText(), object);
            return ok(object.toString());
        }
        ObjectNode found = configMaps.get(name);
        if (found == null) {
            return refused(404, "NotFound");
        }
        if (method.equals("DELETE")) {
            configMaps.remove(name);
        } else if (method.equals("PATCH")) {
            JsonNode expected = JSON.readTree(body).at("/metadata/resourceVersion");
            if (expected.isTextual() && !expected.equals(found.at("/metadata/resourceVersion"))) {
                return refused(409, "Conflict");
            }
            JSON.readerForUpdating(found).readValue(body);
            ((ObjectNode) found.path("metadata")).put("resourceVersion", String.valueOf(++version));
        }
        return ok(found.toString());
    }

    private static MockResponse refused(int code, String reason) {
        return ok("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"" + reason
                + "\",\"code\":" + code + "}").setResponseCode(code);
    }

    private MockResponse argoCd(String method, String path, RecordedRequest request) throws IOException {
        if (path.endsWith("/sync")) {
            sync();
            return ok(application.toString());
        }
        if (method.equals("PATCH")) {
            JsonNode patch = JSON.readTree(JSON.readTree(request.getBody().readUtf8()).path("patch").asText());
            if (!patch.at("/0/value").equals(application.path("spec"))) {
                return ok("{\"message\":\"error applying patch: testing value /spec failed\"}").setResponseCode(500);
            }
            application.set("spec", patch.at("/1/value"));
            compared();
        }
        if (path.endsWith("/applications")) {
            ObjectNode list = JSON.createObjectNode();
            list.putObject("metadata");
            list.putArray("items").add(application);
            return ok(list.toString());
        }
        return ok(path.endsWith("/syncwindows") ? "{}" : path.endsWith("/managed-resources") ? managed()
                : application.toString());
    }

    /** Makes Argo CD render a Rollout of this name instead. */
    public synchronized void renders(String rolloutsName) {
        rendered = rolloutsName;
    }

    /** Has another workload of the Application run this image. */
    synchronized void hasWorker(String image) {
        workers.addObject().putObject("metadata").put("name", "worker");
        ((ObjectNode) workers.get(0)).putObject("spec").putArray("containers").addObject().put("image", image);
    }

    /** Makes Argo CD render a Deployment, too, whose image is of this repository and gets the tag of the release. */
    public synchronized void rendersWithTheSameTag(String repository) {
        other = repository;
    }

    private String managed() {
        ObjectNode object = JSON.createObjectNode().put("apiVersion", "argoproj.io/v1alpha1").put("kind", "Rollout");
        object.putObject("metadata").put("name", rendered.isEmpty() ? rollout().at("/metadata/name").asText()
                : rendered);
        object.putObject("spec").putObject("template").putObject("spec").putArray("containers").addObject()
                .put("image", "registry.test/shop:" + askedTag());
        ObjectNode all = JSON.createObjectNode();
        ArrayNode items = all.putArray("items");
        items.addObject().put("liveState", "null").put("targetState", object.toString());
        if (!other.isEmpty()) {
            items.addObject().put("liveState", "null").put("targetState", "{\"kind\":\"Deployment\",\"metadata\":"
                    + "{\"name\":\"worker\"},\"spec\":{\"containers\":[{\"image\":\"" + other + ":" + askedTag()
                    + "\"}]}}");
        }
        return all.toString();
    }

    /** Compares what the Application asks for now, as Argo CD does. */
    private void compared() {
        ((ObjectNode) application.path("metadata")).put("resourceVersion", String.valueOf(++version));
        ObjectNode status = (ObjectNode) application.at("/status/sync");
        status.putObject("comparedTo").set("source", application.at("/spec/source"));
    }

    private String askedTag() {
        return application.at("/spec/source/helm/parameters").valueStream()
                .filter(parameter -> parameter.path("name").asText().equals("image.tag"))
                .map(parameter -> parameter.path("value").asText()).findFirst().orElseThrow();
    }

    private void sync() {
        String tag = askedTag();
        if (application.at("/spec/ignoreDifferences").isEmpty()) {
            deploy(tag);
        }
        compared();
    }

    private void deploy(String tag) {
        ObjectNode container = (ObjectNode) rollout.at("/spec/template/spec/containers/0");
        container.put("image", "registry.test/shop:" + tag);
        ((ObjectNode) rollout.path("spec")).set("strategy", strategy);
        ((ObjectNode) rollout.path("metadata")).put("generation", ++version);
        ObjectNode status = (ObjectNode) rollout.path("status");
        boolean stable = status.path("stableRS").asText().equals(hash(tag));
        status.put("observedGeneration", String.valueOf(version)).put("currentPodHash", hash(tag))
                .put("phase", stable ? "Healthy" : "Paused");
        replicaSets.put(tag, true);
        replicaSets.replaceAll((other, up) -> other.equals(tag)
                || status.path("stableRS").asText().equals(hash(other)));
        sendState();
    }

    private MockResponse rollouts(String method, String path, String body) {
        if (method.equals("PATCH") && path.endsWith("/status") && body.contains("promoteFull")) {
            ObjectNode status = (ObjectNode) rollout.path("status");
            String hash = status.path("currentPodHash").asText();
            status.put("stableRS", hash).put("phase", "Healthy");
            ((ObjectNode) status.path("blueGreen")).put("activeSelector", hash);
            replicaSets.replaceAll((tag, up) -> hash.equals(hash(tag)));
            sendState();
        }
        if (method.equals("PATCH") && path.endsWith("/status") && body.contains("abort")) {
            ((ObjectNode) rollout.path("status")).put("abort", true).put("phase", "Degraded").set("canary",
                    json("{\"weights\":{\"canary\":{\"weight\":0},\"stable\":{\"weight\":100}}}"));
            sendState();
        }
        if (method.equals("PATCH") && path.endsWith("/status") && body.contains("\"weights\":null")) {
            ((ObjectNode) rollout.path("status")).remove("canary");
            sendState();
        }
        if (method.equals("PATCH") && path.endsWith("/shop")) {
            JsonNode patch = json(body);
            assertThat(patch.at("/0")).isEqualTo(json("{\"op\":\"test\",\"path\":\"/metadata/generation\",\"value\":"
                    + rollout.at("/metadata/generation") + "}"));
            if (patch.at("/1/path").asText().equals("/spec/template/spec/containers/0/image")) {
                deploy(tag(patch.at("/1/value")));
            } else if (patch.at("/1/path").asText().equals("/spec")) {
                String tag = tag(patch.at("/1/value/template/spec/containers/0/image"));
                boolean another = !tag.equals(tag(rollout.at("/spec/template/spec/containers/0/image")));
                rollout.set("spec", patch.at("/1/value"));
                if (another) {
                    deploy(tag);
                }
            } else {
                assertThat(patch.at("/1/path").asText()).isEqualTo("/spec/template");
                ((ObjectNode) rollout.path("spec")).set("template", patch.at("/1/value"));
            }
            sendState();
        }
        return path.endsWith("/rollouts") ? list(JSON.createArrayNode().add(rollout)) : ok(rollout.toString());
    }

    private static String tag(JsonNode image) {
        return image.asText().substring(image.asText().lastIndexOf(':') + 1);
    }

    private ArrayNode replicaSetObjects() {
        ArrayNode items = JSON.createArrayNode();
        replicaSets.forEach((tag, up) -> items.add(json("""
                {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"shop-%s","namespace":"shop-live",
                 "resourceVersion":"%d","labels":{"rollouts-pod-template-hash":"%s"},"ownerReferences":
                 [{"uid":"u","controller":true,"kind":"Rollout","name":"shop","apiVersion":"argoproj.io/v1alpha1"}]},
                 "spec":{"replicas":%d,"template":{"spec":{"containers":[{"name":"shop",
                 "image":"registry.test/shop:%s"}]}}},"status":{"readyReplicas":%d,"availableReplicas":%d}}"""
                .formatted(tag, version, hash(tag), up ? 2 : 0, tag, up ? 2 : 0, up ? 2 : 0))));
        return items;
    }

    private MockResponse list(ArrayNode items) {
        ObjectNode list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", String.valueOf(version));
        list.set("items", items);
        return ok(list.toString());
    }

    private static MockResponse ok(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(text, unreadable);
        }
    }

    /** Returns the journal, if there is one. */
    public Optional<ObjectNode> journal() {
        return Optional.ofNullable(configMaps.get("progressive-delivery-shop"));
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
    }
}
