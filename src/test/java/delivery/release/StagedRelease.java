package delivery.release;

import delivery.rollout.Release;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A release in the state that a test gives, which records what was expected of it. */
final class StagedRelease implements WatchedRelease {

    final List<Outcome<?>> seen = new ArrayList<>();
    final List<Duration> watched = new ArrayList<>();
    private Release now;

    StagedRelease(Release now) {
        this.now = now;
    }

    void becomes(Release release) {
        now = release;
    }

    @Override
    public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit) {
        if (expectation.judge(now) instanceof Outcome.Met<R> met) {
            return met.value();
        }
        throw new AssertionError(expectation.description() + ": " + expectation.judge(now));
    }

    @Override
    public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit,
            Function<Release, Duration> ownTime) {
        return await(expectation, limit);
    }

    @Override
    public void throughout(Expectation<? super Release, ?> expectation, Duration time) {
        seen.add(expectation.judge(now));
        watched.add(time);
    }
}
