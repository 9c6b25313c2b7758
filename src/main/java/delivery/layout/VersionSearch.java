package delivery.layout;

import delivery.traffic.AnswerSearch;
import delivery.traffic.TagRelation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks for the version in what the live release answers, by the tag that it runs. */
final class VersionSearch {

    private static final int OK = 200;

    private VersionSearch() {
    }

    static Finding of(List<HttpAnswer> answers, String tag) {
        return answers.stream().flatMap(answer -> found(answer, tag).stream()).findFirst().orElseGet(() -> {
            String seen = answers.isEmpty() ? "nobody could be asked" : String.join(", ", answers.stream()
                    .map(answer -> answer.path() + (answer.status() == 0 ? ": " + answer.body()
                            : " HTTP " + answer.status())).toList());
            return Finding.missing(Item.VERSION, "no answer of the live release holds its tag " + tag + ": " + seen);
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
