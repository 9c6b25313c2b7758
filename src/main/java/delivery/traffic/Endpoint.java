package delivery.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The address that users request, and how its answer shows the version that gave it. */
public interface Endpoint {

    /** A JSON object with the version, and optionally the pod. */
    VersionAnswer VERSION = new VersionAnswer("/version", Place.Pointer.of("/version"),
            Optional.of(Place.Pointer.of("/pod")));

    /** Path of the address, with a leading slash. */
    String path();

    /** Media types for the Accept header. */
    String accept();

    /** @param headers those of the answer, by name in any case */
    Answer read(Instant at, int status, String body, Map<String, String> headers, Duration took);
}
