package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.waiting.ResourceVersion;
import java.util.List;

/**
 * Which Rollout it is, and which state of it.
 *
 * @param version which state of the object it is
 * @param writers who has set its fields
 */
public record RolloutIdentity(String namespace, String name, String uid, long generation, ResourceVersion version,
        List<FieldWriter> writers) {

    static RolloutIdentity parse(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new RolloutIdentity(metadata.path("namespace").asText(""), metadata.path("name").asText(""),
                metadata.path("uid").asText(""), metadata.path("generation").asLong(), ResourceVersion.of(object),
                FieldWriter.of(object));
    }
}
