package delivery.rollout;

import delivery.waiting.Expectation;
import delivery.waiting.Obstacle;
import delivery.waiting.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An undo that somebody takes back: the Rollout asks for another version again, and nothing that was expected of the
 * undo can come any more.
 *
 * @param before generation of the Rollout before it; the undo makes one more, and what takes it back another
 */
public record UndoReversal(String tag, long before) {

    /** The same, which ends at once when the undo is taken back; who says who did that, and what to do. */
    public <R> Expectation<Release, R> orElse(Expectation<? super Release, R> expected, Supplier<String> who) {
        return Expectation.of(expected.description(), release -> obstacle(release, who)
                .map(cause -> Outcome.<R>impossible(cause.sentence())).orElseGet(() -> expected.judge(release)));
    }

    /**
     * The same for what may have come before the undo was taken back. It is given up only when nothing has shown that
     * for this long, because each kind of object is watched by itself.
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

    /** The reversal as the cause of what does not come; empty if nobody took the undo back. */
    public Optional<Obstacle> obstacle(Release release, Supplier<String> who) {
        return release.rollout().filter(this::isTakenBack).map(rollout -> Obstacle.of("Undo", "the release was taken"
                + " back: it asks for " + String.join(" ", rollout.images()) + " again, " + who.get()));
    }

    private boolean isTakenBack(Rollout rollout) {
        return rollout.generation() >= before + 2 && !rollout.asksFor(tag);
    }
}
