package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.ArgoCd;
import delivery.argocd.SourceParameters;
import delivery.chart.Overlay;
import delivery.chart.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packaging of Helm: texts are set by parameters, numbers and whole lists by values. */
record HelmPackaging(Values values) implements Packaging {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public boolean hasValues() {
        return true;
    }

    @Override
    public Changes changes(Map<String, String> byPath) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Map<String, Object> written = new LinkedHashMap<>();
        // In a parameter, a brace begins a list, and a backslash is lost: a text of JSON would be another.
        byPath.forEach((path, text) -> {
            if (path.contains("[") || text.startsWith("{") || text.contains("\\")) {
                written.put(path, text);
            } else {
                parameters.put(path, text);
            }
        });
        return new Changes(parameters, values(written));
    }

    /** Sets lists by values, too: a parameter for an element keeps the others only if the values have them all. */
    @Override
    public Changes changesOfTag(Map<String, String> byPath) {
        Map<String, Object> lists = new LinkedHashMap<>(byPath);
        lists.keySet().removeIf(path -> !path.contains("["));
        return new Changes(byPath, values(lists));
    }

    @Override
    public ObjectNode values(Map<String, Object> byPath) {
        Overlay overlay = new Overlay(values);
        byPath.forEach(overlay::set);
        return JSON.valueToTree(overlay.all());
    }

    @Override
    public void move(ObjectNode source, String namespace, String releaseName) {
        ObjectNode helm = source.withObject("/helm");
        if (helm.has("namespace")) {
            helm.put("namespace", namespace); // .Release.Namespace, which defaults to the destination's
        }
        // Names in a chart may derive from the release's name, so it stays the live one.
        if (!helm.has("releaseName")) {
            helm.put("releaseName", releaseName);
        }
    }

    @Override
    public void change(ObjectNode source, Changes changes) {
        Map<String, String> named = new LinkedHashMap<>(changes.parameters());
        for (String own : List.of(SourceParameters.VALUE_FILES, SourceParameters.PATH)) {
            Optional.ofNullable(named.remove(own)).ifPresent(text -> SourceParameters.apply(source, Map.of(own, text)));
        }
        ObjectNode helm = source.withObject("/helm");
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        helm.path("parameters").forEach(parameter -> parameters.put(parameter.path("name").asText(), parameter));
        if (!changes.values().isEmpty()) {
            helm.set("valuesObject", over(source, changes.values()));
            helm.remove("values");
            parameters.keySet().removeIf(path -> names(changes.values(), path));
        }
        named.forEach((key, value) -> parameters.put(key, ArgoCd.parameter(key, value)));
        ArrayNode list = helm.putArray("parameters");
        parameters.values().forEach(list::add);
    }

    /** Argo CD reads {@code values} only without a {@code valuesObject}. */
    @Override
    public ObjectNode over(JsonNode source, ObjectNode own) {
        JsonNode helm = source.path("helm");
        Values under = helm.path("valuesObject").isObject()
                ? Values.parse("the Application's valuesObject", helm.path("valuesObject").toString())
                : Values.parse("the Application's values", helm.path("values").asText(""));
        return JSON.valueToTree(under.over(Changes.map(own)).all());
    }

    /** Whether a Helm parameter would override one of these values. */
    private static boolean names(JsonNode values, String path) {
        JsonNode at = values;
        for (String part : path.split("[.\\[]", -1)) {
            if (!at.isObject()) {
                return at.isArray();
            }
            at = at.path(part);
        }
        return !at.isMissingNode();
    }
}
