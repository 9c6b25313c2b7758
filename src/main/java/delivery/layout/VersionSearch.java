package delivery.layout;

import delivery.traffic.AnswerSearch;
import delivery.traffic.TagRelation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks for the version in what the live release answers, by the tag that it runs. */
final class VersionSearch {

    private static final int OK = 200;
    private static final int BAD_GATEWAY = 502;
    private static final int NO_SERVER = 503;

    private VersionSearch() {
    }

    static Finding of(List<HttpAnswer> answers, String tag) {
        if (!answers.isEmpty() && answers.stream().allMatch(answer -> answer.status() == 0)) {
            return Finding.fault(Item.GATEWAY, "does not answer", answers.stream().map(HttpAnswer::body).distinct()
                    .collect(Collectors.joining("; ")) + "; see whether it runs, and set GATEWAY to where users reach"
                    + " it");
        }
        List<Integer> statuses = answers.stream().map(HttpAnswer::status).distinct().toList();
        if (statuses.equals(List.of(NO_SERVER)) || statuses.equals(List.of(BAD_GATEWAY))) {
            return Finding.fault(Item.VERSION, "none", "the gateway answers HTTP " + statuses.get(0) + " at every path:"
                    + " the live release has no ready pod behind its route; see its pods and its Services' selectors");
        }
        return answers.stream().flatMap(answer -> found(answer, tag).stream()).findFirst().orElseGet(() -> {
            Map<String, List<String>> seen = new TreeMap<>();
            answers.forEach(answer -> seen.computeIfAbsent(answer.status() == 0 ? answer.body()
                    : "HTTP " + answer.status(), none -> new ArrayList<>()).add(answer.path()));
            return Finding.missing(Item.VERSION, "no answer of the live release holds its tag " + tag + ": "
                    + (seen.isEmpty() ? "nobody could be asked" : seen.entrySet().stream().map(one -> one.getKey()
                            + " at " + String.join(", ", one.getValue())).collect(Collectors.joining("; "))));
        });
    }

    private static Optional<Finding> found(HttpAnswer answer, String tag) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers());
        AnswerSearch search = new AnswerSearch(answer.path(), tag);
        search.read(Instant.now(), answer.status(), answer.body(), headers, Duration.ZERO);
        if (answer.status() != OK || search.found().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(AnswerSearch.clear(search.found()).map(one -> told(one, tag))
                .orElseGet(() -> Finding.missing(Item.VERSION, "GET " + answer.path() + " has several texts that may be"
                        + " it: " + search.found().stream().map(one -> one.answer().version() + " says " + one.said())
                                .collect(Collectors.joining(", ")))));
    }

    private static Finding told(AnswerSearch.Found found, String tag) {
        return Finding.found(Item.VERSION, "GET " + found.answer().path() + ", " + found.answer().version(), "it says "
                + found.said() + (found.relation().equals(TagRelation.EQUAL) ? ", which is the live tag"
                        : ", which is " + found.relation().words("the live tag " + tag)));
    }
}
