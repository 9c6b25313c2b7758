package delivery.argocd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * The objects of an Application, as Argo CD has them. It answers with each as a text that holds JSON; what a Secret
 * holds is left out by Argo CD itself.
 */
public record ApplicationResources(Api api) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> UNHEALTHY = Set.of("Degraded", "Missing", "Progressing", "Suspended", "Unknown");
    private static final int MOST = 3;

    /** All that Argo CD renders for it now, hooks among it. Their namespaces are those that the chart writes. */
    public List<JsonNode> rendered(Application application) {
        HttpUrl url = url(application, "manifests");
        JsonNode manifests = api.send("GET", url, null).path("manifests");
        if (!manifests.isArray() && !manifests.isMissingNode() && !manifests.isNull()) {
            throw api.notArgoCd("no manifests", "GET " + url.encodedPath());
        }
        return manifests.valueStream().map(manifest -> object(manifest, url)).toList();
    }

    /**
     * What Argo CD manages of an Application.
     *
     * @param live     what it holds in the cluster
     * @param compared what the controller compared that with, hooks left out: the very objects that a sync would apply
     */
    public record Managed(List<JsonNode> live, List<JsonNode> compared) {
    }

    /** What the controller compared the cluster with. */
    public List<JsonNode> compared(Application application) {
        return managed(application).compared();
    }

    /** What it holds in the cluster. */
    public List<JsonNode> live(Application application) {
        return managed(application).live();
    }

    /** What it holds in the cluster, and should hold. */
    public Managed managed(Application application) {
        HttpUrl url = url(application, "managed-resources");
        JsonNode items = api.send("GET", url, null).path("items");
        return new Managed(objects(items, "liveState", url), objects(items, "targetState", url));
    }

    /**
     * Why an Application that is not healthy is not: the objects below it that Argo CD holds against it, each with what
     * it says of it. Empty if it names none.
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
            // Told below: no object.
        }
        throw api.notArgoCd("what is not an object", "GET " + url.encodedPath());
    }

    private HttpUrl url(Application application, String what) {
        return api.url("api", "v1", "applications", application.name(), what).newBuilder()
                .addQueryParameter("project", application.project()).build();
    }
}
