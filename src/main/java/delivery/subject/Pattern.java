package delivery.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ArgoCd;
import delivery.chart.Values;
import delivery.registry.ImageName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The user's own Application, which the scenarios' are patterned on. It is only read.
 *
 * @param values what its chart is rendered with
 * @param image  the image that it deploys: the old version
 */
public record Pattern(Application application, Values values, ImageName image) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the chart's values at the revision that is deployed. */
    public static Pattern of(Application application, ArgoCd argoCd) {
        Values values = values(application, argoCd);
        return new Pattern(application, values,
                ImageName.parse(values.text("image.repository") + ":" + values.text("image.tag")));
    }

    /** The values that an Application's chart is rendered with, at the revision that was deployed last. */
    static Values values(Application application, ArgoCd argoCd) {
        JsonNode source = application.deployed();
        Values values = Values.parse(source.path("path").asText("chart") + "/values.yaml", argoCd.values(application));
        if (!source.path("helm").path("values").asText("").isBlank()) {
            values = values.over(Values.parse("the Application's values", source.path("helm").path("values").asText()));
        }
        if (source.path("helm").path("valuesObject") instanceof ObjectNode object) {
            Map<String, ?> map = JSON.convertValue(object, JSON.getTypeFactory()
                    .constructMapType(LinkedHashMap.class, String.class, Object.class));
            values = values.over(map);
        }
        return values.withParameters(application.parameters());
    }

    /**
     * An Application like it, for a release of its own.
     *
     * @param name       its name, and its namespace
     * @param changes    Helm parameters that differ
     * @param labels     labels that say whose it is
     */
    ObjectNode application(String name, Map<String, String> changes, Map<String, String> labels,
            Map<String, String> annotations) {
        ObjectNode object = JSON.createObjectNode().put("apiVersion", "argoproj.io/v1alpha1").put("kind", "Application");
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        labels.forEach(metadata.putObject("labels")::put);
        annotations.forEach(metadata.putObject("annotations")::put);
        ObjectNode spec = application.spec().deepCopy();
        object.set("spec", spec);
        spec.withObject("/destination").put("namespace", name);
        ObjectNode helm = spec.withObject("/source/helm");
        // Names in a chart may come from the release's name: it stays the pattern's.
        if (!helm.has("releaseName")) {
            helm.put("releaseName", application.name());
        }
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        helm.path("parameters").forEach(parameter -> parameters.put(parameter.path("name").asText(), parameter));
        changes.forEach((key, value) -> parameters.put(key, ArgoCd.parameter(key, value)));
        ArrayNode list = helm.putArray("parameters");
        parameters.values().forEach(list::add);
        return object;
    }
}
