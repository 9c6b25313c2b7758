package delivery.rollout;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;

/**
 * A moment by the API server's clock, to the second. It compares with another such moment alone: the clock of the
 * machine that looks on may be another one.
 */
public final class ServerTime {

    private final Instant instant;

    private ServerTime(Instant instant) {
        this.instant = instant;
    }

    /**
     * When whoever set a field last changed anything of the object, as {@code metadata.managedFields} keeps it.
     *
     * @param path the field's, from the top of the object
     * @return empty if nobody owns the field, or the object does not tell
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

    /** A time as the API server writes it; empty if it is none. */
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

    /** From this moment to that one; negative if that one was before. */
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

    /** As evidence has it: {@code 2026-11-24T01:02:03Z}. */
    @Override
    @JsonValue
    public String toString() {
        return instant.toString();
    }
}
