package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.argocd.SourceParameters;
import delivery.chart.FlatValues;
import delivery.chart.Values;
import delivery.clone.HostRules;
import delivery.clone.ManifestObject;
import delivery.clone.ObjectScope;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.traffic.AnswerSearch;
import delivery.traffic.TagRelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds how a delivery is laid out by comparing what its Application says, what is live and what the values hold. What
 * several things fit is not decided: somebody is asked.
 */
public final class Survey {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Bad Gateway and Service Unavailable. */
    private static final Set<Integer> NO_BACKEND = Set.of(502, 503);

    /** Unauthorized and Forbidden. */
    private static final Set<Integer> REFUSED = Set.of(401, 403);

    private final ApplicationSurvey application;
    private final String namespace;
    private final LiveObjects objects;
    private final Optional<Values> values;
    private final String text;
    private final NamedPlaces named;
    private final Overlays overlays;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param application as Argo CD has it, whole
     * @param values      what the delivery is rendered with; empty if it has none
     * @param text        of the chart's own values file, with its comments
     * @param overlays    where Kustomize renders it
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

    /** Folders that may have the other strategy, as a pattern for Git; empty if there is none to look for. */
    public static Optional<String> folders(JsonNode application) {
        ApplicationSurvey survey = new ApplicationSurvey(application);
        return survey.type().equals("Kustomize") ? KustomizeSearch.folders(survey.source().path("path").asText(""))
                : Optional.empty();
    }

    public static boolean isKustomize(JsonNode application) {
        return new ApplicationSurvey(application).type().equals("Kustomize");
    }

    /** Its value file that is named after a strategy; empty if none is. */
    public static Optional<ValueFileSwitch> valueFile(JsonNode application) {
        return ValueFileSwitch.of(new ApplicationSurvey(application).source());
    }

    /** Whether an Application is rendered by Helm, so that it has values. */
    public static boolean isHelm(JsonNode application) {
        return new ApplicationSurvey(application).type().equals("Helm");
    }

