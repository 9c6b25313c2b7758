package delivery.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryStepReaderTest {

    @Property(tries = 300)
    void aWeightIsAWholePercentFromNothingToAll(@ForAll @IntRange(min = -50, max = 1500) int percent) {
        Optional<CanaryStep> expected = percent >= 0 && percent <= 100
                ? Optional.of(new CanaryStep.SetWeight(percent)) : Optional.empty();

        assertThat(CanaryStepReader.read(Map.of("setWeight", percent))).isEqualTo(expected);
        assertThat(CanaryStepReader.read(Map.of("setWeight", String.valueOf(percent)))).isEqualTo(expected);
    }

    @Property(tries = 300)
    void aPauseLastsAsLongAsItsHoursMinutesAndSecondsTogether(@ForAll @IntRange(max = 999) int hours,
            @ForAll @IntRange(max = 999) int minutes, @ForAll @IntRange(max = 99_999) int seconds) {
        Duration all = Duration.ofHours(hours).plusMinutes(minutes).plusSeconds(seconds);

        assertThat(pause(hours + "h" + minutes + "m" + seconds + "s")).contains(lasting(all));
        assertThat(pause(minutes + "m")).contains(lasting(Duration.ofMinutes(minutes)));
        assertThat(pause(hours + "h" + seconds + "s")).contains(lasting(Duration.ofHours(hours).plusSeconds(seconds)));
        assertThat(pause(seconds)).contains(lasting(Duration.ofSeconds(seconds)));
        assertThat(pause(String.valueOf(seconds))).contains(lasting(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5x", "-5s", " 5s", "12345678901", "soon", "5 s"})
    void aPauseOfNoDurationIsNoStep(String duration) {
        assertThat(pause(duration)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.5m,30", "1.5h,5400", "1m1h,3660", "90s,90", "1500ms,1", ".5m,30", "30,30", "0,0", "1h0.5m2s,3632"})
    void aPauseLastsAsGoReadsItInWholeSeconds(String duration, long seconds) {
        assertThat(pause(duration)).contains(lasting(Duration.ofSeconds(seconds)));
    }

    @Test
    void whatAStepOfAnotherKindSaysIsTheSameWhateverItsOrder() {
        CanaryStep one = CanaryStepReader.read(Map.of("setHeaderRoute", Map.of("name", "beta", "match",
                List.of(Map.of("headerName", "X-Beta", "headerValue", Map.of("exact", true)))))).orElseThrow();
        Map<String, Object> route = new java.util.LinkedHashMap<>();
        route.put("match", List.of(Map.of("headerValue", Map.of("exact", "true"), "headerName", "X-Beta")));
        route.put("name", "beta");
        route.put("nothing", null);
        route.put("none", List.of(Map.of()));
        assertThat(CanaryStepReader.read(Map.of("setHeaderRoute", route))).contains(one);
        assertThat(one.toString()).isEqualTo(
                "setHeaderRoute {match: [{headerName: X-Beta, headerValue: {exact: true}}], name: beta}");
    }

    @Test
    void anAnalysisHasTheMetricsThatFailNothing() {
        assertThat(CanaryStepReader.read(Map.of("analysis",
                Map.of("templates", List.of(Map.of("templateName", "version")),
                "dryRun", List.of(Map.of("metricName", ".*")))))).contains(
                new CanaryStep.Analysis(List.of("version"), List.of(".*")));
    }

    @Test
    void aPauseWithoutADurationWaitsForAPerson() {
        Optional<CanaryStep> forAPerson = Optional.of(new CanaryStep.Pause(Optional.empty()));
        assertThat(CanaryStepReader.read(Map.of("pause", Map.of()))).isEqualTo(forAPerson);
        assertThat(CanaryStepReader.read(Map.of("pause", "untilPromoted"))).isEqualTo(forAPerson);
    }

    @Test
    void anAnalysisHasItsTemplates() {
        Object named = Map.of("templates", Arrays.asList(Map.of("templateName", "version"), "no template",
                Map.of("templateName", "errors", "clusterScope", true)));
        assertThat(CanaryStepReader.read(Map.of("analysis", named)))
                .contains(new CanaryStep.Analysis(List.of("version", "errors"), List.of()));
        for (Object none : new Object[] {Map.of(), "version", Map.of("templates", "version")}) {
            assertThat(CanaryStepReader.read(Map.of("analysis", none)))
                    .contains(new CanaryStep.Analysis(List.of(), List.of()));
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"3,-,-,3,-", "-,20,-,-,20", "-,-,true,-,-", "3,20,true,-,-", "3,-,false,3,-",
        "many,-,-,-,-", "-,1234567890,-,-,-"})
    void aScaleIsInPodsOrAShareOrAsTheTrafficAgain(String replicas, String weight, String asTraffic, Integer pods,
            Integer share) {
        Map<String, Object> scale = new HashMap<>();
        scale.put("replicas", replicas);
        scale.put("weight", weight);
        scale.put("matchTrafficWeight", asTraffic);

        assertThat(CanaryStepReader.read(Map.of("setCanaryScale", scale)))
                .contains(new CanaryStep.SetCanaryScale(optional(pods), optional(share)));
        assertThat(CanaryStepReader.read(Map.of("setCanaryScale", "all"))).isEmpty();
    }

    @Test
    void oneStepIsOfOneKind() {
        assertThat(CanaryStepReader.read(Map.of("experiment", Map.of()))).contains(new CanaryStep.Other("experiment"));
        assertThat(CanaryStepReader.read(Map.of())).isEmpty();
        assertThat(CanaryStepReader.read(Map.of("setWeight", 1, "pause", Map.of()))).isEmpty();
        assertThat(CanaryStepReader.read("setWeight: 1")).isEmpty();
        assertThat(CanaryStepReader.read(null)).isEmpty();
    }

    @Test
    void aStepIsCalledAsItIsWritten() {
        assertThat(List.of(new CanaryStep.SetWeight(20), new CanaryStep.Pause(Optional.empty()),
                new CanaryStep.Pause(Optional.of(Duration.ofMinutes(2))), new CanaryStep.Analysis(List.of(), List.of()),
                new CanaryStep.SetCanaryScale(OptionalInt.of(1), OptionalInt.empty()),
                new CanaryStep.Other("experiment")))
                .extracting(CanaryStep::toString).containsExactly(
                        "setWeight 20", "pause", "pause of 120 s", "analysis", "setCanaryScale 1 replicas",
                        "experiment");
        assertThat(List.of(new CanaryStep.Analysis(List.of("a", "b"), List.of(".*")),
                new CanaryStep.SetCanaryScale(OptionalInt.empty(), OptionalInt.of(25)),
                new CanaryStep.SetCanaryScale(OptionalInt.empty(), OptionalInt.empty()),
                new CanaryStep.Other("setHeaderRoute", "{name: beta}"))).extracting(CanaryStep::toString)
                .containsExactly(
                        "analysis a, b, dryRun of .*", "setCanaryScale 25%", "setCanaryScale as the traffic",
                        "setHeaderRoute {name: beta}");
    }

    private static Optional<CanaryStep> pause(Object duration) {
        return CanaryStepReader.read(Map.of("pause", Map.of("duration", duration)));
    }

    private static CanaryStep lasting(Duration duration) {
        return new CanaryStep.Pause(Optional.of(duration));
    }

    private static OptionalInt optional(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
