package delivery.timeline;

import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.timeline.TimelineSnapshot.TimelineEvent;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Sample;
import delivery.waiting.Feed;
import delivery.waiting.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the answers that users of a release get while its case runs, and the changes of the release. No verdict
 * depends on it. Safe for use by many threads.
 */
public final class Timeline implements AutoCloseable {

    private final Instant begun = Instant.now();
    private final BackgroundTraffic load;
    private final Subscription changes;
    private final List<Sample> samples = new ArrayList<>();
    private final List<TimelineEvent> moments = new ArrayList<>();
    private Optional<Rollout> seen;

    /**
     * @param load     requests of the release's users, already started; closed together with this
     * @param releases feed of the release's changes
     */
    public Timeline(BackgroundTraffic load, Feed<Release> releases) {
        this.load = load;
        seen = releases.lastKnown().rollout();
        changes = releases.onChange(() -> changed(releases));
    }

    public void mark(String words) {
        mark(Instant.now(), words);
    }

    public synchronized void mark(Instant at, String words) {
        moments.add(new TimelineEvent(at, words));
    }

    /** Adds requests of users that were sent for another purpose. */
    public synchronized void add(Sample sample) {
        samples.add(sample);
    }

    private synchronized void changed(Feed<Release> releases) {
        Optional<Rollout> now = releases.lastKnown().rollout();
        if (seen.isPresent() && now.isPresent()) {
            between(seen.get(), now.get()).forEach(this::mark);
        }
        seen = now;
    }

    /** Returns everything up to now, without requests that are still outstanding. */
    public synchronized TimelineSnapshot soFar() {
        return new TimelineSnapshot(begun, Instant.now(), load.soFar(),
                new Sample(samples.stream().flatMap(sample -> sample.answers().stream()).toList()), moments);
    }

    @Override
    public void close() {
        changes.close();
        load.close();
    }

    /** Returns the changes of a Rollout between two looks, in everyday words. */
    static List<String> between(Rollout before, Rollout now) {
        List<String> words = new ArrayList<>();
        if (now.abort() && !before.abort()) {
            words.add("aborted");
        }
        // A switch from nothing is the first deployment.
        if (!now.activeHash().equals(before.activeHash()) && !before.activeHash().isEmpty()
                && !now.activeHash().isEmpty()) {
            words.add("switched");
        }
        if (waits(now) && !(waits(before) && before.step().equals(now.step()))) {
            words.add(now.step().isPresent()
                    ? "paused at step " + now.step().getAsInt() + ", " + now.askedWeight() + "% asked"
                    : "paused on preview");
        }
        if (now.phase().equals("Degraded") && !before.phase().equals("Degraded") && !now.abort()) {
            words.add("degraded");
        }
        if (now.healthy() && !before.healthy()) {
            words.add("healthy");
        }
        return words;
    }

    private static boolean waits(Rollout rollout) {
        return rollout.phase().equals("Paused") && !rollout.pauses().isEmpty();
    }
}
