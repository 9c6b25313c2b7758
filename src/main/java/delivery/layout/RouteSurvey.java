package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.HostRules;
import delivery.clone.ManifestObject;
import delivery.rollout.Rollout;
import delivery.route.UsersService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out how users reach the live release: by the hosts of its routes, or by a Service if it has none. */
record RouteSurvey(LiveObjects objects, Optional<Rollout> rollout, NamedPlaces named) {

    private static final String NEEDED = "; users' requests need a route: have the Application deliver an Ingress, an"
            + " HTTPRoute or the like";

    /** The routes, in words; empty if there is none. */
    String routes() {
        return words(HostRules.routes(objects.live()));
    }

    /** The hosts of the live release; the one that users request comes first. */
    List<String> hosts() {
        return routes().isEmpty() ? List.of() : new HostOrder(objects, rollout).hosts();
    }

    /** How users reach the release; empty if that is not known. */
    Optional<Exposure> exposure() {
        return isByService() ? usersService().flatMap(UsersService::name).map(Exposure::by)
                : hosts().stream().findFirst().map(Exposure::under);
    }

    /** Whether users ask a Service, even if it is not known which one. */
    boolean isByService() {
        return routes().isEmpty() && whyRouted().isEmpty();
    }

    List<Finding> findings() {
        if (!routes().isEmpty()) {
            return routed();
        }
        Optional<String> why = whyRouted();
        if (why.isPresent()) {
            return List.of(Finding.missing(Item.ROUTE, why.get()));
        }
        Optional<UsersService> found = usersService();
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.none(Item.ROUTE, "none", "no Ingress, IngressRoute or HTTPRoute; users ask "
                + found.flatMap(UsersService::name).map(name -> "the Service " + name).orElse("a Service")
                + "; that is done through the Kubernetes API"));
        found.map(RouteSurvey::finding).ifPresent(findings::add);
        return findings;
    }

    private List<Finding> routed() {
        Map<String, ManifestObject> hosts = HostRules.hosts(objects.live());
        List<String> ordered = hosts();
        return List.of(Finding.found(Item.ROUTE, routes(), "live objects of the Application"),
                ordered.isEmpty() ? Finding.missing(Item.HOST, "no route names one")
                        : Finding.found(Item.HOST, String.join(", ", ordered), hosts.get(ordered.get(0)).toString()));
    }

    private static Finding finding(UsersService users) {
        if (users.name().isPresent()) {
            return users.reason().startsWith("set by ") ? Finding.set(Item.SERVICE, users.name().get(), "SERVICE")
                    : Finding.found(Item.SERVICE, users.name().get(), users.reason());
        }
        return users.candidates().isEmpty() ? Finding.missing(Item.SERVICE, users.reason())
                : Finding.ambiguous(Item.SERVICE, users.candidates(), users.reason());
    }

    private Optional<UsersService> usersService() {
        return rollout.map(known -> UsersService.of(known.object(), objects.of("Service", "").stream()
                .map(ManifestObject::json).toList(), named.of(Item.SERVICE)));
    }

    /** The reason why there must be a route although no live object is one that can be read; empty if there is none. */
    private Optional<String> whyRouted() {
        List<ManifestObject> all = Stream.concat(objects.live().stream(), objects.rendered().stream()).toList();
        List<ManifestObject> waiting = HostRules.routes(objects.rendered());
        List<ManifestObject> unread = HostRules.unread(all);
        if (!waiting.isEmpty()) {
            return Optional.of(words(waiting) + " is rendered and not in the cluster; have Argo CD sync the"
                    + " Application, and see what it says");
        }
        if (!unread.isEmpty()) {
            return Optional.of("none of the live objects is a route that can be read, and users may come by "
                    + words(unread) + NEEDED);
        }
        return rollout.map(known -> known.object().at("/spec/strategy/canary/trafficRouting"))
                .filter(routing -> routing.isObject() && !routing.isEmpty())
                .map(routing -> "none of the live objects is a route, and the Rollout moves weights by "
                        + String.join(", ", routers(routing)) + NEEDED);
    }

    /** Each router with the objects that the Rollout names: {@code nginx (stableIngress shop)}. */
    private static List<String> routers(JsonNode routing) {
        return routing.properties().stream().filter(router -> router.getValue().isContainerNode()).map(router -> {
                    String named = router.getValue().properties().stream().filter(one -> one.getValue().isTextual())
                            .map(one -> one.getKey() + " " + one.getValue().asText())
                            .collect(Collectors.joining(", "));
                    return router.getKey() + (named.isEmpty() ? "" : " (" + named + ")");
                }).toList();
    }

    private static String words(List<ManifestObject> objects) {
        return objects.stream().map(ManifestObject::toString).distinct().collect(Collectors.joining(", "));
    }
}
