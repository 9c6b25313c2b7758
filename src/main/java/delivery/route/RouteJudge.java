package delivery.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import delivery.route.RouteObjects.Kind;
import delivery.route.Rule.Target;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the targets of a host's rules. Blue-green needs the active Service; a canary needs the stable and the canary
 * Service through the object in which the Rollout moves weights, and neither of them directly.
 */
public final class RouteJudge {

    private static final String HASH = "rollouts-pod-template-hash";
    private static final String MANAGED_BY = "argo-rollouts.argoproj.io/managed-by-rollouts";
    private static final String NATIVE = "traefik.ingress.kubernetes.io/service.nativelb";
    private static final String GATEWAY_API = "argoproj-labs/gatewayAPI";

    private final RouteObjects objects;
    private final JsonNode rollout;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private RouteJudge(RouteObjects objects, JsonNode rollout) {
        this.objects = objects;
        this.rollout = rollout;
    }

    /** @param objects the objects of the release's namespace, which has one Rollout */
    public static RouteFindings judge(RouteObjects objects, String host) {
        Optional<JsonNode> rollout = objects.of(Kind.ROLLOUT).stream().findFirst();
        if (rollout.isEmpty()) {
            return new RouteFindings(List.of(), List.of("there is no Rollout that routes could be judged by"),
                    List.of());
        }
        return new RouteJudge(objects, rollout.get()).findings(host);
    }

    /** Judges a release without a route, whose users call a Service. */
    public static RouteFindings judgeService(RouteObjects objects, String service) {
        return objects.of(Kind.ROLLOUT).stream().findFirst().map(rollout -> new RouteJudge(objects, rollout)
                .findings(new Rule("The users' way", "no route", List.of(Target.service(service, 1, false)), false)))
                .orElse(new RouteFindings(List.of(), List.of(), List.of()));
    }

    private RouteFindings findings(Rule way) {
        judge(way, false);
        return new RouteFindings(wrong, notes, List.of());
    }

    private RouteFindings findings(String host) {
        objects.unread().forEach(kind -> notes.add("not read: " + kind));
        Set<String> traefik = traefik();
        Set<String> standard = standard();
        routing().fieldNames().forEachRemaining(router -> {
            if (!Set.of("traefik", "nginx", "plugins", "managedRoutes", "maxTrafficWeight").contains(router)) {
                notes.add("the Rollout's weights go by " + router + ", whose objects are not judged");
            }
        });
        TraefikRules traefikRules = new TraefikRules(objects, traefik);
        StandardRules standardRules = new StandardRules(objects, standard);
        List<Rule> rules = new ArrayList<>(traefikRules.of(host));
        rules.addAll(standardRules.of(host));
        if (rules.isEmpty()) {
            notes.add("no IngressRoute, Ingress or HTTPRoute of the namespace is for " + host);
        }
        traefik.forEach(name -> requireRouter(name, Kind.TRAEFIK_SERVICE, Kind.OLD_TRAEFIK_SERVICE));
        standard.forEach(name -> requireRouter(name, Kind.INGRESS, Kind.HTTP_ROUTE));
        standardRules.canariesThatShouldBeStable().forEach(name -> wrong.add("Ingress " + name + ", which the Rollout"
                + " names as its stable one, is itself annotated as a canary, so that no Ingress serves users"));
        rules.forEach(rule -> judge(rule, !traefik.isEmpty() || !standard.isEmpty()));
        requireWeights(rules);
        List<String> sticky = new ArrayList<>(traefikRules.sticky());
        sticky.addAll(standardRules.sticky());
        return new RouteFindings(wrong, notes, sticky);
    }

    private void judge(Rule rule, boolean weighted) {
        if (rule.conditional()) {
            notes.add(rule + " is for some requests only, by what they carry, and is not judged");
            return;
        }
        for (Target target : rule.targets()) {
            if (!target.missing().isEmpty()) {
                wrong.add(rule + " leads to " + target.missing() + ", which is not there");
            } else if (target.weight() > 0 && objects.isKnown(Kind.SERVICE)
                    && objects.named(target.service(), Kind.SERVICE).isEmpty()) {
                wrong.add(rule + " leads to the Service " + target.service() + ", which is not there");
            } else if (target.weight() > 0) {
                judge(rule, target, weighted);
            }
        }
        if (!strategy("blueGreen").isObject() && rule.targets().stream().anyMatch(Target::router)
                && rule.object().startsWith("IngressRoute")) {
            requireBoth(rule);
        }
    }

    private void judge(Rule rule, Target target, boolean weighted) {
        String name = target.service();
        String right;
        if (strategy("blueGreen").isObject()) {
            right = "the active Service " + service("blueGreen", "activeService");
            if (name.equals(service("blueGreen", "activeService"))) {
                return;
            }
            if (name.equals(service("blueGreen", "previewService"))) {
                wrong.add(rule + " leads users to the preview Service " + name + " itself, not to " + right);
                return;
            }
        } else {
            String stable = service("canary", "stableService");
            if (strategy("canary").isObject() && !routing().isObject()) {
                judgeByPods(rule, name);
                return;
            }
            right = "the stable Service " + stable + " and the canary's by their weights";
            if (target.router() && (name.equals(stable) || name.equals(service("canary", "canaryService")))) {
                return;
            }
            if (name.equals(service("canary", "canaryService"))) {
                wrong.add(rule + " leads users to the canary Service " + name + " itself, not to " + right);
                return;
            }
            if (name.equals(stable)) {
                if (weighted) {
                    wrong.add(rule + " leads users to the stable Service " + name
                            + " past the object in which the Rollout moves weights, so that none of them gets the"
                            + " canary");
                }
                return;
            }
            if (!weighted) {
                return; // shares are those of the pods
            }
        }
        if (isOfTheRollout(name)) {
            wrong.add(rule + " leads users to the Service " + name + ", which selects pods of every version, not to "
                    + right);
        } else {
            notes.add(rule + " leads to the Service " + name + " of another application");
        }
    }

