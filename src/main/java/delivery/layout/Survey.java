package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.argocd.SourceParameters;
import delivery.chart.FlatValues;
import delivery.chart.Values;
import delivery.clone.ManifestObject;
import delivery.clone.ObjectScope;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.traffic.AnswerSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Finds out how a delivery is laid out by comparing its Application, its live objects and its values. If several things
 * fit, the survey does not decide but asks, with the candidates.
 */
public final class Survey {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApplicationSurvey application;
    private final String namespace;
    private final LiveObjects objects;
    private Optional<Values> values;
    private final String text;
    private final NamedPlaces named;
    private final Overlays overlays;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param application the whole Application, as Argo CD has it
     * @param values      the values that the delivery is rendered with; empty if it has none
     * @param text        the chart's own values file, with its comments
     * @param overlays    the files and folders that may hold the other strategy
     */
    public Survey(JsonNode application, LiveObjects objects, Optional<Values> values, String text, Overlays overlays,
            NamedPlaces named) {
        this.overlays = overlays;
        this.application = new ApplicationSurvey(application);
        this.namespace = application.at("/spec/destination/namespace").asText("");
        this.objects = objects;
        this.values = values;
        this.text = text;
        this.named = named;
    }

    /** The folders that may hold the other strategy, as a pattern for Git; empty if there is none to look for. */
    public static Optional<String> folders(JsonNode application) {
        ApplicationSurvey survey = new ApplicationSurvey(application);
        return survey.source().has("chart") ? Optional.empty()
                : KustomizeSearch.folders(survey.folder());
    }

    /**
     * The folders of charts that may be the other strategy's. Another delivery's chart may be in a folder of such a
     * name, but has a chart name of its own.
     *
     * @param charts the names of the charts, by folder
     */
    public static List<String> charts(JsonNode application, Map<String, String> charts) {
        return FolderSwitch.ofOneDelivery(new ApplicationSurvey(application).folder(), charts);
    }

    public static boolean isKustomize(JsonNode application) {
        return new ApplicationSurvey(application).type().equals("Kustomize");
    }

    /** The value file that is named after a strategy; empty if none is. */
    public static Optional<ValueFileSwitch> valueFile(JsonNode application) {
        return ValueFileSwitch.of(new ApplicationSurvey(application).source());
    }

    /** Whether an Application is rendered by Helm, so that it has values. */
    public static boolean isHelm(JsonNode application) {
        return new ApplicationSurvey(application).type().equals("Helm");
    }

    /**
     * Surveys the whole delivery.
     *
     * @param scopes   the scope of the objects of a kind
     * @param ask      asks the live release for a few pages as its users do, given the tag that should answer; returns
     *                 no pages if nobody can be asked
     * @param versions how new versions are made
     */
    public Layout layout(Function<ManifestObject, ObjectScope> scopes,
            BiFunction<Exposure, String, List<AnswerSearch.Asked>> ask, BuildSurvey versions) {
        findings.clear();
        findings.addAll(application.packaging());
        RolloutSurvey live = new RolloutSurvey(objects, named);
        Search<ManifestObject> found = live.rollout();
        findings.add(found.finding());
        Optional<Rollout> rollout = found.place().map(object -> Rollout.parse(object.json()));
        Optional<ContainerImage> image = found.place().flatMap(this::image);
        rollout.ifPresent(known -> {
            findings.add(live.strategy(known));
            findings.add(live.services(known));
            findings.addAll(live.router(found.place().orElseThrow()));
            findings.addAll(live.unsupported(found.place().orElseThrow()));
        });
        RouteSurvey route = new RouteSurvey(objects, rollout, named);
        findings.addAll(route.findings());
        ValuePlaces places = places(rollout, image, route);
        findings.addAll(application.filed(places.paths()));
        // The registry and the live release are asked in parallel.
        Optional<CompletableFuture<List<Finding>>> building = found.place().map(object ->
                CompletableFuture.supplyAsync(() -> versions.findings(object, live.providers(object, stepsOf(places)),
                        image)));
        image.flatMap(known -> route.exposure().map(exposure -> new AnswerSurvey(exposure, known.tag())
                .of(ask.apply(exposure, known.tag())))).ifPresent(findings::add);
        found.place().ifPresent(object -> findings.add(live.analysis(object, stepsOf(places),
                places.offers(Strategy.CANARY))));
        building.ifPresent(made -> findings.addAll(made.join()));
        findings.addAll(application.policy());
        findings.add(application.owner());
        findings.addAll(CloneSurvey.of(objects.rendered(), scopes, namespace, application.isKustomizeAlone()));
        findings.add(InPlaceSurvey.of(application, places));
        findings.sort((one, other) -> one.item().compareTo(other.item()));
        return new Layout(rollout, image, places, findings);
    }

    private Optional<ContainerImage> image(ManifestObject rollout) {
        JsonNode containers = rollout.spec().at("/template/spec/containers");
        List<ContainerImage> images = containers.valueStream().map(container -> ContainerImage.of(
                container.path("name").asText(""), container.path("image").asText(""))).toList();
        Search<ContainerImage> found = new ContainerSearch(images, values.map(FlatValues::new), named)
                .of(rollout.name());
        findings.add(found.place().filter(known -> known.tag().isEmpty()).map(known -> Finding.fault(Item.IMAGE,
                known.toString(), "it has no tag, by which versions are told apart; deploy it by one"))
                .orElse(found.finding()));
        return found.place();
    }

