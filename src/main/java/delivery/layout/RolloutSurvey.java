package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.ManifestObject;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.rollout.UnsupportedFeatures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from the live Rollout its strategy, Services, router and analysis. */
record RolloutSurvey(LiveObjects objects, NamedPlaces named) {

    private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "DaemonSet");

    Search<ManifestObject> rollout() {
        List<ManifestObject> all = objects.rollouts();
        Optional<String> name = named.of(Item.ROLLOUT);
        if (name.isPresent()) {
            return all.stream().filter(rollout -> rollout.name().equals(name.get())).findFirst()
                    .map(rollout -> Search.found(rollout, Finding.set(Item.ROLLOUT, rollout.name(), "ROLLOUT"
                            + describeOthers(rollout, all))))
                    .orElseGet(() -> Search.open(new Finding(Item.ROLLOUT, Finding.State.AMBIGUOUS, "",
                            "there is no Rollout " + name.get(), names(all))));
        }
        if (all.isEmpty()) {
            return Search.open(Finding.fault(Item.ROLLOUT, "none", none()));
        }
        if (all.size() > 1) {
            return Search.open(Finding.ambiguous(Item.ROLLOUT, names(all), "the Application has several"));
        }
        return Search.found(all.get(0), Finding.found(Item.ROLLOUT, all.get(0).name() + " in namespace "
                + all.get(0).namespace(), "the only one of the Application"));
    }

    private static String describeOthers(ManifestObject chosen, List<ManifestObject> all) {
        List<ManifestObject> others = all.stream().filter(rollout -> rollout != chosen).toList();
        List<String> alike = others.stream().filter(rollout -> repositories(rollout).anyMatch(image ->
                repositories(chosen).anyMatch(image::equals))).map(ManifestObject::name).toList();
        return (others.isEmpty() ? "" : "; copies have " + String.join(", ", names(others)) + " as well, left alone")
                + (alike.isEmpty() ? "" : "; a new tag that " + String.join(", ", alike) + (alike.size() > 1 ? " get"
                        : " gets") + " too, having the same image, is promoted there by nobody, and Argo CD's Suspended"
                        + " for that is not held against the release");
    }

    private static Stream<String> repositories(ManifestObject rollout) {
        return rollout.spec().at("/template/spec/containers").valueStream().map(container ->
                ContainerImage.of("", container.path("image").asText("")).repository());
    }

    private String none() {
        List<String> missing = objects.rendered().stream().filter(object -> object.kind().equals("Rollout")
                && object.group().equals("argoproj.io")).map(ManifestObject::name).toList();
        if (!missing.isEmpty()) {
            return "Rollout " + String.join(", ", missing) + " is rendered and not in the cluster; have Argo CD sync"
                    + " the Application, and see what it says";
        }
        List<String> others = objects.live().stream().filter(object -> WORKLOADS.contains(object.kind()))
                .map(ManifestObject::toString).toList();
        return others.isEmpty()
                ? "none of the " + objects.live().size() + " live objects of the Application is one; set APPLICATION to"
                        + " one that delivers a Rollout"
                : "the Application delivers " + String.join(", ", others) + ", which Kubernetes updates by itself; make"
                        + " it a Rollout, or set APPLICATION to one that delivers a Rollout";
    }

    /** The features of the Rollout that would be judged wrongly, one finding each. */
    List<Finding> unsupported(ManifestObject rollout) {
        return UnsupportedFeatures.of(rollout.json()).stream().map(feature ->
                Finding.fault(Item.ROLLOUT, rollout.name(), feature)).toList();
    }

    private static List<String> names(List<ManifestObject> rollouts) {
        return rollouts.stream().map(ManifestObject::name).toList();
    }

    Finding strategy(Rollout rollout) {
        boolean one = List.of(Strategy.BLUE_GREEN, Strategy.CANARY).contains(rollout.strategy());
        String itself = rollout.timing().promotesItself() ? "; it is promoted without a person" : "";
        return one
                ? Finding.found(Item.STRATEGY, rollout.strategy().toString(), "spec.strategy of the Rollout" + itself)
                : Finding.fault(Item.STRATEGY, rollout.strategy().toString(), "spec.strategy of the Rollout; it needs "
                        + (rollout.strategy() == Strategy.BOTH ? "one of blueGreen and canary, not both"
                                : "blueGreen or canary"));
    }

    Finding services(Rollout rollout) {
        List<String> missing = rollout.services().stream().filter(name -> objects.named("Service", name).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            return Finding.fault(Item.SERVICES, String.join(", ", rollout.services()),
                    "the Rollout names " + String.join(", ", missing) + ", which the Application does not have");
        }
        return rollout.services().isEmpty()
                ? Finding.none(Item.SERVICES, String.join(", ", objects.of("Service", "").stream()
                        .map(ManifestObject::name).toList()), "the Rollout looks after none")
                : Finding.found(Item.SERVICES, String.join(", ", rollout.services()), "spec.strategy of the Rollout");
    }

    List<Finding> router(ManifestObject object) {
        JsonNode canary = object.spec().at("/strategy/canary");
        if (!canary.isObject()) {
            return blueGreenRouter(object.spec().at("/strategy/blueGreen/previewService").asText(""));
        }
        List<String> routers = new ArrayList<>();
        canary.path("trafficRouting").fieldNames().forEachRemaining(routers::add);
        routers.removeIf(key -> !canary.path("trafficRouting").path(key).isContainerNode());
        List<Finding> findings = new ArrayList<>();
        findings.add(routers.isEmpty() ? Finding.none(Item.ROUTER, "none", "strategy.canary has no trafficRouting;"
                + " shares are those of the pods") : Finding.found(Item.ROUTER, String.join(", ", routers),
                "strategy.canary.trafficRouting"));
        String ingress = canary.at("/trafficRouting/nginx/stableIngress").asText("");
        objects.named("Ingress", ingress).filter(found -> found.json().at("/metadata/annotations")
                .path("nginx.ingress.kubernetes.io/canary").asText("").equals("true")).ifPresent(found ->
                findings.add(Finding.fault(Item.ROUTER, "nginx", found + ", the stable one, has the annotation"
                        + " nginx.ingress.kubernetes.io/canary: \"true\", so that ingress-nginx serves no users through"
                        + " it; remove the annotation")));
        String traefik = canary.at("/trafficRouting/traefik/weightedTraefikServiceName").asText("");
        if (!traefik.isEmpty() && objects.named("TraefikService", traefik).isEmpty()) {
            findings.add(Finding.fault(Item.ROUTER, "traefik", "the Rollout names the TraefikService " + traefik
                    + ", which the Application does not have"));
        }
        return findings;
    }

    /**
     * Reports TraefikServices that name the preview Service. Without allowEmptyServices, which Traefik's Helm chart
     * sets, they serve nobody while one of their Services has no ready pod, whatever its weight.
     */
    private List<Finding> blueGreenRouter(String preview) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.none(Item.ROUTER, "not known", "the live release is blue-green, which needs none"));
        for (ManifestObject service : objects.live()) {
            boolean named = service.kind().equals("TraefikService")
                    && service.spec().at("/weighted/services").valueStream()
                            .anyMatch(target -> target.path("name").asText("").equals(preview));
            if (named && !preview.isEmpty()) {
                findings.add(Finding.found(Item.ROUTER, service.toString(), "it names the preview Service " + preview
                        + ", which has no ready pod while a new version starts: a Traefik without allowEmptyServices"
                        + " answers 404 for all of it then"));
            }
        }
        return findings;
    }

    /** @param canary whether the delivery has a canary, even if the live release follows another strategy now */
    Finding analysis(ManifestObject object, Optional<JsonNode> stepsOfValues, boolean canary) {
        JsonNode strategy = object.spec().path("strategy");
        List<String> found = new ArrayList<>();
        Map<String, JsonNode> analyses = analyses(object, stepsOfValues);
        analyses.forEach((where, analysis) -> found.add(where + by(analysis)));
        Stream.of("prePromotionAnalysis", "postPromotionAnalysis")
                .filter(name -> strategy.at("/blueGreen/" + name).isObject())
                .forEach(name -> found.add(name + by(strategy.at("/blueGreen/" + name))));
        if (analyses.isEmpty() && canary && !strategy.path("canary").isObject()) {
            return Finding.open(Item.ANALYSIS, found.isEmpty() ? "not known yet" : String.join(", ", found),
                    "the live release is not a canary; the analysis of its canary is seen when that is rendered");
        }
        return found.isEmpty() ? Finding.none(Item.ANALYSIS, "none", "spec.strategy of the Rollout has no analysis")
                : Finding.found(Item.ANALYSIS, String.join(", ", found), "spec.strategy of the Rollout");
    }

    /** The metric providers of the canary's analyses; empty if they are not known for one of them. */
    Set<String> providers(ManifestObject object, Optional<JsonNode> stepsOfValues) {
        List<Set<String>> each = analyses(object, stepsOfValues).values().stream().map(this::providers).toList();
        return each.stream().anyMatch(Set::isEmpty) ? Set.of()
                : each.stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The analyses of the canary, by their place in words. */
    private static Map<String, JsonNode> analyses(ManifestObject object, Optional<JsonNode> stepsOfValues) {
        JsonNode canary = object.spec().at("/strategy/canary");
        Map<String, JsonNode> found = new LinkedHashMap<>();
        if (canary.path("analysis").isObject()) {
            found.put("in the background", canary.path("analysis"));
        }
        addSteps(canary.path("steps"), "step ", found);
        if (!canary.isObject()) {
            stepsOfValues.ifPresent(steps -> addSteps(steps, "step of the values ", found));
        }
        return found;
    }

    private static void addSteps(JsonNode steps, String what, Map<String, JsonNode> found) {
        for (int index = 0; index < steps.size(); index++) {
            if (steps.path(index).has("analysis")) {
                found.put(what + index, steps.path(index).path("analysis"));
            }
        }
    }

    private String by(JsonNode analysis) {
        Set<String> providers = providers(analysis);
        return providers.isEmpty() ? "" : " (" + String.join(", ", providers) + ")";
    }

    /** The metric providers of an analysis; empty if a template is not there to be read. */
    private Set<String> providers(JsonNode analysis) {
        Set<String> found = new TreeSet<>();
        for (JsonNode template : analysis.path("templates")) {
            String kind = template.path("clusterScope").asBoolean(false) ? "ClusterAnalysisTemplate"
                    : "AnalysisTemplate";
            Optional<ManifestObject> object = objects.named(kind, template.path("templateName").asText(""));
            if (object.isEmpty() || object.get().spec().has("templates")) {
                return Set.of();
            }
            object.get().spec().path("metrics").forEach(metric ->
                    metric.path("provider").fieldNames().forEachRemaining(found::add));
        }
        return found;
    }
}
