package delivery.rollout;

import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.waiting.Expectation;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads of an expectation while it is waited for, and where it was not met. */
class ReleaseDescriptionsTest {

    static Stream<Arguments> expectations() {
        return Stream.of(
                Arguments.of(ReleaseExpectations.healthy("2"), "the release of 2 is healthy"),
                Arguments.of(ReleaseExpectations.asksFor("2"), "the release asks for 2"),
                Arguments.of(ReleaseExpectations.waitsOnPreview("2"),
                        "the blue-green release of 2 waits for a person to promote it"),
                Arguments.of(ReleaseExpectations.waitsAtPauseAfter(-1, "2"),
                        "the canary release of 2 goes on to a pause, where a person decides"),
                Arguments.of(ReleaseExpectations.waitsAtPauseAfter(0, "2"),
                        "the canary release of 2 goes on to a pause after step 0, where a person decides"),
                Arguments.of(ReleaseExpectations.holdsAfterOrEnds(3, "2", Set.of()), "the canary release of 2 goes on to"
                        + " a pause after step 3, where a person decides, or comes to its end"),
                Arguments.of(ReleaseExpectations.available("2", 0), "a ReplicaSet of 2 has all its pods available"),
                Arguments.of(ReleaseExpectations.available("2", 1), "a ReplicaSet of 2 has 1 pod available"),
                Arguments.of(ReleaseExpectations.available("2", 2), "a ReplicaSet of 2 has 2 pods available"),
                Arguments.of(ReleaseExpectations.scaledDown("old"),
                        "the old ReplicaSet is scaled down and its pods are gone"),
                Arguments.of(ReleaseExpectations.aborted("2"), "the release of 2 is aborted"),
                Arguments.of(ReleaseExpectations.analysed("2"), "an AnalysisRun judges the release of 2"),
                Arguments.of(ReleaseExpectations.follows(Strategy.BLUE_GREEN), "the release follows the blue-green strategy"),
                Arguments.of(ReleaseExpectations.that("two revisions", release -> true), "two revisions"));
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void anExpectationSaysInWordsWhatItExpects(Expectation<Release, ?> expectation, String words) {
        assertThat(expectation.description()).isEqualTo(words);
    }

    @Test
    void aStepThatWasNotReachedIsNoLaterOne() {
        Release unknown = release(canary("2", paused("CanaryPauseStep", 0).replace("currentStepIndex:0,", "")));
        assertThat(unknown.rollout().orElseThrow().step()).as("the fixture").isEmpty();
        ReleaseFixture.notYet(ReleaseExpectations.waitsAtPauseAfter(-1, "2").judge(unknown));
        ReleaseFixture.notYet(ReleaseExpectations.holdsAfterOrEnds(-1, "2", Set.of(-1)).judge(unknown));
    }
}
