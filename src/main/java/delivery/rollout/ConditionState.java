package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** A condition in an object's status, at one moment. */
public record ConditionState(String kind, String name, String type, String status, String reason, String message) {

    public static Stream<ConditionState> parse(String kind, JsonNode object) {
        return object.path("status").path("conditions").valueStream()
                .map(condition -> new ConditionState(kind, object.path("metadata").path("name").asText(""),
                        condition.path("type").asText(""), condition.path("status").asText(""),
                        condition.path("reason").asText(""), condition.path("message").asText("")));
    }

    boolean is(String thatType, String thatStatus) {
        return type.equals(thatType) && status.equals(thatStatus);
    }
}
