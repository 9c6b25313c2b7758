package delivery.clone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules by which gateways send requests to a release, for each kind of route that Argo Rollouts supports. */
public final class HostRules {

    /** Kinds by which some gateway, mesh or load balancer serves requests: APIRule, TargetGroupBinding, ... */
    private static final Pattern ROUTE = Pattern.compile("(?i)(?!.*(policy|class|template)$).*(ingress|route|gateway"
            + "|virtualse|proxy|mapping|apirule|trafficsplit|traefikservice|groupbinding|tunnel|httpscaled).*");
    /** Groups of Kubernetes and Argo Rollouts without kinds of routes. */
    private static final Set<String> NO_ROUTES = Set.of("", "apps", "argoproj.io", "rbac.authorization.k8s.io");

    /** Kinds of parts of a route, by which no user comes who did not come by a route or to an address of its own. */
    private static final Set<String> PARTS = Set.of("TraefikService", "TrafficSplit", "Gateway");

    private HostRules() {
    }

    /** Returns the rules of one object; empty if it is not a route. */
    static List<HostRule> of(ManifestObject object) {
        return rules(object).orElse(List.of());
    }

    /** Returns the rules of one object; nothing if its kind is not a route that can be read. */
    private static Optional<List<HostRule>> rules(ManifestObject object) {
        JsonNode spec = object.spec();
        return Optional.ofNullable(switch (object.kind() + "." + object.group()) {
            case "Ingress.networking.k8s.io", "Ingress.extensions" -> ingress(spec);
            case "IngressRoute.traefik.io", "IngressRouteTCP.traefik.io", "IngressRoute.traefik.containo.us",
                    "IngressRouteTCP.traefik.containo.us" ->
                    spec.path("routes").valueStream().map(route -> TraefikRule.of(route.path("match").asText("")))
                            .toList();
            case "IngressRouteUDP.traefik.io", "IngressRouteUDP.traefik.containo.us",
                    "TCPRoute.gateway.networking.k8s.io", "UDPRoute.gateway.networking.k8s.io" ->
                    List.of(HostRule.EVERY_HOST);
            case "HTTPRoute.gateway.networking.k8s.io", "GRPCRoute.gateway.networking.k8s.io",
                    "TLSRoute.gateway.networking.k8s.io" -> ofGateway(spec);
            case "VirtualService.networking.istio.io" -> named(spec.path("hosts"));
            case "Gateway.networking.istio.io" -> spec.path("servers").valueStream()
                    .flatMap(server -> server.path("hosts").valueStream())
                    .map(host -> HostRule.named(host.asText("").replaceFirst("^[^/]*/", ""))).toList();
            // OpenShift gives a Route without a host one of its own: the Route's name and its namespace.
            case "Route.route.openshift.io" -> optional(spec.path("host"));
            case "Mapping.getambassador.io", "Mapping.x.getambassador.io" -> mapping(spec);
            case "Host.getambassador.io" -> optional(spec.path("hostname"));
            case "HTTPProxy.projectcontour.io" -> optional(spec.at("/virtualhost/fqdn"));
            case "ApisixRoute.apisix.apache.org" -> spec.path("http").valueStream()
                    .flatMap(rule -> anyOr(rule.path("match").path("hosts"))).toList();
            default -> null;
        });
    }

    private static List<HostRule> ingress(JsonNode spec) {
        boolean all = spec.has("defaultBackend") || spec.has("backend");
        return Stream.concat(all ? Stream.of(HostRule.EVERY_HOST) : Stream.empty(),
                spec.path("rules").valueStream().map(rule -> HostRule.named(rule.path("host").asText("")))).toList();
    }

    /** Returns the rules; none for a route below a Service, as it serves callers in the mesh whatever its hosts are. */
    private static List<HostRule> ofGateway(JsonNode spec) {
        boolean mesh = spec.path("parentRefs").size() > 0 && spec.path("parentRefs").valueStream()
                .allMatch(parent -> parent.path("kind").asText("Gateway").equals("Service"));
        return mesh ? List.of() : anyOr(spec.path("hostnames")).toList();
    }

    private static List<HostRule> mapping(JsonNode spec) {
        String host = spec.path("hostname").asText(spec.path("host").asText(""));
        return spec.path("host_regex").asBoolean(false)
                ? List.of(TraefikRule.of("HostRegexp(`" + host + "`)")) : List.of(HostRule.named(host));
    }

    private static List<HostRule> named(JsonNode hosts) {
        return hosts.valueStream().map(host -> HostRule.named(host.asText(""))).toList();
    }

    private static List<HostRule> optional(JsonNode host) {
        return host.asText("").isBlank() ? List.of() : List.of(HostRule.named(host.asText()));
    }

    private static Stream<HostRule> anyOr(JsonNode hosts) {
        return hosts.isEmpty() ? Stream.of(HostRule.EVERY_HOST) : named(hosts).stream();
    }

    /** Returns hosts with the routes that name them, in the routes' order; none for a wildcard or every host. */
    public static Map<String, ManifestObject> hosts(List<ManifestObject> objects) {
        Map<String, ManifestObject> hosts = new LinkedHashMap<>();
        for (ManifestObject object : objects) {
            of(object).stream().flatMap(rule -> rule.names().stream())
                    .filter(host -> !host.contains("*") && !LiveRelease.isWithinCluster(host))
                    .forEach(host -> hosts.putIfAbsent(host.toLowerCase(Locale.ROOT), object));
        }
        return hosts;
    }

    /** Returns objects that seem to route users to a release, but whose kind or form does not show which users. */
    public static List<ManifestObject> unread(List<ManifestObject> objects) {
        return objects.stream().filter(object -> seemsRoute(object) && of(object).isEmpty()).toList();
    }

    /** Whether an object is a route, or seems to be one by its kind's name: a part of one, or of another product. */
    static boolean seemsRoute(ManifestObject object) {
        return rules(object).isPresent()
                || ROUTE.matcher(object.kind()).matches() && !NO_ROUTES.contains(object.group());
    }

    /** Whether an object seems to be a route of a kind that cannot be read. */
    static boolean isUnknown(ManifestObject object) {
        return seemsRoute(object) && rules(object).isEmpty() && !PARTS.contains(object.kind());
    }

    /** Returns routes with a rule that no copy may have, because it serves every host, or every one of a domain. */
    public static List<ManifestObject> shared(List<ManifestObject> objects) {
        return objects.stream().filter(object -> of(object).stream().anyMatch(rule -> rule.servesEveryHost()
                || rule.names().stream().anyMatch(name -> name.contains("*")))).toList();
    }

    public static List<ManifestObject> routes(List<ManifestObject> objects) {
        return objects.stream().filter(object -> !of(object).isEmpty()).toList();
    }
}
