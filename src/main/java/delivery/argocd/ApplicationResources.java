package delivery.argocd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * The objects of an Application, as Argo CD has them. It answers with each as a text that holds JSON; what a Secret
 * holds is left out by Argo CD itself.
 */
public record ApplicationResources(Api api) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All that Argo CD renders for it now, hooks among it. Their namespaces are those that the chart writes. */
    public List<JsonNode> rendered(Application application) {
        HttpUrl url = url(application, "manifests");
        JsonNode manifests = api.send("GET", url, null).path("manifests");
        if (!manifests.isArray() && !manifests.isMissingNode() && !manifests.isNull()) {
            throw api.notArgoCd("no manifests", "GET " + url.encodedPath());
        }
        return manifests.valueStream().map(manifest -> object(manifest, url)).toList();
    }

    /** What the controller compared the cluster with, hooks left out: the very objects that a sync would apply. */
    public List<JsonNode> compared(Application application) {
        return managed(application, "targetState");
    }

    /** What it holds in the cluster. */
    public List<JsonNode> live(Application application) {
        return managed(application, "liveState");
    }

    private List<JsonNode> managed(Application application, String state) {
        HttpUrl url = url(application, "managed-resources");
        return api.send("GET", url, null).path("items").valueStream()
                .map(item -> item.path(state)).filter(text -> !text.asText("null").equals("null"))
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
