package delivery.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/**
 * Which state of an object an answer or an event tells of. One that comes late, or comes again after a newer one, must
 * not be taken for the state now.
 *
 * @param uid     of the object: one that was made anew has another
 * @param version as the API gives it
 */
public record ResourceVersion(String uid, String version) {

    /** The version of an object; of one that says none, none. */
    public static ResourceVersion of(JsonNode object) {
        return new ResourceVersion(object.path("metadata").path("uid").asText(""),
                object.path("metadata").path("resourceVersion").asText(""));
    }

    /** Whether this state is later than another of the same object. Versions that are no numbers tell nothing. */
    public boolean isLaterThan(ResourceVersion other) {
        return !uid.isEmpty() && uid.equals(other.uid) && isNumber(version) && isNumber(other.version)
                && new BigInteger(version).compareTo(new BigInteger(other.version)) > 0;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d+");
    }
}
