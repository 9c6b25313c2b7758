package delivery.waiting;

import java.util.List;
import java.util.Objects;

/** What an expectation makes of a state. */
public sealed interface Outcome<R> {

    /** It is as expected; the value is what the wait was for. */
    record Met<R>(R value) implements Outcome<R> {

        public Met {
            Objects.requireNonNull(value);
        }
    }

    /**
     * It is not as expected now; the text says what is there instead.
     *
     * @param platformDown whether what is there says itself that a part of the platform did not work, so that nothing
     *                     is known of the delivery if it stays so
     * @param obstacles likely causes, the most specific one first; may be empty
     */
    record NotYet<R>(String seen, boolean platformDown, List<Obstacle> obstacles) implements Outcome<R> {

        public NotYet {
            Objects.requireNonNull(seen);
            obstacles = List.copyOf(obstacles);
        }
    }

    /** It cannot become as expected any more; the text says why. */
    record Impossible<R>(String why) implements Outcome<R> {

        public Impossible {
            Objects.requireNonNull(why);
        }
    }

    static <R> Outcome<R> met(R value) {
        return new Met<>(value);
    }

    static <R> Outcome<R> notYet(String seen) {
        return new NotYet<>(seen, false, List.of());
    }

    /** @param seen tells which part of the platform did not work */
    static <R> Outcome<R> platformDown(String seen) {
        return new NotYet<>(seen, true, List.of());
    }

    static <R> Outcome<R> impossible(String why) {
        return new Impossible<>(why);
    }

    /** It cannot become as expected any more, for a cause that may be the environment's. */
    static <R> Outcome<R> impossible(Obstacle cause) {
        return new NotYet<>(cause.sentence(), false, List.of(cause.isFinal()));
    }
}
