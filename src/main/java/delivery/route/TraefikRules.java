package delivery.route;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.route.RouteObjects.Kind;
import delivery.route.Rule.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The rules of Traefik's IngressRoutes and its TraefikServices; the Rollout moves weights in the given routers. */
record TraefikRules(RouteObjects objects, Set<String> routers) {

    private static final Kind[] ROUTES = {Kind.INGRESS_ROUTE, Kind.OLD_INGRESS_ROUTE};
    private static final Kind[] SERVICES = {Kind.TRAEFIK_SERVICE, Kind.OLD_TRAEFIK_SERVICE};
    /** The matchers of a request's host; those of version 2 may list several names. */
    private static final Pattern HOST =
            Pattern.compile("(!?)\\bHost(SNI|Header|Regexp)?\\(((?:[^)`\"]|`[^`]*`|\"[^\"]*\")*)\\)");
    private static final Pattern TEXT = Pattern.compile("[`\"]([^`\"]*)[`\"]");
    private static final Pattern CONDITION =
            Pattern.compile("\\b(Header|Headers|HeaderRegexp|HeadersRegexp|Query|QueryRegexp|ClientIP|Method)\\(");

    List<Rule> of(String host) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode route : objects.of(ROUTES)) {
            for (JsonNode rule : route.at("/spec/routes")) {
                String match = rule.path("match").asText("");
                if (matches(match, host)) {
                    rules.add(new Rule("IngressRoute " + RouteObjects.name(route), match,
                            rule.path("services").valueStream().flatMap(service -> targets(service,
                                    route.at("/metadata/namespace"), 1, false, new HashSet<>()).stream()).toList(),
                            CONDITION.matcher(match).find()));
                }
            }
        }
        return rules;
    }

    /** Returns the cookies by which Traefik keeps users at a Service: name, which may be empty, and object. */
    List<String> sticky() {
        Stream<String> services = objects.of(SERVICES).stream().flatMap(service -> sticky(
                service.at("/spec/weighted/sticky"), "TraefikService " + RouteObjects.name(service)).stream());
        Stream<String> routes = objects.of(ROUTES).stream().flatMap(route -> route.at("/spec/routes").valueStream()
                .flatMap(rule -> rule.path("services").valueStream()).flatMap(service -> sticky(
                        service.path("sticky"), "IngressRoute " + RouteObjects.name(route)).stream()));
        return Stream.concat(services, routes).toList();
    }

    private static Optional<String> sticky(JsonNode sticky, String object) {
        return sticky.path("cookie").isMissingNode() ? Optional.empty()
                : Optional.of(("sticky.cookie " + sticky.path("cookie").path("name").asText("")).strip() + " of "
                        + object);
    }

    /** @param namespace the route's own: the objects of another one are another application's, and are not read */
    private List<Target> targets(JsonNode reference, JsonNode namespace, int weight, boolean router,
            Set<String> seen) {
        String kind = reference.path("kind").asText("Service");
        String name = reference.path("name").asText("");
        if (reference.has("namespace") && !reference.path("namespace").equals(namespace)) {
            return List.of();
        }
        int share = weight * reference.path("weight").asInt(1);
        if (kind.equals("Service")) {
            return List.of(Target.service(name, share, router));
        }
        // A name with @ belongs to another of Traefik's providers, and a loop leads nowhere.
        if (name.contains("@") || !seen.add(name) || !isKnown()) {
            return List.of();
        }
        Optional<JsonNode> service = objects.named(name, SERVICES);
        if (service.isEmpty()) {
            return List.of(Target.missing("TraefikService " + name));
        }
        List<Target> targets = new ArrayList<>();
        boolean moved = router || routers.contains(name);
        JsonNode spec = service.get().path("spec");
        spec.at("/weighted/services").forEach(part -> targets.addAll(targets(part, namespace, share, moved, seen)));
        if (spec.path("mirroring").isObject()) {
            // Mirrors are left out: no user sees their answers.
            targets.addAll(targets(spec.path("mirroring"), namespace, share, moved, seen));
        }
        return targets;
    }

    private boolean isKnown() {
        return objects.isKnown(Kind.TRAEFIK_SERVICE) && objects.isKnown(Kind.OLD_TRAEFIK_SERVICE);
    }

    /** Whether a rule is for a host; a rule without a host is for all hosts. */
    private static boolean matches(String rule, String host) {
        List<MatchResult> hosts = HOST.matcher(rule).results().toList();
        return hosts.isEmpty() || hosts.stream().anyMatch(matcher -> TEXT.matcher(matcher.group(3)).results()
                .anyMatch(text -> "Regexp".equals(matcher.group(2)) ? fits(text.group(1), host)
                        : text.group(1).equalsIgnoreCase(host)) != matcher.group(1).equals("!"));
    }

    private static boolean fits(String pattern, String host) {
        try {
            // Version 2 has templates such as {name:pattern}.
            return Pattern.compile(pattern.replaceAll("\\{\\w*:?([^}]*)}", "$1")).matcher(host).find();
        } catch (PatternSyntaxException unknown) {
            return false;
        }
    }
}
