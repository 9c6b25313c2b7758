package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.ManifestObject;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the live Rollout says: how it releases, by which Services and router, and what is measured. */
final class RolloutSurvey {

    private final LiveObjects objects;
    private final NamedPlaces named;

    RolloutSurvey(LiveObjects objects, NamedPlaces named) {
        this.objects = objects;
        this.named = named;
    }

    Search<ManifestObject> rollout() {
        List<ManifestObject> all = objects.rollouts();
        Optional<String> name = named.of(Item.ROLLOUT);
        if (name.isPresent()) {
            return all.stream().filter(rollout -> rollout.name().equals(name.get())).findFirst()
                    .map(rollout -> Search.found(rollout, Finding.set(Item.ROLLOUT, rollout.name(), "ROLLOUT")))
                    .orElseGet(() -> Search.open(new Finding(Item.ROLLOUT, Finding.State.AMBIGUOUS, "",
                            "there is no Rollout " + name.get(), names(all))));
        }
        if (all.isEmpty()) {
            return Search.open(Finding.missing(Item.ROLLOUT, "none of the " + objects.live().size() + " live objects of"
                    + " the Application is a Rollout; name another Application by APPLICATION"));
        }
        if (all.size() > 1) {
            return Search.open(Finding.ambiguous(Item.ROLLOUT, names(all), "the Application has several"));
        }
        return Search.found(all.get(0), Finding.found(Item.ROLLOUT, all.get(0).name() + " in namespace "
                + all.get(0).namespace(), "the only one of the Application"));
    }

    private static List<String> names(List<ManifestObject> rollouts) {
        return rollouts.stream().map(ManifestObject::name).toList();
    }

    Finding strategy(Rollout rollout) {
        boolean one = List.of(Strategy.BLUE_GREEN, Strategy.CANARY).contains(rollout.strategy());
        String itself = rollout.timing().promotesItself() ? "; it is promoted without a person" : "";
        return one
                ? Finding.found(Item.STRATEGY, rollout.strategy().toString(), "spec.strategy of the Rollout" + itself)
                : Finding.fault(Item.STRATEGY, rollout.strategy().toString(), "spec.strategy of the Rollout");
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
                        + " nginx.ingress.kubernetes.io/canary: \"true\", so that ingress-nginx serves nobody by it;"
                        + " remove the annotation")));
        String traefik = canary.at("/trafficRouting/traefik/weightedTraefikServiceName").asText("");
        if (!traefik.isEmpty() && objects.named("TraefikService", traefik).isEmpty()) {
            findings.add(Finding.fault(Item.ROUTER, "traefik", "the Rollout names the TraefikService " + traefik
                    + ", which the Application does not have"));
        }
        return findings;
    }

    /** Traefik serves nobody by a TraefikService while one of its Services has no ready pod, whatever its weight. */
    private List<Finding> blueGreenRouter(String preview) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.none(Item.ROUTER, "not known", "the live release is blue-green, which needs none"));
        for (ManifestObject service : objects.live()) {
            boolean named = service.kind().equals("TraefikService")
                    && service.spec().at("/weighted/services").valueStream()
                            .anyMatch(target -> target.path("name").asText("").equals(preview));
            if (named && !preview.isEmpty()) {
                findings.add(Finding.fault(Item.ROUTE, service.toString(), "it names the preview Service " + preview
                        + ", which has no ready pod while a new version starts; Traefik then answers 404 for all of it:"
                        + " name it only under canary"));
            }
        }
        return findings;
    }

    Finding analysis(ManifestObject object, Optional<JsonNode> stepsOfValues) {
        JsonNode strategy = object.spec().path("strategy");
        List<String> found = new ArrayList<>();
        if (strategy.at("/canary/analysis").isObject()) {
            found.add("in the background");
        }
        addSteps(strategy.at("/canary/steps"), "step ", found);
        if (!strategy.path("canary").isObject()) {
            stepsOfValues.ifPresent(steps -> addSteps(steps, "step of the values ", found));
        }
        for (String name : List.of("prePromotionAnalysis", "postPromotionAnalysis")) {
            if (strategy.at("/blueGreen/" + name).isObject()) {
                found.add(name);
            }
        }
        return found.isEmpty() ? Finding.none(Item.ANALYSIS, "none", "spec.strategy of the Rollout has no analysis")
                : Finding.found(Item.ANALYSIS, String.join(", ", found), "spec.strategy of the Rollout");
    }

    private static void addSteps(JsonNode steps, String what, List<String> found) {
        for (int index = 0; index < steps.size(); index++) {
            if (steps.path(index).has("analysis")) {
                found.add(what + index);
            }
        }
    }
}
