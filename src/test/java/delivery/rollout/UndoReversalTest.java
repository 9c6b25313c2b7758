package delivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UndoReversalTest {

    /** The Rollout's generation is 7. */
    @ParameterizedTest
    @CsvSource({"2.0.0,5,true", "2.0.0,4,true", "2.0.0,6,false", "2.0.0,7,false", "1.0.0,5,false", "1.0.0,6,false"})
    void anUndoIsTakenBackByAnotherChangeThatAsksForAnotherVersion(String asked, long before, boolean taken) {
        Release release =
                new Release(Optional.of(ReleaseFixture.rollout(asked, "canary:{}", "phase:'Healthy'")), List.of(),
                List.of(), List.of(), List.of());
        Expectation<Release, Release> expected = new UndoReversal("1.0.0", before).orElse(
                Expectation.of("pods come up", seen -> Outcome.notYet("there are none")), () -> "applied by Argo CD");

        assertThat(expected.description()).isEqualTo("pods come up");
        assertThat(expected.judge(release))
                .isEqualTo(taken ? Outcome.impossible("the release was taken back: it asks for"
                + " ghcr.io/o/sample-api:2.0.0 again, applied by Argo CD") : Outcome.notYet("there are none"));
    }

    @ParameterizedTest
    @CsvSource({"5, true", "6, false"})
    void whatMayHaveComeBeforeIsGivenUpOnlyAfterAWhile(long before, boolean taken) {
        Release release = new Release(Optional.of(ReleaseFixture.rollout("2.0.0", "canary:{}", "phase:'Healthy'")),
                List.of(), List.of(), List.of(), List.of());
        UndoReversal undo = new UndoReversal("1.0.0", before);
        Outcome<String> none = undo.orElseAfter(Duration.ofSeconds(10), Expectation.<Release, String>of("pods come up",
                seen -> Outcome.notYet("there are none")), () -> "applied by Argo CD").judge(release);
        assertThat(ReleaseFixture.notYet(none)).isEqualTo("there are none");
        assertThat(((Outcome.NotYet<String>) none).obstacles().stream().flatMap(cause -> cause.grace().stream()))
                .isEqualTo(taken ? List.of(Duration.ofSeconds(10)) : List.of());
        assertThat(undo.orElseAfter(Duration.ofSeconds(10), Expectation.<Release, String>of("pods come up",
                seen -> Outcome.met("one")), () -> "applied by Argo CD").judge(release)).isEqualTo(Outcome.met("one"));
    }
}