    private ValuePlaces places(Optional<Rollout> rollout, Optional<ContainerImage> image, RouteSurvey route) {
        Strategy strategy = rollout.map(Rollout::strategy).orElse(Strategy.NONE);
        if (rollout.isPresent() && application.type().equals("Directory")) {
            return plain(strategy, image);
        }
        if (values.isEmpty() || rollout.isEmpty()) {
            return rollout.isPresent() && application.type().equals("Kustomize")
                    ? kustomize(rollout.get(), image, route) : ValuePlaces.none(strategy);
        }
        FlatValues flat = new FlatValues(values.get());
        Optional<TagPlace> tag = image.flatMap(known -> keep(new TagSearch(flat).of(known, named.of(Item.VALUE_TAG))));
        List<HostPlace> host = route.isByService() ? List.of() : keep(new HostSearch(flat).of(route.hosts(),
                route.routes(), named.of(Item.VALUE_HOST))).orElse(List.of());
        StrategySearch switches = new StrategySearch(flat, text);
        Search<StrategyPlace> byFile = Optional.of(SourceParameters.VALUE_FILES)
                .filter(files -> named.of(Item.VALUE_STRATEGY).filter(path -> !path.equals(files)).isEmpty())
                .flatMap(files -> ValueFileSwitch.of(application.source(), Optional.ofNullable(
                        named.words().get(strategy))).or(() -> ValueFileSwitch.of(application.source())))
                .flatMap(file -> file.search(strategy, overlays.words(), named))
                .orElseGet(() -> switches.of(strategy, named));
        Optional<StrategyPlace> place = keep(byFile.place().filter(known -> known.word(strategy.other()).isPresent())
                .isPresent() ? byFile : new FolderSwitch(application.folder(),
                overlays.folders(), named).ofCharts(strategy).orElse(byFile));
        place.ifPresent(known -> findings.add(known.path().equals(SourceParameters.PATH) ? FolderSwitch.words(known)
                : switches.words(known, named)));
        // Steps or a delay that only the other strategy has are in its own values.
        values = place.map(known -> known.values(strategy.other())).flatMap(overlays.values())
                .map(others -> others.over(values.get())).or(() -> values);
        NumberSearch numbers = new NumberSearch(flat, tag);
        NumberSearch others = new NumberSearch(new FlatValues(values.get()), tag);
        Rollout live = rollout.get();
        Search<String> found = numbers.replicas(live.replicas(), named.of(Item.VALUE_REPLICAS));
        Optional<String> replicas = keep(objects.autoscaler(live.name()).map(scaler -> scaled(found, scaler))
                .orElse(found));
        return new ValuePlaces(strategy, tag, host, place, replicas,
                keep(numbers.steps(live.steps(), named.of(Item.VALUE_STEPS))
                        .or(() -> others.steps(live.steps(), Optional.empty()))),
                keep(numbers.delay(live.delay(), named.of(Item.VALUE_DELAY))
                        .or(() -> others.delay(live.delay(), Optional.empty()))));
    }

    /**
     * The values that the delivery is rendered with, extended by those that only its other strategy has, if they are
     * known.
     */
    public Optional<Values> values() {
        return values;
    }

    /**
     * Drops the place, because an autoscaler decides how many pods there are: no value is compared with that, or
     * changed.
     */
    private static Search<String> scaled(Search<String> found, ManifestObject scaler) {
        String reason = scaler + " decides how many pods there are";
        Finding own = found.finding();
        return own.state() == Finding.State.NONE
                ? Search.open(Finding.found(Item.VALUE_REPLICAS, scaler.name(), reason))
                : Search.open(new Finding(own.item(), own.state(), own.value(), own.reason() + "; "
                        + reason, own.candidates()));
    }

    /** The places of plain YAML, which has no values: the image is set in the live Rollout. */
    private ValuePlaces plain(Strategy strategy, Optional<ContainerImage> image) {
        Optional<TagPlace> tag = image.map(TagPlace::inRollout);
        tag.ifPresent(place -> findings.add(Finding.found(Item.VALUE_TAG, place.path(), "plain YAML has no value for"
                + " it: in place, kubectl argo rollouts set image changes it in the live Rollout")));
        return new ValuePlaces(strategy, tag, List.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    private ValuePlaces kustomize(Rollout rollout, Optional<ContainerImage> image, RouteSurvey route) {
        KustomizeSearch search = new KustomizeSearch(application.source(), objects, overlays, named);
        Optional<StrategyPlace> place = keep(search.strategy(rollout.strategy()));
        place.ifPresent(known -> findings.add(FolderSwitch.words(known)));
        return search.places(rollout, image.flatMap(known -> keep(search.tag(known))),
                route.isByService() ? List.of() : keep(search.hosts(route.hosts())).orElse(List.of()), place);
    }

    private <T> Optional<T> keep(Search<T> search) {
        findings.add(search.finding());
        return search.place();
    }

    private Optional<JsonNode> stepsOf(ValuePlaces places) {
        return places.steps().flatMap(path -> values.flatMap(known -> new FlatValues(known).at(path)))
                .flatMap(FlatValues.Leaf::value).map(JSON::<JsonNode>valueToTree);
    }
}
