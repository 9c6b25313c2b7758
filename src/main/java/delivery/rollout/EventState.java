package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/**
 * An event of an object, which the Kubernetes API keeps for an hour. It may come late, or never if the object had more
 * than 25 in a short time (the event spam filter of client-go).
 *
 * @param uid   UID of the object; empty if the event does not have it
 * @param count number of times it was reported
 * @param last  time of the last report as the API server writes it; later times sort after earlier ones as text
 */
public record EventState(String kind, String name, String uid, String reason, String message, long count, String last) {

    public static EventState parse(JsonNode event) {
        JsonNode object = event.path("involvedObject");
        JsonNode series = event.path("series");
        return new EventState(object.path("kind").asText(""), object.path("name").asText(""),
                object.path("uid").asText(""), event.path("reason").asText(""),
                event.path("message").asText("").strip().replaceAll("\\s+", " "),
                Math.max(1, Math.max(event.path("count").asLong(), series.path("count").asLong())),
                text(series.path("lastObservedTime"), event.path("lastTimestamp"), event.path("eventTime"),
                        event.path("firstTimestamp")));
    }

    private static String text(JsonNode... times) {
        return Stream.of(times).filter(JsonNode::isTextual).findFirst().map(JsonNode::asText).orElse("");
    }
}
