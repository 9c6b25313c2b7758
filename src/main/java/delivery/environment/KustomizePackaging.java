package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.SourceParameters;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The packaging of Kustomize: images are set by name, the overlay by its path, and everything else by patches of the
 * rendered objects. A patched place is written {@code IngressRoute/shop#/spec/routes/0/match}.
 */
final class KustomizePackaging implements Packaging {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public boolean hasValues() {
        return false;
    }

    @Override
    public Changes changes(Map<String, String> byPath) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Map<String, Object> patched = new LinkedHashMap<>();
        byPath.forEach((path, text) -> {
            if (SourceParameters.isKustomize(path)) {
                parameters.put(path, text);
            } else {
                patched.put(path, text);
            }
        });
        return new Changes(parameters, values(patched));
    }

    @Override
    public Changes changesOfTag(Map<String, String> byPath) {
        return changes(byPath);
    }

    @Override
    public ObjectNode values(Map<String, Object> byPath) {
        ObjectNode values = JSON.createObjectNode();
        byPath.forEach((path, value) -> {
            String[] object = path.substring(0, path.indexOf('#')).split("/");
            ObjectNode patch = values.withArray(Application.PATCHES).addObject();
            patch.putObject("target").put("kind", object[0]).put("name", object[1]);
            ArrayNode operations = JSON.createArrayNode();
            // This also replaces an existing value.
            operations.addObject().put("op", "add").put("path", path.substring(path.indexOf('#') + 1))
                    .set("value", JSON.valueToTree(value));
            patch.put("patch", operations.toString());
        });
        return values;
    }

    @Override
    public void move(ObjectNode source, String namespace, String releaseName) {
        source.withObject("/kustomize").put("namespace", namespace);
    }

    @Override
    public void change(ObjectNode source, Changes changes) {
        SourceParameters.apply(source, changes.parameters());
        JsonNode patches = changes.values().path(Application.PATCHES);
        if (!patches.isEmpty()) {
            ArrayNode all = source.withObject("/kustomize").withArray(Application.PATCHES);
            patches.forEach(all::add);
        }
    }

    @Override
    public ObjectNode over(JsonNode source, ObjectNode own) {
        ObjectNode all = JSON.createObjectNode();
        ArrayNode patches = all.putArray(Application.PATCHES);
        source.path("kustomize").path(Application.PATCHES).forEach(patches::add);
        own.path(Application.PATCHES).forEach(patches::add);
        return all;
    }
}
