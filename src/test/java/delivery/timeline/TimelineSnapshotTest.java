package delivery.timeline;

import static delivery.timeline.Stories.BEGUN;
import static delivery.timeline.Stories.answer;
import static delivery.timeline.Stories.at;
import static delivery.timeline.Stories.failed;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.timeline.TimelineSnapshot.TimeSlice;
import delivery.timeline.TimelineSnapshot.TimelineEvent;
import delivery.traffic.Answer;
import delivery.traffic.Sample;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineSnapshotTest {

    @Test
    void theTimeIsCutIntoSecondsAndTheLastPieceEndsWithIt() {
        TimelineSnapshot story = story(2.5, answer(0.9, "1.0.0"), answer(1, "1.0.0"), answer(2.4, "1.1.0"));

        assertThat(story.slices()).extracting(TimeSlice::from).containsExactly(Duration.ZERO, Duration.ofSeconds(1),
                Duration.ofSeconds(2));
        assertThat(story.slices()).extracting(TimeSlice::to).endsWith(Duration.ofMillis(2500));
        assertThat(story.slices()).extracting(slice -> slice.share("1.1.0")).containsExactly(0.0, 0.0, 100.0);
        assertThat(story.versions()).containsExactly("1.0.0", "1.1.0");
    }

    @Test
    void noAnswerIsLostHoweverLongItTook() {
        for (int seconds : new int[] {1, 59, 60, 61, 119, 120, 121, 600}) {
            Answer[] answers = IntStream.range(0, seconds * 4).mapToObj(number -> answer(number / 4.0, "1.0.0"))
                    .toArray(Answer[]::new);
            List<TimeSlice> slices = story(seconds, answers).slices();

            assertThat(slices).as(seconds + " s").hasSizeLessThanOrEqualTo(61);
            assertThat(slices.stream().mapToInt(slice -> slice.answers().size()).sum()).isEqualTo(answers.length);
            assertThat(slices.get(slices.size() - 1).to()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void whatWasSentBeforeAndAfterDoesNotBelongToIt() {
        assertThat(story(2, answer(-0.1, "0.9.0"), answer(1, "1.0.0"), answer(2, "2.0.0")).versions())
                .containsExactly("1.0.0");
    }

    @Test
    void itSaysWhatItIsMadeOfAndWhatFailed() {
        assertThat(Stories.canary().sentence()).isEqualTo("45 s from 2026-01-31T12:00:00Z on; 2,180 requests: 180 sent"
                + " steadily only to see, 2,000 of the steps' own samples; 2 failed (HTTP 503: 2)");
        assertThat(story(1, answer(0, "1.0.0")).sentence()).endsWith("; none failed");
    }

    @Test
    void piecesInWhichNothingChangedAreOneRow() {
        TimelineSnapshot story =
                new TimelineSnapshot(BEGUN, at(6), new Sample(List.of(answer(0.5, "1.0.0"), answer(1.5, "1.0.0"),
                answer(2.5, "1.0.0"), answer(3.5, "1.1.0"), failed(4.5), answer(5.5, "1.1.0"))), new Sample(List.of()),
                List.of(new TimelineEvent(at(5.2), "healthy"), new TimelineEvent(at(2.2), "updated to 1.1.0")));

        assertThat(story.header()).containsExactly("seconds", "what happened", "requests", "version 1.0.0",
                "version 1.1.0", "failed");
        assertThat(story.rows()).containsExactly(
                List.of("0–2", "", "2", "100.0%", "0.0%", "0"),
                List.of("2–3", "2.2 s: updated to 1.1.0", "1", "100.0%", "0.0%", "0"),
                List.of("3–4", "", "1", "0.0%", "100.0%", "0"),
                List.of("4–5", "", "1", "0.0%", "0.0%", "HTTP 503: 1"),
                List.of("5–6", "5.2 s: healthy", "1", "0.0%", "100.0%", "0"));
    }

    private static TimelineSnapshot story(double seconds, Answer... answers) {
        return new TimelineSnapshot(BEGUN, at(seconds), new Sample(Arrays.asList(answers)), new Sample(List.of()),
                List.of());
    }
}
