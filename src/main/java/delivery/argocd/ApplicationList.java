package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/** The Applications that Argo CD shows to its user: of all namespaces, those that the user may get. */
public final class ApplicationList {

    private final Api api;

    ApplicationList(Api api) {
        this.api = api;
    }

    /** Those of a name, one a namespace at most, whole. */
    public List<JsonNode> named(String name) {
        return items("name", name).valueStream()
                .filter(item -> item.path("metadata").path("name").asText("").equals(name)).toList();
    }

    /** Names of all. */
    public List<String> names() {
        return items("", "").valueStream().map(item -> item.path("metadata").path("name").asText(""))
                .sorted().distinct().toList();
    }

    /** The namespace of Argo CD itself; empty if it does not tell. */
    public String ownNamespace() {
        return api.send("GET", api.url("api", "v1", "settings"), null).path("controllerNamespace").asText("");
    }

    Map<String, Map<String, String>> labelled(String label, String value) {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        items("selector", label + "=" + value).forEach(item -> found.put(item.at("/metadata/name").asText(""),
                item.at("/metadata/annotations").properties().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().asText("")))));
        return found;
    }

    /** An empty list of Argo CD has null items. An answer with neither items nor metadata is not a list. */
    private JsonNode items(String parameter, String value) {
        HttpUrl.Builder query = api.url("api", "v1", "applications").newBuilder();
        if (!parameter.isEmpty()) {
            query.addQueryParameter(parameter, value);
        }
        HttpUrl url = query.build();
        JsonNode list = api.send("GET", url, null);
        JsonNode items = list.path("items");
        if (!items.isArray() && !items.isNull() && !(items.isMissingNode() && list.path("metadata").isObject())) {
            throw api.notArgoCd("no list of Applications", "GET " + url.encodedPath());
        }
        return items;
    }
}
