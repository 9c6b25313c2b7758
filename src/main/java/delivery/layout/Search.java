package delivery.layout;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The result of a search for a place in the values.
 *
 * @param place   empty if it is not known
 * @param finding the result in words
 */
record Search<T>(Optional<T> place, Finding finding) {

    static <T> Search<T> found(T place, Finding finding) {
        return new Search<>(Optional.of(place), finding);
    }

    /** This result or, if there is nothing of the kind here, that of a search elsewhere. */
    Search<T> or(Supplier<Search<T>> elsewhere) {
        return finding.state() == Finding.State.NONE ? elsewhere.get() : this;
    }

    static <T> Search<T> open(Finding finding) {
        return new Search<>(Optional.empty(), finding);
    }
}