    /**
     * Looks at all there is.
     *
     * @param scopes where objects of a kind live
     * @param ask    asks the live release for a few pages under a host; it gets the tag that should answer
     * @param versions how new ones come to be
     */
    public Layout layout(Function<ManifestObject, ObjectScope> scopes,
            BiFunction<String, String, List<AnswerSearch.Asked>> ask, BuildSurvey versions) {
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
        List<String> hosts = route(rollout);
        ValuePlaces places = places(rollout, image, hosts);
        // An image in a registry and the live release are asked side by side.
        Optional<CompletableFuture<List<Finding>>> building = found.place().map(object ->
                CompletableFuture.supplyAsync(() -> versions.findings(object, live.providers(object, stepsOf(places)),
                        image)));
        version(hosts, image, ask);
        found.place().ifPresent(object -> findings.add(live.analysis(object, stepsOf(places))));
        building.ifPresent(made -> findings.addAll(made.join()));
        findings.addAll(application.policy());
        findings.add(application.owner());
        findings.addAll(CloneSurvey.of(objects.rendered(), scopes, namespace, application.type().equals("Kustomize")));
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

    private String routes() {
        return String.join(", ", HostRules.routes(objects.live()).stream().map(ManifestObject::toString).toList());
    }

    /** Hosts of the live release, the one that users ask for first. */
    private List<String> route(Optional<Rollout> rollout) {
        Map<String, ManifestObject> hosts = HostRules.hosts(objects.live());
        List<String> ordered = new HostOrder(objects, rollout).hosts();
        if (routes().isEmpty()) {
            findings.add(Finding.missing(Item.ROUTE, "none of the live objects is a route, and users' requests need"
                    + " one: have the Application deliver an Ingress, an HTTPRoute or the like"));
            return List.of();
        }
        findings.add(Finding.found(Item.ROUTE, routes(), "live objects of the Application"));
        findings.add(hosts.isEmpty() ? Finding.missing(Item.HOST, "no route names one")
                : Finding.found(Item.HOST, String.join(", ", ordered),
                        hosts.get(ordered.get(0)).toString()));
        return ordered;
    }

    private ValuePlaces places(Optional<Rollout> rollout, Optional<ContainerImage> image, List<String> hosts) {
        Strategy strategy = rollout.map(Rollout::strategy).orElse(Strategy.NONE);
        if (values.isEmpty() || rollout.isEmpty()) {
            return rollout.isPresent() && application.type().equals("Kustomize")
                    ? kustomize(rollout.get(), image, hosts) : ValuePlaces.none(strategy);
        }
        FlatValues flat = new FlatValues(values.get());
        Optional<TagPlace> tag = image.flatMap(known -> keep(new TagSearch(flat).of(known, named.of(Item.VALUE_TAG))));
        List<HostPlace> host = keep(new HostSearch(flat).of(hosts, routes(),
                named.of(Item.VALUE_HOST))).orElse(List.of());
        StrategySearch switches = new StrategySearch(flat, text);
        Search<StrategyPlace> byFile = Optional.of(SourceParameters.VALUE_FILES)
                .filter(files -> named.of(Item.VALUE_STRATEGY).filter(path -> !path.equals(files)).isEmpty())
                .flatMap(files -> ValueFileSwitch.of(application.source(), Optional.ofNullable(
                        named.words().get(strategy))).or(() -> ValueFileSwitch.of(application.source())))
                .flatMap(file -> file.search(strategy, overlays.words(), named))
                .orElseGet(() -> switches.of(strategy, named));
        Optional<StrategyPlace> place = keep(byFile);
        place.ifPresent(known -> findings.add(switches.words(known, named)));
        NumberSearch numbers = new NumberSearch(flat, tag);
        Rollout live = rollout.get();
        Search<String> found = numbers.replicas(live.replicas(), named.of(Item.VALUE_REPLICAS));
        Optional<String> replicas = keep(objects.autoscaler(live.name()).map(scaler -> scaled(found, scaler))
                .orElse(found));
        return new ValuePlaces(strategy, tag, host, place, replicas,
                keep(numbers.steps(live.steps(), named.of(Item.VALUE_STEPS))),
                keep(numbers.delay(live.delay(), named.of(Item.VALUE_DELAY))));
    }

    /** An autoscaler decides how many pods there are, whatever a value says: no value is judged by, or changed. */
    private static Search<String> scaled(Search<String> found, ManifestObject scaler) {
        String reason = scaler + " decides how many pods there are";
        Finding own = found.finding();
        return own.state() == Finding.State.NONE
                ? Search.open(Finding.found(Item.VALUE_REPLICAS, scaler.name(), reason))
                : Search.open(new Finding(own.item(), own.state(), own.value(), own.reason() + "; "
                        + reason, own.candidates()));
    }

    private ValuePlaces kustomize(Rollout rollout, Optional<ContainerImage> image, List<String> hosts) {
        KustomizeSearch search = new KustomizeSearch(application.source(), objects, overlays, named);
        Optional<StrategyPlace> place = keep(search.strategy(rollout.strategy()));
        place.ifPresent(known -> findings.add(search.words(known)));
        return search.places(rollout, image.flatMap(known -> keep(search.tag(known))),
                keep(search.hosts(hosts)).orElse(List.of()), place);
    }

    private <T> Optional<T> keep(Search<T> search) {
        findings.add(search.finding());
        return search.place();
    }

    private void version(List<String> hosts, Optional<ContainerImage> image,
            BiFunction<String, String, List<AnswerSearch.Asked>> ask) {
        if (!hosts.isEmpty() && image.isPresent()) {
            findings.add(version(ask.apply(hosts.get(0), image.get().tag()), image.get().tag()));
        }
    }

    private static Finding version(List<AnswerSearch.Asked> pages, String tag) {
        Optional<Finding> unserved = unserved(pages);
        if (unserved.isPresent()) {
            return unserved.get();
        }
        Optional<AnswerSearch.Asked> telling = pages.stream().filter(page -> !page.found().isEmpty()).findFirst();
        if (telling.isPresent()) {
            String path = "GET " + telling.get().path();
            return telling.get().clear().map(one -> Finding.found(Item.VERSION, path + ", " + one.answer().version(),
                            "it says " + one.said() + ", which is " + one.relation().words("the live tag"
                                    + (one.relation().equals(TagRelation.EQUAL) ? "" : " " + tag))))
                    .orElseGet(() -> Finding.missing(Item.VERSION, path + " has several texts that may be it: "
                            + telling.get().words()));
        }
        return Finding.missing(Item.VERSION, "no answer of the live release holds its tag " + tag + ": "
                + (pages.isEmpty() ? "nobody could be asked" : seen(pages)) + near(pages));
    }

    /** What has the number of the tag and something else besides: a regular expression can leave that out. */
    private static String near(List<AnswerSearch.Asked> pages) {
        return pages.stream().flatMap(page -> page.near().stream().map(words -> "; GET " + page.path() + ", " + words
                + ", of which VERSION_PATTERN can take what is the tag")).findFirst().orElse("");
    }

    /** Why no page can tell the version, whichever it is; empty if some page answers something else. */
    private static Optional<Finding> unserved(List<AnswerSearch.Asked> pages) {
        List<Integer> statuses = pages.stream().map(page -> page.answer().status()).distinct().toList();
        if (statuses.equals(List.of(0))) {
            String why = pages.stream().map(Survey::outcome).distinct().collect(Collectors.joining("; "));
            return Optional.of(Finding.fault(Item.GATEWAY, "does not answer", why + (why.startsWith("TLS: ")
                    ? "; set GATEWAY_CA to a PEM file of the authority that signed its certificate, if that is why"
                    : "; see whether it runs, and set GATEWAY to where users reach it")));
        }
        if (!statuses.isEmpty() && statuses.stream().allMatch(status -> status >= 300 && status < 400)) {
            return Optional.of(Finding.fault(Item.GATEWAY, "sends users elsewhere", seen(pages) + "; set GATEWAY to"
                    + " where the live host is served, such as https:// instead of http://"));
        }
        if (!statuses.isEmpty() && REFUSED.containsAll(statuses)) {
            return Optional.of(Finding.fault(Item.VERSION, "none", "the gateway lets nobody in without a login, or not"
                    + " from here: " + seen(pages) + "; give the release a route without that, by a value that the"
                    + " Application sets"));
        }
        return statuses.size() == 1 && NO_BACKEND.containsAll(statuses)
                ? Optional.of(Finding.fault(Item.VERSION, "none", "the gateway answers HTTP " + statuses.get(0) + " at"
                        + " every path: the live release has no ready pod behind its route; see its pods and its"
                        + " Services' selectors"))
                : Optional.empty();
    }

    /** Each outcome, and the paths that had it. */
    private static String seen(List<AnswerSearch.Asked> pages) {
        return pages.stream().collect(Collectors.groupingBy(Survey::outcome, TreeMap::new,
                        Collectors.mapping(AnswerSearch.Asked::path, Collectors.joining(", ")))).entrySet().stream()
                .map(one -> one.getKey() + " at " + one.getValue()).collect(Collectors.joining("; "));
    }

    private static String outcome(AnswerSearch.Asked page) {
        return page.answer().status() == 0 ? page.answer().failure().orElse("") : "HTTP " + page.answer().status();
    }

    private Optional<JsonNode> stepsOf(ValuePlaces places) {
        return places.steps().flatMap(path -> values.flatMap(known -> new FlatValues(known).at(path)))
                .flatMap(FlatValues.Leaf::value).map(JSON::<JsonNode>valueToTree);
    }
}
