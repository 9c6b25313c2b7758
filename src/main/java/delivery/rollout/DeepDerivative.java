package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;

/**
 * Whether an object of the API server may stem from what was written, in spite of defaults that the server added. The
 * kubectl plugin thus decides if it must undo (apimachinery, third_party/forked/golang/reflect, DeepDerivative).
 */
public final class DeepDerivative {

    private DeepDerivative() {
    }

    /** Whether all that was written is there. Null and empty texts, lists and objects match any value of a field. */
    public static boolean from(JsonNode written, JsonNode there) {
        if (there.isMissingNode()) {
            return false;
        }
        if (written.isNull()) {
            return true;
        }
        if (written.getNodeType() != there.getNodeType()) {
            return false;
        }
        if (written.isTextual() && written.textValue().isEmpty()) {
            return true;
        }
        if (written.isObject()) {
            return written.properties().stream().allMatch(field -> from(field.getValue(), there.path(field.getKey())));
        }
        if (written.isArray()) {
            return written.size() <= there.size()
                    && IntStream.range(0, written.size()).allMatch(i -> from(written.get(i), there.get(i)));
        }
        // The same number may be read as an int in one object and as a long in the other.
        return written.isNumber() ? written.decimalValue().compareTo(there.decimalValue()) == 0 : written.equals(there);
    }
}
