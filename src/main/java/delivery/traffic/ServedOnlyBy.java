package delivery.traffic;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A check that a single version served a sample.
 *
 * @param route   target of the requests, for the message: "the preview Service"
 * @param version the version that must have answered every request
 * @param pods    names of that version's pods; empty if any pod will do
 */
public record ServedOnlyBy(String route, String version, Set<String> pods) {

    /** The complaint in words; empty if every request was answered by the version, from its pods. */
    public Optional<String> complaint(Sample sample) {
        String expected = "Every one of " + sample.size() + " requests to " + route + " must be answered by version "
                + version + "; ";
        if (sample.size() == 0) {
            return Optional.of(expected + "none was sent");
        }
        if (sample.served(version) != sample.size()) {
            return Optional.of(expected + sample.sentence(other -> !other.equals(version)));
        }
        if (!pods.isEmpty() && !pods.containsAll(sample.byPod().keySet())) {
            return Optional.of(expected + "some were answered by pods that are not of its ReplicaSet: "
                    + sample.byPod().keySet().stream().filter(pod -> !pods.contains(pod))
                            .collect(Collectors.joining(", ")));
        }
        return Optional.empty();
    }
}
