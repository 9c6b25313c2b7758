package delivery.route;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.route.RouteObjects.Kind;
import delivery.route.Rule.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules of Ingresses and of the Gateway API's HTTPRoutes; the Rollout moves weights in the given routers. */
record StandardRules(RouteObjects objects, Set<String> routers) {

    private static final String NGINX = "nginx.ingress.kubernetes.io/";
    /** The default total of weights. */
    private static final int WHOLE = 100;
    /** The port name by which AWS's load balancer controller refers to an annotation instead of a Service. */
    private static final String IN_ANNOTATION = "use-annotation";

    List<Rule> of(String host) {
        List<Rule> rules = new ArrayList<>();
        objects.of(Kind.INGRESS).forEach(ingress -> addIngress(ingress, host, rules));
        objects.of(Kind.HTTP_ROUTE).forEach(route -> addRoute(route, host, rules));
        return rules;
    }

    /** Returns the Rollout's stable Ingresses that are canaries themselves, so that no Ingress serves users. */
    List<String> canariesThatShouldBeStable() {
        return objects.of(Kind.INGRESS).stream().filter(ingress -> routers.contains(RouteObjects.name(ingress))
                && annotation(ingress, NGINX + "canary").equals("true")).map(RouteObjects::name).toList();
    }

    /** Returns the cookies by which Ingresses keep users at a Service. */
    List<String> sticky() {
        return objects.of(Kind.INGRESS).stream()
                .filter(ingress -> annotation(ingress, NGINX + "affinity").equals("cookie"))
                .map(ingress -> ("affinity cookie " + annotation(ingress, NGINX + "session-cookie-name")).strip()
                        + " of Ingress " + RouteObjects.name(ingress))
                .toList();
    }

    private void addIngress(JsonNode ingress, String host, List<Rule> rules) {
        String name = RouteObjects.name(ingress);
        boolean canary = annotation(ingress, NGINX + "canary").equals("true");
        boolean conditional = !annotation(ingress, NGINX + "canary-by-header").isEmpty()
                || !annotation(ingress, NGINX + "canary-by-cookie").isEmpty();
        boolean router = routers.contains(name) || canary;
        int total = canary ? number(annotation(ingress, NGINX + "canary-weight-total"), WHOLE) : 0;
        int weight = canary ? number(annotation(ingress, NGINX + "canary-weight"), 0) : 1;
        JsonNode spec = ingress.path("spec");
        boolean ofTheHost = spec.path("rules").isEmpty();
        for (JsonNode rule : spec.path("rules")) {
            if (covers(rule.path("host").asText(""), host)) {
                ofTheHost = true;
                for (JsonNode path : rule.path("http").path("paths")) {
                    rules.add(new Rule("Ingress " + name, rule.path("host").asText("any host")
                            + path.path("path").asText("/"), target(path.path("backend"), weight, router), conditional,
                            total));
                }
            }
        }
        if (ofTheHost && spec.path("defaultBackend").isObject()) {
            rules.add(new Rule("Ingress " + name, "every other path",
                    target(spec.path("defaultBackend"), weight, router), conditional, total));
        }
    }

    /** Parses a number as the NGINX controller does, which ignores any other value. */
    private static int number(String text, int fallback) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : fallback;
    }

    private static List<Target> target(JsonNode backend, int weight, boolean router) {
        JsonNode service = backend.path("service");
        return service.path("name").isTextual() && !service.path("port").path("name").asText("").equals(IN_ANNOTATION)
                ? List.of(Target.service(service.path("name").asText(), weight, router)) : List.of();
    }

    private void addRoute(JsonNode route, String host, List<Rule> rules) {
        JsonNode spec = route.path("spec");
        if (!spec.path("hostnames").isEmpty()
                && spec.path("hostnames").valueStream().noneMatch(name -> covers(name.asText(""), host))) {
            return;
        }
        for (JsonNode rule : spec.path("rules")) {
            List<Target> targets = rule.path("backendRefs").valueStream()
                    .filter(backend -> backend.path("kind").asText("Service").equals("Service")
                            && List.of("", RouteObjects.namespace(route))
                                    .contains(backend.path("namespace").asText("")))
                    .map(backend -> Target.service(backend.path("name").asText(""), backend.path("weight").asInt(1),
                            routers.contains(RouteObjects.name(route)))).toList();
            JsonNode matches = rule.path("matches");
            String paths = matches.valueStream().map(match -> match.path("path").path("value").asText("/"))
                    .collect(Collectors.joining(", "));
            rules.add(new Rule("HTTPRoute " + RouteObjects.name(route), paths.isEmpty() ? "/" : paths, targets,
                    !matches.isEmpty() && matches.valueStream().allMatch(match -> !match.path("headers").isEmpty()
                            || !match.path("queryParams").isEmpty() || match.has("method"))));
        }
    }

    /** Whether a rule's host, which may be missing or begin with a wildcard, covers a host. */
    private static boolean covers(String pattern, String host) {
        return pattern.isEmpty() || pattern.equalsIgnoreCase(host)
                || pattern.startsWith("*.") && host.toLowerCase(Locale.ROOT)
                        .endsWith(pattern.substring(1).toLowerCase(Locale.ROOT));
    }

    private static String annotation(JsonNode object, String name) {
        return object.path("metadata").path("annotations").path(name).asText("");
    }
}
