package delivery.traffic;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Searches one answer for values that show the version, by their relation to the tag that the application runs. */
public final class AnswerSearch implements Endpoint {

    /** Paths at which applications are known to show their version; the first that does is used. */
    public static final List<String> PATHS = List.of("/version", "/api/version", "/api/v1/version", "/info",
            "/api/info", "/instance/info", "/actuator/info", "/health", "/healthz", "/api/health", "/status", "/");

    private static final int MOST_PREFIXES = 3;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** An answer that consists of a single word, and the word after "version" in a text or a page. */
    private static final List<Place> OF_TEXT = List.of(new Place.Text(Pattern.compile("\\A\\s*(\\S+)\\s*\\z")),
            new Place.Text(Pattern.compile("(?i)\\bversion(?:[^\\w<]|<[^<>]{0,80}>){1,8}?([\\w.+-]*\\d[\\w.+-]*)")));

    /** A text that may as well count something else, such as connections, as be the tag of a build. */
    private static final Pattern COUNT = Pattern.compile("\\d{1,3}");
    private static final Pattern NAMED = Pattern.compile("(?i).*(version|tag|build|release|revision).*");

    private final String path;
    private final String tag;
    private final List<Found> found = new ArrayList<>();
    private final List<String> near = new ArrayList<>();

    /** One place that shows the version, and its value. */
    public record Found(VersionAnswer answer, String said, TagRelation relation) {
    }

    /**
     * The result of a request for a path.
     *
     * @param found places that show the version, the likeliest first: those whose name contains "version" before
     *              others, then values equal to the tag before others
     * @param near  values with the tag's number and something else, in words: they may be the version all the same
     */
    public record Asked(String path, Answer answer, List<Found> found, List<String> near) {

        /** The place to prefer: the places agree, or those with a fitting name do; empty if they disagree. */
        public Optional<Found> clear() {
            List<Found> likely = found.stream().filter(AnswerSearch::named).toList();
            List<Found> left = likely.isEmpty() ? found : likely;
            return left.stream().map(Found::relation).distinct().count() == 1 ? Optional.of(left.get(0))
                    : Optional.empty();
        }

        /** Each place and its value. */
        public String words() {
            return found.stream().map(one -> one.answer().version() + " says " + one.said())
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * Returns the paths to search.
     *
     * @param prefixes of the paths that lead to the application; none if all do
     */
    public static List<String> paths(List<String> prefixes) {
        return prefixes.isEmpty() ? PATHS : prefixes.stream().limit(MOST_PREFIXES).flatMap(prefix -> Stream.concat(
                PATHS.stream().filter(path -> (path + "/").startsWith(prefix + "/")),
                PATHS.stream().map(path -> prefix + path))).distinct().toList();
    }

    private AnswerSearch(String path, String tag) {
        this.path = path;
        this.tag = tag;
    }

    public static Asked ask(String path, String tag, Function<Endpoint, Answer> live) {
        AnswerSearch search = new AnswerSearch(path, tag);
        Answer answer = live.apply(search);
        return new Asked(path, answer, search.found(), List.copyOf(search.near));
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String accept() {
        return "application/json, */*;q=0.8";
    }

    @Override
    public Answer read(Instant at, int status, String body, Map<String, String> headers, Duration took) {
        if (status == 200) {
            JsonNode json = parsed(body);
            values(JsonPointer.empty(), json).forEach(pointer -> add(new Place.Pointer(pointer,
                    json.at(pointer).isIntegralNumber()), body, headers));
            if (json.isMissingNode()) {
                OF_TEXT.forEach(place -> add(place, body, headers));
            }
            headers.keySet().stream().sorted().forEach(name -> add(new Place.Header(name), body, headers));
        }
        Optional<String> said = found().stream().findFirst().map(Found::said);
        return new Answer(at, status, said, Optional.empty(), said.isPresent() ? Optional.empty()
                : Optional.of("HTTP " + status + (status == 200 ? " without a version" : "")), took);
    }

    private List<Found> found() {
        return found.stream().sorted(Comparator.comparing((Found one) -> !named(one))
                .thenComparing(one -> !one.relation().equals(TagRelation.EQUAL))).toList();
    }

    private static boolean named(Found one) {
        return one.answer().version().toString().toLowerCase(Locale.ROOT).contains("version");
    }

    private void add(Place place, String body, Map<String, String> headers) {
        String name = (place instanceof Place.Header ? "" : path) + " " + place;
        Optional<String> shown = place.in(body, headers)
                .filter(said -> !COUNT.matcher(said).matches() || NAMED.matcher(name).matches());
        shown.ifPresent(said -> TagRelation.between(tag, said).ifPresentOrElse(relation ->
                found.add(new Found(new VersionAnswer(path, place, Optional.empty()), said, relation)), () -> {
                    if (TagRelation.isNear(tag, said)) {
                        near.add(place + " says " + said);
                    }
                }));
    }

    private static Stream<JsonPointer> values(JsonPointer at, JsonNode node) {
        if (node.isValueNode() || node.isMissingNode()) {
            return node.isMissingNode() ? Stream.empty() : Stream.of(at);
        }
        if (node.isObject()) {
            return node.properties().stream()
                    .flatMap(field -> values(at.appendProperty(field.getKey()), field.getValue()));
        }
        List<Stream<JsonPointer>> inside = new ArrayList<>();
        for (int index = 0; index < node.size(); index++) {
            inside.add(values(at.appendIndex(index), node.get(index)));
        }
        return inside.stream().flatMap(each -> each);
    }

    /** Returns a missing node for a text that is not JSON; a single number may also be plain text. */
    private static JsonNode parsed(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node.isContainerNode() || node.isTextual() ? node : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // a text that is not JSON contains no values
        }
    }
}
