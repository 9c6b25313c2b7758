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
            values = values.over(map(object));
        }
        return values.withParameters(application.parameters());
    }

    /** An Application like it, with no values of its own. */
    ObjectNode application(String name, Map<String, String> changes, Map<String, String> labels,
            Map<String, String> annotations) {
        return application(name, changes, JSON.createObjectNode(), labels, annotations);
    }

    /**
     * An Application like it, for a release of its own.
     *
     * @param name       its name, and its namespace
     * @param changes    Helm parameters that differ
     * @param own        values that differ; they are laid over the pattern's, and count for more than its parameters
     * @param labels     labels that say whose it is
     */
    ObjectNode application(String name, Map<String, String> changes, ObjectNode own, Map<String, String> labels,
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
        if (!own.isEmpty()) {
            helm.set("valuesObject", over(helm, own));
            helm.remove("values");
            parameters.keySet().removeIf(path -> names(own, path));
        }
        ArrayNode list = helm.putArray("parameters");
        parameters.values().forEach(list::add);
        return object;
    }

    /** Values over those that an Application has. Argo CD reads its {@code values} only without a {@code valuesObject}. */
    static ObjectNode over(JsonNode helm, ObjectNode own) {
        Values under = helm.path("valuesObject").isObject()
                ? Values.parse("the Application's valuesObject", helm.path("valuesObject").toString())
                : Values.parse("the Application's values", helm.path("values").asText(""));
        return JSON.valueToTree(under.over(map(own)).all());
    }

    /** Whether a Helm parameter would count for more than one of these values. */
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

    private static Map<String, ?> map(JsonNode object) {
        return JSON.convertValue(object, JSON.getTypeFactory()
                .constructMapType(LinkedHashMap.class, String.class, Object.class));
    }
}
