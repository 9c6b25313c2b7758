package delivery.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for the version in what the live release answers, by the tag that it runs. */
final class VersionSearch {

    private static final ObjectMapper JSON = new ObjectMapper();

    private VersionSearch() {
    }

    static Finding of(List<HttpAnswer> answers, String tag) {
        for (HttpAnswer answer : answers) {
            Optional<Finding> found = answer.status() == 200 ? found(answer, tag) : Optional.empty();
            if (found.isPresent()) {
                return found.get();
            }
        }
        // Such as a header that a page that is not there has as well.
        for (HttpAnswer answer : answers) {
            Optional<Finding> found = header(answer, tag);
            if (found.isPresent()) {
                return found.get();
            }
        }
        String seen = answers.isEmpty() ? "nobody could be asked" : String.join(", ", answers.stream()
                .map(answer -> answer.path() + (answer.status() == 0 ? ": " + answer.body()
                        : " HTTP " + answer.status())).toList());
        return Finding.missing(Item.VERSION, "no answer of the live release holds its tag " + tag + ": " + seen);
    }

    private static Optional<Finding> found(HttpAnswer answer, String tag) {
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            collect(JSON.readTree(answer.body()), "", texts);
        } catch (JsonProcessingException noJson) {
            // A page: the header may tell.
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Optional<String> relation = relation(text.getValue(), tag);
            if (relation.isPresent()) {
                return Optional.of(Finding.found(Item.VERSION, "GET " + answer.path() + ", JSON " + text.getKey(),
                        "it says " + text.getValue() + ", which is " + relation.get()));
            }
        }
        return header(answer, tag);
    }

    private static Optional<Finding> header(HttpAnswer answer, String tag) {
        return answer.headers().entrySet().stream().filter(header -> relation(header.getValue(), tag).isPresent())
                .findFirst().map(header -> Finding.found(Item.VERSION, "GET " + answer.path() + ", header "
                        + header.getKey(), "it says " + header.getValue() + ", which is "
                        + relation(header.getValue(), tag).orElseThrow()));
    }

    /** How a text and the tag relate; empty if they do not. */
    private static Optional<String> relation(String text, String tag) {
        if (tag.isEmpty()) {
            return Optional.empty();
        }
        return text.equals(tag) ? Optional.of("the live tag")
                : tag.equals("v" + text) ? Optional.of("the live tag " + tag + " without its v")
                : text.equals("v" + tag) ? Optional.of("the live tag " + tag + " with a v") : Optional.empty();
    }

    private static void collect(JsonNode node, String pointer, Map<String, String> texts) {
        if (node.isTextual()) {
            texts.put(pointer, node.asText());
        } else {
            node.properties().forEach(field -> collect(field.getValue(), pointer + "/" + field.getKey(), texts));
        }
    }
}
