package delivery.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationSource;
import delivery.argocd.ArgoCd;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.failure.UnresolvedLayout;
import delivery.layout.Exposure;
import delivery.layout.ValuePlaces;
import delivery.registry.ImageName;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import delivery.traffic.VersionReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The live Application as the pattern for copies. It is only read.
 *
 * @param image    the image that it deploys, which is the old version
 * @param live     the objects of its release, which copies must not touch
 * @param places   the places in its values that a release has to change
 * @param rollout  the name of the Rollout that releases, if the Application has others
 * @param exposure how users reach its release
 * @param container the name of the container that runs the release; empty if it is not known
 */
public record Blueprint(Application application, Values values, ImageName image, LiveRelease live, ValuePlaces places,
        VersionReading versionReading, Strategies strategies, Optional<String> rollout, Exposure exposure,
        Optional<String> container) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A blueprint whose values are at the places of the lab's own chart, and whose answer is its tag. */
    public Blueprint(Application application, Values values, ImageName image, LiveRelease live) {
        this(application, values, image, live, ValuePlaces.OF_THE_LAB, VersionReading.byTag(), Strategies.BOTH,
                Optional.empty(), Exposure.BY_ROUTE, Optional.empty());
    }

    /** The same blueprint, with the place where the release shows its version. */
    Blueprint withVersion(VersionReading reading) {
        return new Blueprint(application, values, image, live, places, reading, strategies, rollout, exposure,
                container);
    }

    /**
     * @param named   the strategies that the settings name; empty if those that were found apply
     * @param inPlace whether the Application itself is proved, which needs no host of its own
     * @throws UnresolvedLayout if something that a release needs is not known
     */
    static Blueprint of(Application application, DeliverySurvey survey, Optional<Strategies> named,
            boolean inPlace) {
        List<String> questions = survey.layout().refusals();
        if (!inPlace && !questions.isEmpty()) {
            throw new UnresolvedLayout(application.name(), questions);
        }
        String image = survey.layout().image().orElseThrow().toString();
        try {
            Strategies strategies = named.orElseGet(() -> new Strategies(Strategies.BOTH.all().stream()
                    .filter(survey.layout().places()::offers).collect(Collectors.toSet())));
            return new Blueprint(survey.order().over(survey.overrides().over(application)), survey.values(),
                    ImageName.parse(image), survey.live(),
                    survey.layout().places(), VersionReading.byTag(), strategies, survey.layout().chosen(),
                    survey.layout().exposure(), survey.layout().image().map(found -> found.container()));
        } catch (IllegalArgumentException unreadable) {
            throw new UnresolvedLayout(application.name(), List.of("its image " + image
                    + " has no tag, by which versions are told apart; deploy it by one"));
        }
    }

    /** @throws UnresolvedLayout if the delivery does not offer that strategy */
    public Changes changes(String host, Strategy strategy, String tag) {
        return changesOfHost(host).and(changes(strategy)).over(changesOfTag(tag));
    }

    /** The changes that make a release be served under a host. */
    public Changes changesOfHost(String host) {
        return changes(places.ofHost(host));
    }

    /** The changes for each strategy that the delivery offers, blue-green first. */
    public List<Changes> changesByStrategy() {
        return strategies.inOrder().stream().map(this::changes).toList();
    }

    /** @throws UnresolvedLayout if the delivery does not offer that strategy */
    public Changes changes(Strategy strategy) {
        if (!places.offers(strategy)) {
            throw new UnresolvedLayout(application.name(), List.of("no value has it delivered by " + strategy
                    + "; set VALUE_STRATEGY and STRATEGY_WORDS if one does"));
        }
        return changes(places.of(strategy));
    }

    /** Whether the tag may also come from another source, or from the other strategy's chart. */
    public boolean mayHaveAnotherTag() {
        return ApplicationSource.rendering(application.spec()).size() > 1 || places.byFolder();
    }

    public Changes changesOfTag(String tag) {
        return packaging().changesOfTag(places.ofTag(tag));
    }

    private Changes changes(Map<String, String> byPath) {
        return packaging().changes(byPath);
    }

    /** A copy's own values, including numbers and lists, by their places. */
    public ObjectNode own(Map<String, Object> byPath) {
        return packaging().values(byPath);
    }

    private Packaging packaging() {
        return Packaging.of(values, places);
    }

    /** The places of the values that the live Rollout is compared with; none if the delivery has no values. */
    public ValuePlaces judged() {
        return packaging().hasValues() ? places : ValuePlaces.none(places.live());
    }

    /** The values that a copy is rendered with; none if it is not a chart. */
    public Values valuesOf(Application other, ArgoCd argoCd) {
        return packaging().hasValues() ? ApplicationValues.of(other, argoCd) : values;
    }

    /**
     * A copy of the Application for a release of its own, without automated sync, and at the revision that the live
     * cluster was compared with.
     *
     * @param name    the name of the copy and of its namespace
     * @param changes the Helm parameters that differ
     * @param own     the values that differ; they are laid over the live Application's, and override its parameters
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
        ApplicationSource.pin(spec, application.comparison());
        spec.withObject("/destination").put("namespace", name);
        ObjectNode source = (ObjectNode) ApplicationSource.of(spec);
        packaging().move(source, name, application.name());
        packaging().change(source, new Changes(changes, own));
        return object;
    }

    /**
     * Changes a specification of the live Application itself.
     *
     * @param spec the specification, which is modified
     */
    public void change(ObjectNode spec, Changes changes) {
        packaging().change((ObjectNode) ApplicationSource.of(spec), changes);
    }

    public ObjectNode over(Application other, ObjectNode own) {
        return packaging().over(other.source(), own);
    }
}
