package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Optional;

/**
 * The last writer of an object's specification, from {@code metadata.managedFields}.
 *
 * @param time the time by the API server's clock, to the second
 */
record SpecWriter(String manager, String operation, String time) {

    static Optional<SpecWriter> last(JsonNode object) {
        return object.at("/metadata/managedFields").valueStream()
                .filter(entry -> entry.path("fieldsV1").has("f:spec"))
                .map(entry -> new SpecWriter(entry.path("manager").asText("somebody"),
                        entry.path("operation").asText("Update"), entry.path("time").asText("")))
                .max(Comparator.comparing(SpecWriter::time));
    }

    @Override
    public String toString() {
        return manager + " (" + operation + (time.isEmpty() ? "" : " at " + time) + ")";
    }
}
