package delivery.timeline;

import delivery.timeline.TimelineSnapshot.TimelineEvent;
import delivery.traffic.Answer;
import delivery.traffic.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Timelines of a canary. */
public final class Stories {

    public static final Instant BEGUN = Instant.parse("2026-01-31T12:00:00Z");

    private Stories() {
    }

    /** Returns a canary from 1.0.0 to 1.1.0 that is promoted at two pauses, with three failed requests. */
    public static TimelineSnapshot canary() {
        List<Answer> steady = new ArrayList<>();
        for (int number = 0; number < 180; number++) {
            double at = number / 4.0;
            int weight = at < 12 ? 0 : at < 22 ? 20 : at < 32 ? 60 : 100;
            steady.add(at > 31 && at < 31.6 ? failed(at) : answer(at, number * 37 % 100 < weight ? "1.1.0" : "1.0.0"));
        }
        List<Answer> samples = new ArrayList<>();
        for (int number = 0; number < 1000; number++) {
            samples.add(answer(16 + number / 1000.0, number % 5 == 0 ? "1.1.0" : "1.0.0"));
            samples.add(answer(25 + number / 1000.0, number % 5 < 3 ? "1.1.0" : "1.0.0"));
        }
        return new TimelineSnapshot(BEGUN, at(45), new Sample(steady), new Sample(samples), List.of(
                new TimelineEvent(at(2.2), "updated to 1.1.0"), new TimelineEvent(at(3.4), "synced"),
                new TimelineEvent(at(15), "paused at step 2, 20% asked"), new TimelineEvent(at(21), "promoted"),
                new TimelineEvent(at(24.5), "paused at step 4, 60% asked"), new TimelineEvent(at(31), "promoted"),
                new TimelineEvent(at(44), "healthy")));
    }

    public static Answer answer(double seconds, String version) {
        return new Answer(at(seconds), 200, Optional.of(version), Optional.of("pod-" + version), Optional.empty(),
                Duration.ofMillis(3));
    }

    public static Answer failed(double seconds) {
        return new Answer(at(seconds), 503, Optional.empty(), Optional.empty(), Optional.of("HTTP 503"),
                Duration.ofMillis(3));
    }

    public static Instant at(double seconds) {
        return BEGUN.plusMillis(Math.round(seconds * 1000));
    }
}
