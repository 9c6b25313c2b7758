package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServedStepsTest {

    private static final BinomialSplitTest SPLIT = new BinomialSplitTest(0.001);
    private static final String COOKIE = "route (set by what answers at the gateway)";

    @Test
    void sharesThatAreAsAskedAreRight() {
        ServedSteps steps = steps(step(0, 20, sample(800, 200, 0), Optional.of(sample(80, 20, 0))),
                step(3, 60, sample(400, 600, 0), Optional.empty()));
        assertThat(steps.complaint()).isEmpty();
        assertThat(steps.rows()).extracting(row -> row.get(4)).containsExactly("as asked", "as asked");
        assertThat(steps.rows().get(0)).startsWith("0", "20%", "20.0% of 1000");
        assertThat(steps.sentences()).hasSize(2).first().asString()
                .startsWith("at step 0 the canary served 20.0% of 1000 requests; 20% was asked");
    }

    @Test
    void aShareThatIsNotIsSaidWithBothValues() {
        assertThat(steps(step(0, 20, sample(1000, 0, 0), Optional.empty())).complaint()).hasValueSatisfying(words ->
                assertThat(words).startsWith("At step 0 the canary served 0.0% of 1000 requests; 20% was asked"));
    }

    /** The API is split as asked, but everyone who opens the page gets the new version. */
    @Test
    void thePagesShareIsJudgedToo() {
        ServedSteps steps = steps(step(0, 20, sample(800, 200, 0), Optional.of(sample(0, 100, 0))));
        assertThat(steps.complaint()).hasValueSatisfying(words -> assertThat(words).startsWith(
                "At step 0 of the requests for the page the canary served 100.0% of 100 requests; 20% was asked"));
        assertThat(steps.rows().get(0).get(4)).isEqualTo("NOT as asked");
    }

    @Test
    void aRequestThatFailedIsNotAsAsked() {
        assertThat(steps(step(0, 20, sample(799, 200, 1), Optional.of(sample(79, 20, 1)))).complaint())
                .hasValueSatisfying(words -> assertThat(words)
                        .contains("accepted; 1 failed (HTTP 502). At step 0 of the" + " requests for the page"));
    }

    @Test
    void whoIsKeptAtAVersionByACookieIsTheFirstThingSaid() {
        Sample pinned = stayed(1000, 0, 1000);
        ServedStep step = new ServedStep(0, AskedShare.ofWeight(20), pinned, Optional.empty(), List.of(COOKIE));
        assertThat(steps(step).complaint())
                .hasValueSatisfying(words -> assertThat(words).startsWith("A cookie, " + COOKIE
                + ", keeps each user at the version that he first got: 1000 of 1000 requests at step 0. At step 0 the"
                + " canary"
                + " served 0.0%"));
    }

    @Test
    void aCookieThatKeepsNobodyIsNoCause() {
        assertThat(steps(with(stayed(800, 200, 800), COOKIE)).complaint()).isEmpty();
        assertThat(steps(with(stayed(500, 500, 500), COOKIE)).complaint())
                .hasValueSatisfying(words -> assertThat(words).startsWith("At step 0"));
        assertThat(steps(with(stayed(1000, 0, 1000))).complaint())
                .hasValueSatisfying(words -> assertThat(words).startsWith("At step 0"));
    }

    /** A weight that the pods cannot represent is reported before the served shares, which match the pods. */
    @Test
    void podsThatLetOnlyOneVersionServeAreNoSplit() {
        ServedStep step = new ServedStep(0, AskedShare.ofPods(20, 0, 1), sample(1000, 0, 0), Optional.empty(),
                List.of());
        assertThat(steps(step).complaint()).contains("At step 0 20% was asked, which is 0.0% (0 of 1 pods), so that no"
                + " user gets the new version: without a traffic router a weight is a number of pods; raise the"
                + " replicas, or maxSurge");
        assertThat(steps(new ServedStep(0, AskedShare.ofPods(60, 1, 1), sample(0, 1000, 0), Optional.empty(),
                List.of())).complaint()).hasValueSatisfying(words -> assertThat(words).contains("every user gets"));
    }

    private static ServedStep with(Sample users, String... cookies) {
        return new ServedStep(0, AskedShare.ofWeight(20), users, Optional.empty(), List.of(cookies));
    }

    private static ServedSteps steps(ServedStep... steps) {
        return new ServedSteps(List.of(steps), "2", SPLIT, SPLIT);
    }

    private static ServedStep step(int number, int asked, Sample users, Optional<Sample> pages) {
        return new ServedStep(number, AskedShare.ofWeight(asked), users, pages, List.of());
    }

    private static Sample sample(int old, int next, int failed) {
        List<Answer> answers = new ArrayList<>();
        add(answers, old, "1", Optional.empty());
        add(answers, next, "2", Optional.empty());
        for (int number = 0; number < failed; number++) {
            answers.add(Answer.lost(Instant.EPOCH, "HTTP 502", Duration.ZERO));
        }
        return new Sample(answers);
    }

    /** Returns a sample in which this many users are still served by the version that served them first. */
    private static Sample stayed(int old, int next, int stayed) {
        List<Answer> answers = new ArrayList<>();
        add(answers, Math.min(old, stayed), "1", Optional.of("1"));
        add(answers, old - Math.min(old, stayed), "1", Optional.of("2"));
        add(answers, next, "2", Optional.of("1"));
        return new Sample(answers);
    }

    private static void add(List<Answer> answers, int count, String version, Optional<String> before) {
        for (int number = 0; number < count; number++) {
            answers.add(new Answer(Instant.EPOCH, 200, Optional.of(version), Optional.empty(), Optional.empty(),
                    Duration.ZERO, Set.of(), before));
        }
    }
}
