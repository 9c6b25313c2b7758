package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ArgoCd;
import delivery.argocd.ChartValues;
import delivery.chart.Overlay;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.failure.UnresolvedLayout;
import delivery.layout.ValuePlaces;
import delivery.registry.ImageName;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import delivery.settings.Settings;
import delivery.traffic.ToldVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The user's own Application, which the scenarios' are patterned on. It is only read.
 *
 * @param values what its chart is rendered with
 * @param image  the image that it deploys: the old version
 * @param live   what its release holds, and clones must keep away from
 * @param places where its values say what a release is made of
 * @param told   how it tells its version
 * @param strategies that the delivery releases by
 */
public record Blueprint(Application application, Values values, ImageName image, LiveRelease live, ValuePlaces places,
        ToldVersion told, Strategies strategies) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One whose values stand where those of the lab's own chart do, and that tells its version by its tag. */
    public Blueprint(Application application, Values values, ImageName image, LiveRelease live) {
        this(application, values, image, live, ValuePlaces.OF_THE_LAB, ToldVersion.byTag(), Strategies.BOTH);
    }

    /** The same, of which it is known how it tells its version. */
    Blueprint telling(ToldVersion version) {
        return new Blueprint(application, values, image, live, places, version, strategies);
    }

    /**
     * Of an Application that was looked at.
     *
     * @param settings may name the strategies, which are found if they do not
     * @throws UnresolvedLayout if it is not known what a release needs
     */
    static Blueprint of(Application application, DeliverySurvey survey, Settings settings) {
        List<String> questions = survey.layout().refusals();
        if (!questions.isEmpty()) {
            throw new UnresolvedLayout(application.name(), questions);
        }
        String image = survey.layout().image().orElseThrow().toString();
        try {
            Strategies strategies = settings.strategies().orElseGet(() -> new Strategies(Strategies.BOTH.all().stream()
                    .filter(survey.layout().places()::offers).collect(Collectors.toSet())));
            return new Blueprint(application, survey.values(), ImageName.parse(image), survey.live(),
                    survey.layout().places(), ToldVersion.byTag(), strategies);
        } catch (IllegalArgumentException unreadable) {
            throw new UnresolvedLayout(application.name(), List.of("its image " + image
                    + " has no tag, by which versions are told apart; deploy it by one"));
        }
    }

    /**
     * What makes a release of its own.
     *
     * @throws UnresolvedLayout if the delivery cannot be had by that strategy
     */
    public Changes changes(String host, Strategy strategy, String tag) {
        return changesOfHost(host).and(changes(strategy)).and(changesOfTag(tag));
    }

    /** What has a release served under a host. */
    public Changes changesOfHost(String host) {
        return changes(places.ofHost(host));
    }

    /** What has a release follow each strategy that the delivery can be had by, blue-green first. */
    public List<Changes> changesByStrategy() {
        return strategies.inOrder().stream().map(this::changes).toList();
    }

    /**
     * What has a release follow a strategy, as the chart's values spell it.
     *
     * @throws UnresolvedLayout if the delivery cannot be had by that strategy
     */
    public Changes changes(Strategy strategy) {
        if (!places.offers(strategy)) {
            throw new UnresolvedLayout(application.name(), List.of("no value has it delivered by " + strategy
                    + "; set VALUE_STRATEGY and STRATEGY_WORDS if one does"));
        }
        return changes(places.of(strategy));
    }

    /** What has a release run a tag. */
    public Changes changesOfTag(String tag) {
        return changes(places.ofTag(tag));
    }

    /** What lies in a list is written with the whole list, as values; the rest are Helm parameters. */
    private Changes changes(Map<String, String> byPath) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Overlay lists = new Overlay(values);
        byPath.forEach((path, text) -> {
            if (path.contains("[")) {
                lists.set(path, text);
            } else {
                parameters.put(path, text);
            }
        });
        return new Changes(parameters, JSON.valueToTree(lists.all()));
    }

    /**
     * The values that an Application's chart is rendered with, at the revision that Argo CD compares with now: the
     * chart's file, the Application's value files, its values, its parameters.
     */
    public static Values values(Application application, ArgoCd argoCd) {
        return values(application, argoCd.values(application));
    }

    static Values values(Application application, ChartValues chart) {
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
