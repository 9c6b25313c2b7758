package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;

/**
 * Whether what the API server has may come from what was written: it fills in what was left out. As the plugin judges
 * whether an undo is needed at all (apimachinery, third_party/forked/golang/reflect, DeepDerivative).
 */
public final class DeepDerivative {

    private DeepDerivative() {
    }

    /** Whether all that was written is there. Null and empty texts, lists and objects fit any value of their field. */
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
        // A number is read as an int or a long, by what it is read for.
        return written.isNumber() ? written.decimalValue().compareTo(there.decimalValue()) == 0 : written.equals(there);
    }
}
