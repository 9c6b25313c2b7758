package delivery.traffic;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The place of a value in an answer, such as the version or the pod that gave it. */
public sealed interface Place {

    /** Returns the value, given the headers by name in any case; empty if there is none, or only blanks. */
    Optional<String> in(String body, Map<String, String> headers);

    /**
     * A place in a JSON document, by RFC 6901: {@code /build/version}. Only a text counts.
     *
     * @param number whether a whole number counts too, such as that of a build; a parser would turn 1.10 into 1.1
     */
    record Pointer(JsonPointer pointer, boolean number) implements Place {

        private static final ObjectMapper JSON = new ObjectMapper();

        /** @throws IllegalArgumentException if it is not a pointer */
        public static Pointer of(String text) {
            return new Pointer(JsonPointer.compile(text), false);
        }

        /** Returns the same place, where a whole number counts too. */
        public Pointer orNumber() {
            return new Pointer(pointer, true);
        }

        @Override
        public Optional<String> in(String body, Map<String, String> headers) {
            try {
                JsonNode there = JSON.readTree(body).at(pointer);
                return Optional.of(there).filter(node -> node.isTextual()
                        || number && node.isIntegralNumber()).map(JsonNode::asText)
                       .filter(text -> !text.isBlank());
            } catch (JsonProcessingException e) {
                return Optional.empty(); // a text that is not JSON has no value at any place; the answer shows that
            }
        }

        @Override
        public String toString() {
            return "JSON " + (pointer.matches() ? "text" : pointer);
        }
    }

    record Header(String name) implements Place {

        @Override
        public Optional<String> in(String body, Map<String, String> headers) {
            return Optional.ofNullable(headers.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        @Override
        public String toString() {
            return "header " + name;
        }
    }

    /** A place in a text: the first group of the first match. */
    record Text(Pattern pattern) implements Place {

        @Override
        public Optional<String> in(String body, Map<String, String> headers) {
            Matcher found = pattern.matcher(body);
            return found.find() ? Optional.ofNullable(found.group(1)).map(String::strip).filter(text -> !text.isEmpty())
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return "text at " + pattern;
        }
    }
}
