package delivery.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What users ask a release for, and how an answer tells the version that gave it. */
public interface Endpoint {

    /** A JSON object that names the version, and the pod if it likes. */
    VersionAnswer VERSION = new VersionAnswer("/version", Place.Pointer.of("/version"),
            Optional.of(Place.Pointer.of("/pod")));

    /** Path of the address, with a slash at its beginning. */
    String path();

    /** The types of an answer that are asked for. */
    String accept();

    /** Whether an answer's headers are looked at. */
    default boolean readsHeaders() {
        return false;
    }

    /**
     * What came of a request.
     *
     * @param at      when it was sent
     * @param status  HTTP status
     * @param headers those of the answer, by name, whatever their case; empty where they are not looked at
     */
    Answer read(Instant at, int status, String body, Map<String, String> headers, Duration took);

    /** The same of an answer whose headers are not looked at. */
    default Answer read(Instant at, int status, String body, Duration took) {
        return read(at, status, body, Map.of(), took);
    }
}
