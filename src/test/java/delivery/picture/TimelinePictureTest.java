package delivery.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import delivery.timeline.Stories;
import delivery.timeline.TimelineSnapshot;
import delivery.timeline.TimelineSnapshot.TimelineEvent;
import delivery.traffic.Answer;
import delivery.traffic.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class TimelinePictureTest {

    @Test
    void theWordsAreInThePictureForThoseWhoCannotSeeIt() {
        Document svg = Drawn.of(TimelinePicture.of(Stories.canary()));

        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(Drawn.text(svg, "title")).isEqualTo("Versions served over time");
        assertThat(Drawn.text(svg, "desc"))
                .contains("2,180 requests: 180 sent steadily only to see, 2,000 of the steps'",
                "2 failed (HTTP 503: 2)", "15.0 s: paused at step 2, 20% asked; 21.0 s: promoted");
    }

    @Test
    void everyMomentAndVersionIsNamedInIt() {
        Document svg = Drawn.of(TimelinePicture.of(Stories.canary()));

        assertThat(Drawn.words(svg)).contains("updated to 1.1.0", "synced", "paused at step 2, 20% asked", "promoted",
                "paused at step 4, 60% asked", "healthy", "version 1.0.0", "version 1.1.0", "2 failed");
    }

    @Test
    void whatDidNotFailIsNotNamed() {
        TimelineSnapshot calm =
                new TimelineSnapshot(Stories.BEGUN, Stories.at(2), new Sample(List.of(Stories.answer(1, "1.0.0"))),
                new Sample(List.of()), List.of());

        assertThat(Drawn.words(Drawn.of(TimelinePicture.of(calm)))).noneMatch(words -> words.matches("\\d+ failed"));
        assertThat(Drawn.text(Drawn.of(TimelinePicture.of(calm)), "desc")).contains("none failed");
    }

    @Test
    void aReleaseThatNobodyAskedIsDrawnToo() {
        TimelineSnapshot silent =
                new TimelineSnapshot(Stories.BEGUN, Stories.BEGUN, new Sample(List.of()), new Sample(List.of()),
                List.of(new TimelineEvent(Stories.BEGUN, "aborted")));

        assertThat(Drawn.words(Drawn.of(TimelinePicture.of(silent)))).contains("aborted");
    }

    @Test
    void theGroundIsThePicturesOwn() {
        Document svg = Drawn.of(TimelinePicture.of(Stories.canary()));

        assertThat(Drawn.firstShape(svg)).isEqualTo("rect 720x" + svg.getDocumentElement().getAttribute("height")
                + " white");
    }

    @Test
    void aLongCaseWithManyMomentsAndFailuresIsStillSmall() {
        assumeTrue(Drawn.thereAreFonts(), "this machine has no fonts");
        List<Answer> answers = new ArrayList<>();
        List<TimelineEvent> moments = new ArrayList<>();
        for (int number = 0; number < 2400; number++) {
            answers.add(number % 7 == 0 ? Stories.failed(number / 4.0)
                    : Stories.answer(number / 4.0, "1." + number % 5 + ".0-some-long-suffix"));
        }
        for (int number = 0; number < 20; number++) {
            moments.add(new TimelineEvent(Stories.at(number * 29), "paused at step " + number + ", 20% asked"));
        }
        Picture picture = TimelinePicture.of(new TimelineSnapshot(Stories.BEGUN, Stories.at(600), new Sample(answers),
                new Sample(List.of()), moments));

        assertThat(picture.svg().orElseThrow().length()).isLessThan(60_000);
        assertThat(TimelinePicture.of(Stories.canary()).svg().orElseThrow().length()).isLessThan(30_000);
    }
}
