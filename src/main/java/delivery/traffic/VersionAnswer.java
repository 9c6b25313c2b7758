package delivery.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoint at which an application shows its version.
 *
 * @param path    of the address, with a leading slash
 * @param version place of the version in the answer
 * @param pod     place of the pod's name in it; empty if it is not there
 */
public record VersionAnswer(String path, Place version, Optional<Place> pod) implements Endpoint {

    @Override
    public String accept() {
        return version instanceof Place.Pointer ? "application/json" : "*/*";
    }

    @Override
    public Answer read(Instant at, int status, String body, Map<String, String> headers, Duration took) {
        if (status != 200) {
            return new Answer(at, status, Optional.empty(), Optional.empty(), Optional.of("HTTP " + status), took);
        }
        Optional<String> value = version.in(body, headers);
        return new Answer(at, status, value, pod.flatMap(place -> place.in(body, headers)),
                value.isPresent() ? Optional.empty() : Optional.of("HTTP 200 without a version"), took);
    }

    @Override
    public String toString() {
        return path + " (" + version + ")";
    }
}
