package delivery.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/**
 * The version of an object in an answer or an event. A state that arrives late, or again after a newer one, must not be
 * taken for the current one.
 *
 * @param uid     UID of the object; an object that is created again has another
 * @param version as the API gives it
 */
public record ResourceVersion(String uid, String version) {

    /** Returns the version of an object; empty texts if it has none. */
    public static ResourceVersion of(JsonNode object) {
        return new ResourceVersion(object.path("metadata").path("uid").asText(""),
                object.path("metadata").path("resourceVersion").asText(""));
    }

    /** Whether this state of the same object is later than the other. Versions that are not numbers never are. */
    public boolean isLaterThan(ResourceVersion other) {
        return !uid.isEmpty() && uid.equals(other.uid) && isNumber(version) && isNumber(other.version)
                && new BigInteger(version).compareTo(new BigInteger(other.version)) > 0;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d+");
    }
}
