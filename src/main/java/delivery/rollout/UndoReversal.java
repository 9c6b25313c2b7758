package delivery.rollout;

import delivery.waiting.Expectation;
import delivery.waiting.Obstacle;
import delivery.waiting.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The reversal of an undo by someone else: the Rollout asks for another version again, and nothing that was expected of
 * the undo can happen any more.
 *
 * @param before generation of the Rollout before the undo; the undo and its reversal each add one
 */
public record UndoReversal(String tag, long before) {

    /** The same expectation, impossible once the undo is reversed; {@code who} says who did it and what to do. */
    public <R> Expectation<Release, R> orElse(Expectation<? super Release, R> expected, Supplier<String> who) {
        return Expectation.of(expected.description(), release -> obstacle(release, who)
                .map(cause -> Outcome.<R>impossible(cause.sentence())).orElseGet(() -> expected.judge(release)));
    }

    /**
     * The same for a result that may have occurred before the reversal. It becomes impossible only after this grace,
     * because each kind of object is watched separately.
     */
    public <R> Expectation<Release, R> orElseAfter(Duration grace, Expectation<? super Release, R> expected,
            Supplier<String> who) {
        return Expectation.of(expected.description(), release -> {
            Outcome<R> outcome = expected.judge(release);
            return outcome instanceof Outcome.NotYet<R> notYet ? obstacle(release, who)
                    .<Outcome<R>>map(cause -> new Outcome.NotYet<>(notYet.seen(), false,
                            List.of(cause.finalAfter(grace)))).orElse(outcome) : outcome;
        });
    }

    /** The reversal as the obstacle to the expected result; empty if nobody reversed the undo. */
    public Optional<Obstacle> obstacle(Release release, Supplier<String> who) {
        return release.rollout().filter(this::isTakenBack).map(rollout -> Obstacle.of("Undo", "the release was taken"
                + " back: it asks for " + String.join(" ", rollout.images()) + " again, " + who.get()));
    }

    private boolean isTakenBack(Rollout rollout) {
        return rollout.generation() >= before + 2 && !rollout.asksFor(tag);
    }
}
