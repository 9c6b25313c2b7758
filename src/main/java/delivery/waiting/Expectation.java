package delivery.waiting;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** A condition that a state is expected to satisfy. */
public interface Expectation<T, R> {

    /** The expectation in words: "the Rollout is healthy". */
    String description();

    /** Judges a state. The result may also depend on the time, so a state is judged again at least once a second. */
    Outcome<R> judge(T state);

    static <T, R> Expectation<T, R> of(String description, Function<? super T, Outcome<R>> judgement) {
        return new Described<>(Objects.requireNonNull(description), Objects.requireNonNull(judgement));
    }

    /** A description together with a function that judges. */
    record Described<T, R>(String description, Function<? super T, Outcome<R>> judgement) implements Expectation<T, R> {

        @Override
        public Outcome<R> judge(T state) {
            return judgement.apply(state);
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /**
     * Returns the same expectation, with likely causes for every state that does not satisfy it.
     *
     * @param diagnosis finds the causes, the most specific one first
     */
    static <T, R> Expectation<T, R> explained(Expectation<? super T, R> expectation,
            Function<? super T, List<Obstacle>> diagnosis) {
        return of(expectation.description(), state -> {
            Outcome<R> outcome = expectation.judge(state);
            return outcome instanceof Outcome.NotYet<R> notYet && notYet.obstacles().isEmpty()
                    ? new Outcome.NotYet<>(notYet.seen(), notYet.platformDown(), diagnosis.apply(state)) : outcome;
        });
    }
}
