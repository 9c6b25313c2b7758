package delivery.waiting;

import java.util.List;
import java.util.Objects;

/** The result of judging a state against an expectation. */
public sealed interface Outcome<R> {

    /** The state is as expected; the value is the result of the wait. */
    record Met<R>(R value) implements Outcome<R> {

        public Met {
            Objects.requireNonNull(value);
        }
    }

    /**
     * The state is not yet as expected; the text says what was seen instead.
     *
     * @param platformDown whether the state shows that a part of the platform does not work, so that nothing is learned
     *                     about the delivery if it stays so
     * @param obstacles    likely causes, the most specific one first; may be empty
     */
    record NotYet<R>(String seen, boolean platformDown, List<Obstacle> obstacles) implements Outcome<R> {

        public NotYet {
            Objects.requireNonNull(seen);
            obstacles = List.copyOf(obstacles);
        }
    }

    /** The state can no longer become as expected; the text says why. */
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

    /** @param seen says which part of the platform does not work */
    static <R> Outcome<R> platformDown(String seen) {
        return new NotYet<>(seen, true, List.of());
    }

    static <R> Outcome<R> impossible(String why) {
        return new Impossible<>(why);
    }

    /** Returns the outcome that the expectation cannot be met any more, for a cause that may be in the environment. */
    static <R> Outcome<R> impossible(Obstacle cause) {
        return new NotYet<>(cause.sentence(), false, List.of(cause.isFinal()));
    }
}
