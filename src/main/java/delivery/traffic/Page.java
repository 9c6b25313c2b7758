package delivery.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The page that people see. It shows a version if it contains one version's number as a word, and no other's. */
public record Page(Set<String> versions) implements Endpoint {

    public Page {
        versions = new TreeSet<>(versions);
    }

    /** Returns a page that is searched for these numbers. */
    public static Page naming(String... versions) {
        return new Page(Set.of(versions));
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String accept() {
        return "text/html,*/*;q=0.8";
    }

    @Override
    public Answer read(Instant at, int status, String body, Map<String, String> headers, Duration took) {
        List<String> named = status == 200 ? versions.stream().filter(version -> holds(body, version)).toList()
                : List.of();
        Optional<String> failure = status != 200 ? Optional.of("HTTP " + status)
                : named.isEmpty() ? Optional.of("HTTP 200 without a version")
                : named.size() > 1 ? Optional.of("HTTP 200 with several versions") : Optional.empty();
        return new Answer(at, status, failure.isEmpty() ? Optional.of(named.get(0)) : Optional.empty(),
                Optional.empty(), failure, took);
    }

    /** Whether a number is a word of its own: 1.0.0 is not in 1.0.0-rc.1 nor in 11.0.0, but it is in v1.0.0. */
    private static boolean holds(String body, String version) {
        return Pattern.compile("(?<![\\w.+-])v?" + Pattern.quote(version) + "(?![\\w+-]|\\.\\w)").matcher(body).find();
    }
}
