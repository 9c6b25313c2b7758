package delivery.rollout;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
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
        return Expectation.of(expected.description(), release -> release.rollout().filter(this::isTakenBack)
                .map(rollout -> Outcome.<R>impossible("the release was taken back: it asks for " + String.join(" ",
                        rollout.images()) + " again, " + who.get())).orElseGet(() -> expected.judge(release)));
    }

    private boolean isTakenBack(Rollout rollout) {
        return rollout.generation() >= before + 2 && !rollout.asksFor(tag);
    }
}
