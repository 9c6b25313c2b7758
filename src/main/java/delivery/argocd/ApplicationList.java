package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/** The Applications that Argo CD shows to its user: those that the user may get, in all namespaces. */
public final class ApplicationList {

    private final Api api;

    ApplicationList(Api api) {
        this.api = api;
    }

    /** Returns the whole objects of the Applications with a name, at most one per namespace. */
    public List<JsonNode> named(String name) {
        return items("name", name).valueStream()
                .filter(item -> item.path("metadata").path("name").asText("").equals(name)).toList();
    }

    /** Returns the names of all Applications, sorted. */
    public List<String> names() {
        return items("", "").valueStream().map(item -> item.path("metadata").path("name").asText(""))
                .sorted().distinct().toList();
    }

    /** Returns the namespace of Argo CD itself; empty if Argo CD does not report it. */
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

    /** Returns the items; in an empty list they are null. An answer with neither items nor metadata is not a list. */
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
