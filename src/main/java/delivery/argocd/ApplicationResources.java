package delivery.argocd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * The objects of an Application, as Argo CD has them. Each is a text that contains JSON; Argo CD itself removes the
 * contents of Secrets.
 */
public record ApplicationResources(Api api) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> UNHEALTHY = Set.of("Degraded", "Missing", "Progressing", "Suspended", "Unknown");
    private static final int MOST = 3;

    /** Returns all objects that Argo CD renders now, hooks included, with the namespaces that the chart gives. */
    public List<JsonNode> rendered(Application application) {
        HttpUrl url = url(application, "manifests");
        JsonNode manifests = api.send("GET", url, null).path("manifests");
        if (!manifests.isArray() && !manifests.isMissingNode() && !manifests.isNull()) {
            throw api.notArgoCd("no manifests", "GET " + url.encodedPath());
        }
        return manifests.valueStream().map(manifest -> object(manifest, url)).toList();
    }

    /**
     * The objects that Argo CD manages for an Application.
     *
     * @param live     the objects in the cluster
     * @param compared the target of the controller's comparison, hooks excluded: exactly what a sync would apply
     */
    public record Managed(List<JsonNode> live, List<JsonNode> compared) {
    }

    /** Returns the objects that the controller compared the cluster with. */
    public List<JsonNode> compared(Application application) {
        return managed(application).compared();
    }

    /** Returns the Application's objects in the cluster. */
    public List<JsonNode> live(Application application) {
        return managed(application).live();
    }

    /** Returns the Application's objects in the cluster, and those that should be there. */
    public Managed managed(Application application) {
        HttpUrl url = url(application, "managed-resources");
        JsonNode items = api.send("GET", url, null).path("items");
        return new Managed(objects(items, "liveState", url), objects(items, "targetState", url));
    }

    /**
     * Returns why an Application is not healthy: its objects that Argo CD finds unhealthy, each with Argo CD's message.
     * Empty if there are none.
     */
    public Optional<String> unhealthy(Application application) {
        List<String> found = api.send("GET", url(application, "resource-tree"), null).path("nodes").valueStream()
                .filter(node -> UNHEALTHY.contains(node.at("/health/status").asText("")))
                .map(node -> node.path("kind").asText() + " " + node.path("name").asText() + " is "
                        + node.at("/health/status").asText()
                        + (node.at("/health/message").asText("").isBlank() ? ""
                        : " (" + node.at("/health/message").asText().strip() + ")")).distinct().limit(MOST).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of("Argo CD says of the Application "
                + application.name() + " that " + String.join(", ", found));
    }

    private List<JsonNode> objects(JsonNode items, String state, HttpUrl url) {
        return items.valueStream().map(item -> item.path(state)).filter(text -> !text.asText("null").equals("null"))
                .map(text -> object(text, url)).toList();
    }

    private JsonNode object(JsonNode text, HttpUrl url) {
        try {
            JsonNode object = JSON.readTree(text.asText());
            if (object.path("kind").isTextual()) {
                return object;
            }
        } catch (JsonProcessingException unreadable) {
            // Reported below as not an object.
        }
        throw api.notArgoCd("what is not an object", "GET " + url.encodedPath());
    }

    private HttpUrl url(Application application, String what) {
        return api.url("api", "v1", "applications", application.name(), what).newBuilder()
                .addQueryParameter("project", application.project()).build();
    }
}
