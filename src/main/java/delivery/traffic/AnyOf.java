package delivery.traffic;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A check that certain versions served every request of a sample.
 *
 * @param route    subject of the requests, for the message: "users"
 * @param versions that may have answered
 * @param each     whether each of them must have answered
 */
public record AnyOf(String route, Set<String> versions, boolean each) {

    /** The complaint in words; empty if every request was answered, and only by these versions. */
    public Optional<String> complaint(Sample sample) {
        String expected = "Every one of " + sample.size() + " requests of " + route + " must be answered by version "
                + String.join(" or ", new TreeSet<>(versions)) + "; ";
        if (sample.size() == 0) {
            return Optional.of(expected + "none was sent");
        }
        String wrong = sample.sentence(version -> !versions.contains(version));
        if (!wrong.isEmpty()) {
            return Optional.of(expected + wrong);
        }
        String missing = versions.stream().filter(version -> each && sample.served(version) == 0).sorted()
                .collect(Collectors.joining(" and "));
        return missing.isEmpty() ? Optional.empty()
                : Optional.of("Of " + sample.size() + " requests of " + route + " some must be answered by version "
                        + missing + "; " + sample.sentence(version -> true));
    }
}
