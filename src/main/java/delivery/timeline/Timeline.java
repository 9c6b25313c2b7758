package delivery.timeline;

import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Sample;
import delivery.waiting.Feed;
import delivery.waiting.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects what users of a release are served while its case runs, and what happens to it. It judges nothing, and
 * nothing is judged by it. Safe for use by many threads.
 */
public final class Timeline implements AutoCloseable {

    private final Instant begun = Instant.now();
    private final BackgroundTraffic load;
    private final Subscription changes;
    private final List<Sample> samples = new ArrayList<>();
    private final List<TimelineEvent> moments = new ArrayList<>();
    private Optional<Rollout> seen;

    /**
     * Begins.
     *
     * @param load     requests of the release's users, begun; ended by this
     * @param releases tells of the release's changes
     */
    public Timeline(BackgroundTraffic load, Feed<Release> releases) {
        this.load = load;
        seen = releases.lastKnown().rollout();
        changes = releases.onChange(() -> changed(releases));
    }

    /** Something happened now. */
    public void mark(String words) {
        mark(Instant.now(), words);
    }

    /** Something happened. */
    public synchronized void mark(Instant at, String words) {
        moments.add(new TimelineEvent(at, words));
    }

    /** Requests of users that were sent for another purpose. */
    public synchronized void add(Sample sample) {
        samples.add(sample);
    }

    private synchronized void changed(Feed<Release> releases) {
        Optional<Rollout> now = releases.lastKnown().rollout();
        if (seen.isPresent() && now.isPresent()) {
            Changes.between(seen.get(), now.get()).forEach(this::mark);
        }
        seen = now;
    }

    /** All up to now. A request under way is left out. */
    public synchronized TimelineSnapshot soFar() {
        return new TimelineSnapshot(begun, Instant.now(), load.soFar(),
                new Sample(samples.stream().flatMap(sample -> sample.answers().stream()).toList()), moments);
    }

    /** Ends the requests. */
    @Override
    public void close() {
        changes.close();
        load.close();
    }
}
