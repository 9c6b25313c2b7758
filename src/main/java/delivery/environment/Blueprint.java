package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ArgoCd;
import delivery.argocd.ChartValues;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.clone.ManifestObject;
import delivery.failure.EnvironmentNotFit;
import delivery.registry.ImageName;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import delivery.traffic.ToldVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The user's own Application, which the scenarios' are patterned on. It is only read.
 *
 * @param values what its chart is rendered with
 * @param image  the image that it deploys: the old version
 * @param live   what its release holds, and clones must keep away from
 * @param told   how it tells its version
 * @param strategies that the delivery releases by
 */
public record Blueprint(Application application, Values values, ImageName image, LiveRelease live,
        ToldVersion told, Strategies strategies) {

    public static final String TAG = "image.tag";
    private static final String STRATEGY = "rollouts.strategy";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the chart's values, and what the release holds.
     *
     * @throws EnvironmentNotFit if its image is named by a digest
     */
    public static Blueprint of(Application application, ArgoCd argoCd) {
        Values values = values(application, argoCd);
        List<ManifestObject> objects = Stream.concat(argoCd.resources().live(application).stream(),
                argoCd.resources().compared(application).stream()).map(ManifestObject::new).toList();
        return new Blueprint(application, values, image(values),
                LiveRelease.of(application.spec().at("/destination/namespace").asText(""), objects));
    }

    /** One that tells its version by its tag, and releases by either strategy. */
    public Blueprint(Application application, Values values, ImageName image, LiveRelease live) {
        this(application, values, image, live, ToldVersion.byTag(), Strategies.BOTH);
    }

    Blueprint with(ToldVersion version, Strategies known) {
        return new Blueprint(application, values, image, live, version, known);
    }

    private static ImageName image(Values values) {
        String tag = values.text(TAG);
        if (tag.contains("@")) {
            throw new EnvironmentNotFit("The Application's " + TAG + " has a digest beside the tag: " + tag
                    + "; versions are told apart by their tags alone", "Set " + TAG + " to "
                    + tag.substring(0, tag.indexOf('@')) + " for the time of the run");
        }
        return ImageName.parse(values.text("image.repository") + ":" + tag);
    }

    /** The Helm parameters that make a release of its own. */
    public static Map<String, String> parameters(String host, Strategy strategy, String tag) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("host", host);
        parameters.putAll(parameters(strategy));
        parameters.put(TAG, tag);
        return parameters;
    }

    /** The Helm parameter that has a release follow a strategy, as the chart's values spell it. */
    public static Map<String, String> parameters(Strategy strategy) {
        return Map.of(STRATEGY, strategy == Strategy.CANARY ? "canary" : "blueGreen");
    }

    /**
     * The values that an Application's chart is rendered with, at the revision that Argo CD compares with now: the
     * chart's file, the Application's value files, its values, its parameters.
     */
    public static Values values(Application application, ArgoCd argoCd) {
        ChartValues chart = argoCd.values(application);
        Values values = chart.files().stream().map(file -> Values.parse(file.name(), file.text()))
                .reduce(Values::over).orElseThrow().withMerged(chart.merged());
        JsonNode helm = application.spec().path("source").path("helm");
        if (helm.path("valuesObject") instanceof ObjectNode object) {
            values = values.over(map(object));
        } else if (!helm.path("values").asText("").isBlank()) {
            values = values.over(Values.parse("the Application's values", helm.path("values").asText()));
        }
        return values.withParameters(application.parameters());
    }

    /** An Application like it, with no values of its own. */
    public ObjectNode application(String name, Map<String, String> changes, Map<String, String> labels,
            Map<String, String> annotations) {
        return application(name, changes, JSON.createObjectNode(), labels, annotations);
    }

    /**
     * An Application like it, for a release of its own: without automated sync, and at the revision that the pattern's
     * cluster was compared with.
     *
     * @param name       its name, and its namespace
     * @param changes    Helm parameters that differ
     * @param own        values that differ; they are laid over the pattern's, and count for more than its parameters
     * @param labels     labels that say whose it is
     */
    public ObjectNode application(String name, Map<String, String> changes, ObjectNode own, Map<String, String> labels,
            Map<String, String> annotations) {
        ObjectNode object = JSON.createObjectNode().put("apiVersion", "argoproj.io/v1alpha1")
                .put("kind", "Application");
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        labels.forEach(metadata.putObject("labels")::put);
        annotations.forEach(metadata.putObject("annotations")::put);
        ObjectNode spec = application.spec().deepCopy();
        object.set("spec", spec);
        if (spec.path("syncPolicy") instanceof ObjectNode policy) {
            policy.remove("automated");
        }
        if (!application.comparedRevision().isEmpty()) {
            spec.withObject("/source").put("targetRevision", application.comparedRevision());
        }
        spec.withObject("/destination").put("namespace", name);
        ObjectNode helm = spec.withObject("/source/helm");
        if (helm.has("namespace")) {
            helm.put("namespace", name); // .Release.Namespace, which is the destination's where this is not set
        }
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

    /**
     * Values over those that an Application has. Argo CD reads its {@code values} only without a {@code valuesObject}.
     */
    public static ObjectNode over(JsonNode helm, ObjectNode own) {
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
