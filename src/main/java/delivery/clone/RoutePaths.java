package delivery.clone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
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

    /**
     * @param objects the objects of the release, routes included
     * @return prefixes without a slash at the end: {@code /shop}; none if every path leads there
     */
    public static List<String> of(List<ManifestObject> objects) {
        List<String> prefixes = objects.stream().filter(object -> !HostRules.of(object).isEmpty())
                .flatMap(object -> paths(object).map(RoutePaths::literal)).distinct().toList();
        return prefixes.contains("") ? List.of() : prefixes;
    }

    private static Stream<String> paths(ManifestObject route) {
        JsonNode spec = route.spec();
        return switch (route.kind()) {
            case "Ingress" -> spec.path("rules").valueStream().flatMap(rule -> orAny(rule.at("/http/paths")
                    .valueStream().map(path -> path.path("path").asText("/"))));
            case "HTTPRoute" -> spec.path("rules").valueStream().flatMap(rule -> orAny(rule.path("matches")
                    .valueStream().map(match -> match.at("/path/value").asText("/"))));
            case "IngressRoute" -> spec.path("routes").valueStream().flatMap(rule -> orAny(TRAEFIK.matcher(
                    rule.path("match").asText("")).results().map(path -> path.group(1))));
            case "VirtualService" -> spec.path("http").valueStream().flatMap(rule -> orAny(rule.path("match")
                    .valueStream().map(match -> uri(match.path("uri")))));
            default -> Stream.of("/");
        };
    }

    private static String uri(JsonNode uri) {
        return Stream.of("prefix", "exact", "regex").map(kind -> uri.path(kind).asText("")).filter(text ->
                !text.isEmpty()).findFirst().orElse("/");
    }

    private static Stream<String> orAny(Stream<String> paths) {
        List<String> all = new ArrayList<>(paths.toList());
        return all.isEmpty() ? Stream.of("/") : all.stream();
    }

    private static String literal(String path) {
        return EXPRESSION.matcher(path).replaceFirst("").replaceFirst("/+$", "");
    }

    /** Returns the prefix that contains a path; empty if none does. */
    public static Optional<String> prefix(List<String> prefixes, String path) {
        return prefixes.stream().filter(prefix -> path.equals(prefix) || path.startsWith(prefix + "/")).findFirst();
    }
}
