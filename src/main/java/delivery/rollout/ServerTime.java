package delivery.rollout;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;

/**
 * A time by the API server's clock, to the second. It is compared only with other such times, because the local clock
 * may differ.
 */
public final class ServerTime {

    private final Instant instant;

    private ServerTime(Instant instant) {
        this.instant = instant;
    }

    /**
     * Returns when the owner of a field last changed anything of the object, from {@code metadata.managedFields}.
     *
     * @param path of the field, from the top of the object
     * @return empty if nobody owns the field, or the object does not have the time
     */
    public static Optional<ServerTime> changed(JsonNode object, String... path) {
        return object.path("metadata").path("managedFields").valueStream()
                .filter(manager -> owns(manager, path)).flatMap(manager -> time(manager).stream())
                .max(Comparator.naturalOrder()).map(ServerTime::new);
    }

    private static boolean owns(JsonNode manager, String... path) {
        JsonNode fields = manager.path("fieldsV1");
        for (String field : path) {
            fields = fields.path("f:" + field);
        }
        return !fields.isMissingNode();
    }

    private static Optional<Instant> time(JsonNode manager) {
        return parse(manager.path("time").asText("")).map(time -> time.instant);
    }

    /** Parses a time as the API server writes it; empty if the text is not a time. */
    static Optional<ServerTime> parse(String text) {
        try {
            return Optional.of(new ServerTime(Instant.parse(text)));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    ServerTime orLater(ServerTime other) {
        return instant.isBefore(other.instant) ? other : this;
    }

    /** Returns the duration from this time to that one; negative if that one was before. */
    public Duration until(ServerTime later) {
        return Duration.between(instant, later.instant);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerTime time && instant.equals(time.instant);
    }

    @Override
    public int hashCode() {
        return instant.hashCode();
    }

    /** The form used in evidence: {@code 2026-11-24T01:02:03Z}. */
    @Override
    @JsonValue
    public String toString() {
        return instant.toString();
    }
}
