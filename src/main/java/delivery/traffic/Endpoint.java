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

    /** @param headers those of the answer, by name, whatever their case */
    Answer read(Instant at, int status, String body, Map<String, String> headers, Duration took);
}