    /** Judges a canary without a traffic router: users get both versions from one Service with the pods of both. */
    private void judgeByPods(Rule rule, String name) {
        objects.named(name, Kind.SERVICE).ifPresent(service -> {
            new SelectedPods(objects, rollout).leftOut(service).ifPresent(why -> wrong.add(rule
                    + " leads users to the Service " + name + ", " + why + "; without a traffic router the share is"
                    + " that of the pods, so that users need a Service that has those of both versions"));
            if (service.at("/spec/sessionAffinity").asText("").equals("ClientIP")) {
                notes.add("Service " + name + " has sessionAffinity: ClientIP, by which kube-proxy keeps an address at"
                        + " a pod");
            }
            if (service.at("/metadata/annotations").path(NATIVE).asText("").equals("true")) {
                notes.add("Service " + name + " has " + NATIVE + ": the gateway leaves it to kube-proxy to choose a"
                        + " pod, once a connection");
            }
        });
    }

    /** Requires that in a paused or finished release the objects have the weight that the Rollout says it asked for. */
    private void requireWeights(List<Rule> rules) {
        JsonNode asked = rollout.at("/status/canary/weights/canary/weight");
        boolean settled = List.of("Paused", "Healthy").contains(rollout.at("/status/phase").asText(""))
                && rollout.at("/status/observedGeneration").asText("")
                        .equals(rollout.at("/metadata/generation").asText(""));
        if (!settled || !asked.isNumber() || !strategy("canary").isObject()) {
            return;
        }
        for (Rule rule : rules) {
            OptionalDouble given = rule.conditional() ? OptionalDouble.empty()
                    : rule.share(service("canary", "canaryService"), service("canary", "stableService"));
            if (given.isPresent() && Math.abs(given.getAsDouble() - asked.asInt()) >= 1) {
                wrong.add(rule + " gives the canary Service " + percent(given.getAsDouble())
                        + (rule.total() > 0 ? " (by a weight of " + rule.total() + ")" : "")
                        + ", and the Rollout says that it asked for " + asked.asInt() + "%");
            }
        }
    }

    private static String percent(double share) {
        return new DecimalFormat("0.#'%'", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(share);
    }

    /** The controller moves weights only between Services that the object has. */
    private void requireBoth(Rule rule) {
        for (String role : List.of("stableService", "canaryService")) {
            String name = service("canary", role);
            if (!name.isEmpty() && rule.targets().stream().noneMatch(target -> target.service().equals(name))) {
                wrong.add(rule + " leads to no Service " + name + ", to which the Rollout gives weight");
            }
        }
    }

    private void requireRouter(String name, Kind... kinds) {
        if (Stream.of(kinds).allMatch(objects::isKnown) && objects.named(name, kinds).isEmpty()) {
            wrong.add("the Rollout moves weights in " + kinds[0] + (kinds[0] == Kind.INGRESS ? " or HTTPRoute " : " ")
                    + name + ", which is not there");
        }
    }

    /** Whether a Service has pods of this Rollout, but not of one version only. */
    private boolean isOfTheRollout(String service) {
        JsonNode found = objects.named(service, Kind.SERVICE).orElse(MissingNode.getInstance());
        JsonNode selector = found.at("/spec/selector");
        JsonNode labels = rollout.at("/spec/template/metadata/labels");
        return found.at("/metadata/annotations").path(MANAGED_BY).asText("").equals(RouteObjects.name(rollout))
                || !selector.isEmpty() && selector.properties().stream().allMatch(entry -> entry.getKey().equals(HASH)
                        || labels.path(entry.getKey()).equals(entry.getValue()));
    }

    private JsonNode strategy(String name) {
        return rollout.path("spec").path("strategy").path(name);
    }

    private String service(String strategy, String role) {
        return strategy(strategy).path(role).asText("");
    }

    private JsonNode routing() {
        return strategy("canary").path("trafficRouting");
    }

    private Set<String> traefik() {
        return names(Stream.of(routing().at("/traefik/weightedTraefikServiceName")));
    }

    private Set<String> standard() {
        JsonNode nginx = routing().path("nginx");
        JsonNode plugin = routing().path("plugins").path(GATEWAY_API);
        return names(Stream.of(Stream.of(nginx.path("stableIngress"), plugin.path("httpRoute")),
                nginx.path("stableIngresses").valueStream(), nginx.path("additionalStableIngresses").valueStream(),
                plugin.path("httpRoutes").valueStream().map(route -> route.path("name")),
                selected(plugin.path("httpRouteSelector"))).flatMap(some -> some));
    }

    /** Routes that a plugin finds by their labels. Expressions are not compared: they could only make them fewer. */
    private Stream<JsonNode> selected(JsonNode selector) {
        return selector.isMissingNode() ? Stream.empty() : objects.of(Kind.HTTP_ROUTE).stream()
                .filter(route -> selector.path("matchLabels").properties().stream().allMatch(label -> label.getValue()
                        .equals(route.at("/metadata/labels").path(label.getKey()))))
                .map(route -> route.at("/metadata/name"));
    }

    private static Set<String> names(Stream<JsonNode> names) {
        return names.filter(JsonNode::isTextual).map(JsonNode::asText).filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
