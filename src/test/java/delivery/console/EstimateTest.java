package delivery.console;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.console.ProgressSnapshot.Activity;
import delivery.console.ProgressSnapshot.Line;
import delivery.console.ProgressSnapshot.Mark;
import delivery.console.ProgressSnapshot.Scenario;
import delivery.criteria.Criterion;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EstimateTest {

    private static final DurationHistory KNOWN = DurationHistory.none()
            .and(Map.of("A", List.of(seconds(20), seconds(24)), "B", List.of(seconds(30)), "C", List.of(seconds(9))));

    @Test
    void nothingIsSaidWhereNothingIsKnown() {
        assertThat(new Estimate(DurationHistory.none(), 2).words(proving(waiting("A"), running("B", 0)), seconds(3)))
                .isEmpty();
    }

    @Test
    void scenariosSideBySideTakeTheTimeOfTheLongestPlace() {
        ProgressSnapshot all = proving(waiting("A"), waiting("B"), waiting("C"));
        assertThat(new Estimate(KNOWN, 1).words(all, Duration.ZERO)).isEqualTo("about 1 min 10 s left"); // 22 + 30 + 9
        assertThat(new Estimate(KNOWN, 2).words(all, Duration.ZERO)).isEqualTo("about 35 s left"); // 22 + 9 next to 30
        assertThat(new Estimate(KNOWN, 9).words(all, Duration.ZERO)).isEqualTo("about 30 s left");
    }

    @Test
    void whatRunsCountsWithWhatIsLeftOfIt() {
        assertThat(new Estimate(KNOWN, 2).words(proving(running("B", 5), waiting("C")), seconds(25)))
                .isEqualTo("about 10 s left");
        assertThat(new Estimate(KNOWN, 2).words(proving(running("B", 5), waiting("C")), seconds(33)))
                .isEqualTo("about 9 s left");
    }

    @Test
    void whatNeverRanMakesItALowerBound() {
        assertThat(new Estimate(KNOWN, 2).words(proving(running("B", 0), waiting("new")), Duration.ZERO))
                .isEqualTo("at least 30 s left");
        assertThat(new Estimate(KNOWN, 2).words(proving(running("new", 0)), seconds(500))).isEmpty();
    }

    @Test
    void whatTakesLongerThanItEverDidIsSaid() {
        // The longest time and a half, and 2 s: 47 s.
        assertThat(new Estimate(KNOWN, 2).words(proving(running("B", 0)), seconds(46))).isEqualTo("about to end");
        assertThat(new Estimate(KNOWN, 2).words(proving(running("B", 0)), seconds(48))).isEqualTo("longer than usual");
        assertThat(new Estimate(KNOWN, 1).words(proving(running("B", 0), waiting("C")), seconds(48)))
                .isEqualTo("longer than usual, about 9 s left");
    }

    @Test
    void whatIsBeforeAndAfterAllScenariosCounts() {
        DurationHistory times = KNOWN.and(Map.of(DurationHistory.BEFORE, List.of(seconds(6)), DurationHistory.AFTER,
                List.of(seconds(8))));
        Estimate estimate = new Estimate(times, 2);
        Optional<Activity> check = Optional.of(new Activity("the environment is validated", seconds(10), ""));
        assertThat(estimate.words(new ProgressSnapshot(List.of(waiting("B")), check, Optional.empty(),
                Optional.empty()), seconds(12))).isEqualTo("about 45 s left"); // 4 + 30 + 8
        assertThat(estimate.words(proving(running("B", 0)), seconds(29))).isEqualTo("about 9 s left");

        ProgressSnapshot closing =
                new ProgressSnapshot(List.of(ended("B")), check, Optional.empty(), Optional.of(seconds(50)));
        assertThat(estimate.words(closing, seconds(53))).isEqualTo("about 5 s left");
        assertThat(estimate.words(closing, seconds(80))).isEqualTo("about to end");
        assertThat(new Estimate(KNOWN, 2).words(closing, seconds(53))).isEmpty();
    }

    @Test
    void itIsNoMoreExactThanItCanBe() {
        assertThat(List.of(7, 58, 61, 601, 4000).stream().map(time -> new Estimate(
                DurationHistory.none().and(Map.of("A", List.of(seconds(time)))), 1)
                .words(proving(waiting("A")), Duration.ZERO)))
                .containsExactly("about 7 s left", "about 60 s left", "about 1 min 10 s left", "about 11 min left",
                        "about 67 min left");
    }

    @Property(tries = 200)
    void itIsNeverNegative(@ForAll @IntRange(max = 10_000) int since, @ForAll @IntRange(max = 10_000) int now,
            @ForAll @IntRange(min = -3, max = 20) int sideBySide) {
        assertThat(new Estimate(KNOWN, sideBySide)
                .words(proving(running("A", since), running("B", 0), waiting("C")), seconds(now)))
                .doesNotContain("-").matches("(longer than usual, )?about \\d.* left");
    }

    private static ProgressSnapshot proving(Line... lines) {
        return new ProgressSnapshot(Arrays.asList(lines), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Line waiting(String id) {
        return new Line(new Criterion(id, "Part", "words"), Mark.WAITING, 1, 0, List.of(), Duration.ZERO, "");
    }

    private static Line running(String id, int since) {
        return new Line(new Criterion(id, "Part", "words"), Mark.RUNNING, 1, 0,
                List.of(new Scenario(seconds(since), Optional.empty(), Optional.empty())), Duration.ZERO, "");
    }

    private static Line ended(String id) {
        return new Line(new Criterion(id, "Part", "words"), Mark.PROVEN, 1, 1, List.of(), seconds(30), "");
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
