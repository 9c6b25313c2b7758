package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.chart.Values;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The changes that distinguish a release from the live Application.
 *
 * @param parameters Helm parameters by path, or Kustomize's images and overlay
 * @param values     changes that no parameter can make, by an Application's {@code valuesObject} or Kustomize's patches
 */
public record Changes(Map<String, String> parameters, ObjectNode values) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Changes {
        parameters = new LinkedHashMap<>(parameters);
    }

    public Changes and(Changes others) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(others.parameters);
        return new Changes(all, both(values, others.values));
    }

    /** Both changes combined; if both change the same list, only this one's list applies. */
    public Changes over(Changes others) {
        Changes all = and(others);
        return new Changes(all.parameters, both(others.values, values));
    }

    public Changes and(ObjectNode others) {
        return new Changes(parameters, both(values, others));
    }

    private static ObjectNode both(ObjectNode under, ObjectNode over) {
        if (under.has(Application.PATCHES) && over.has(Application.PATCHES)) {
            ObjectNode all = under.deepCopy();
            over.path(Application.PATCHES).forEach(all.withArray(Application.PATCHES)::add);
            return all;
        }
        return JSON.valueToTree(Values.parse("values", under.toString()).over(map(over)).all());
    }

    static Map<String, ?> map(JsonNode object) {
        return JSON.convertValue(object, JSON.getTypeFactory()
                .constructMapType(LinkedHashMap.class, String.class, Object.class));
    }
}
