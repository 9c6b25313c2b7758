package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/**
 * A step of a Rollout's canary strategy.
 *
 * @param kind   name of its field: {@code setWeight}, {@code pause}, {@code analysis}, ...
 * @param weight percent that a setWeight asks for; empty for any other
 * @param waits  whether it is a pause that ends only when a person promotes
 */
public record Step(String kind, OptionalInt weight, boolean waits) {

    static Step parse(JsonNode step) {
        String kind = step.fieldNames().hasNext() ? step.fieldNames().next() : "nothing";
        JsonNode value = step.path(kind);
        return switch (kind) {
            case "setWeight" -> new Step(kind, OptionalInt.of(value.asInt()), false);
            case "pause" -> new Step(kind, OptionalInt.empty(), value.path("duration").isMissingNode()
                    || value.path("duration").isNull());
            default -> new Step(kind, OptionalInt.empty(), false);
        };
    }
}
