package delivery.clone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The paths that routes send to a release, unless they send every path there. */
public final class RoutePaths {

    /** The rest of a path from its first character of a regular expression: {@code /shop(/|$)(.*)}. */
    private static final Pattern EXPRESSION = Pattern.compile("(?:[(\\[$|?+*\\\\^{]|\\.[*+]).*");
    private static final Pattern TRAEFIK = Pattern.compile("\\bPath(?:Prefix|Regexp)?\\(\\s*[`\"]\\^?([^`\"]*)[`\"]");

    private RoutePaths() {
    }

    /** A path, and the part of the route that says where it leads. */
    private record PathRule(String path, JsonNode rule) {
    }

    /**
     * @param objects the objects of the release, routes included
     * @param rollout the Rollout that releases; empty if it is the only one
     * @return prefixes without a slash at the end: {@code /shop}; none if every path leads there
     */
    public static List<String> of(List<ManifestObject> objects, Optional<String> rollout) {
        ReleaseBackends release = ReleaseBackends.of(objects, rollout);
        List<PathRule> all = objects.stream().filter(object -> !HostRules.of(object).isEmpty())
                .flatMap(RoutePaths::paths).toList();
        // A page of its own may have the root, and the release only /api.
        List<PathRule> own = all.stream().filter(rule -> !release.areElsewhere(List.of(rule.rule()))).toList();
        List<String> prefixes = (own.isEmpty() ? all : own).stream().map(rule -> literal(rule.path())).distinct()
                .toList();
        return prefixes.contains("") ? List.of() : prefixes;
    }

    private static Stream<PathRule> paths(ManifestObject route) {
        JsonNode spec = route.spec();
        return switch (route.kind()) {
            case "Ingress" -> spec.path("rules").valueStream().flatMap(rule -> orAny(rule.at("/http/paths")
                    .valueStream().map(path -> new PathRule(path.path("path").asText("/"), path)), rule));
            case "HTTPRoute" -> spec.path("rules").valueStream().flatMap(rule -> orAny(rule.path("matches")
                    .valueStream().map(match -> new PathRule(match.at("/path/value").asText("/"), rule)), rule));
            case "IngressRoute" -> spec.path("routes").valueStream().flatMap(rule -> orAny(TRAEFIK.matcher(
                    rule.path("match").asText("")).results().map(path -> new PathRule(path.group(1), rule)), rule));
            case "VirtualService" -> spec.path("http").valueStream().flatMap(rule -> orAny(rule.path("match")
                    .valueStream().map(match -> new PathRule(uri(match.path("uri")), rule)), rule));
            default -> Stream.of(new PathRule("/", spec));
        };
    }

    private static String uri(JsonNode uri) {
        return Stream.of("prefix", "exact", "regex").map(kind -> uri.path(kind).asText("")).filter(text ->
                !text.isEmpty()).findFirst().orElse("/");
    }

    private static Stream<PathRule> orAny(Stream<PathRule> paths, JsonNode rule) {
        List<PathRule> all = paths.toList();
        return all.isEmpty() ? Stream.of(new PathRule("/", rule)) : all.stream();
    }

    private static String literal(String path) {
        return EXPRESSION.matcher(path).replaceFirst("").replaceFirst("/+$", "");
    }

    /** Returns the prefix that contains a path; empty if none does. */
    public static Optional<String> prefix(List<String> prefixes, String path) {
        return prefixes.stream().filter(prefix -> path.equals(prefix) || path.startsWith(prefix + "/")).findFirst();
    }
}
