package delivery.rollout;

import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.notYet;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The text of an expectation that a person reads during the wait, and when it is not met. */
class ReleaseDescriptionsTest {

    @Test
    void anExpectationSaysInWordsWhatItExpects() {
        assertThat(ReleaseExpectations.healthy("2").description()).isEqualTo("the release of 2 is healthy");
        assertThat(ReleaseExpectations.asksFor("2").description()).isEqualTo("the release asks for 2");
        assertThat(ReleaseExpectations.waitsOnPreview("2").description())
                .isEqualTo("the blue-green release of 2 waits for a person to promote it");
        assertThat(ReleaseExpectations.scaledDown("old").description())
                .isEqualTo("the old ReplicaSet is scaled down and its pods are gone");
        assertThat(ReleaseExpectations.aborted("2").description()).isEqualTo("the release of 2 is aborted");
        assertThat(AnalysisExpectations.analysed("2").description())
                .isEqualTo("an AnalysisRun judges the release of 2");
        assertThat(ReleaseExpectations.follows(Strategy.BLUE_GREEN).description())
                .isEqualTo("the release follows the blue-green strategy");
    }

    @Test
    void aPauseIsSaidToBeLaterThanAStepOnlyIfItIsToBe() {
        assertThat(ReleaseExpectations.waitsAtPauseAfter(-1, "2").description())
                .isEqualTo("the canary release of 2 goes on to a pause, where a person decides");
        assertThat(ReleaseExpectations.waitsAtPauseAfter(0, "2").description())
                .isEqualTo("the canary release of 2 goes on to a pause after step 0, where a person decides");
        assertThat(ReleaseExpectations.holdsAfterOrEnds(3, "2", Set.of()).description()).isEqualTo("the canary release"
                + " of 2 goes on to a pause after step 3, where a person decides, or comes to its end");
    }

    @Test
    void aNumberOfPodsIsSaidIfThereIsOne() {
        assertThat(ReleaseExpectations.available("2", 0).description())
                .isEqualTo("a ReplicaSet of 2 has all its pods available");
        assertThat(ReleaseExpectations.available("2", 1).description())
                .isEqualTo("a ReplicaSet of 2 has 1 pod available");
        assertThat(ReleaseExpectations.available("2", 2).description())
                .isEqualTo("a ReplicaSet of 2 has 2 pods available");
    }

    @Test
    void aStepThatWasNotReachedIsNoLaterOne() {
        Release unknown = release(canary("2", paused("CanaryPauseStep", 0).replace("currentStepIndex:0,", "")));
        assertThat(unknown.rollout().orElseThrow().step()).as("the fixture").isEmpty();
        notYet(ReleaseExpectations.waitsAtPauseAfter(-1, "2").judge(unknown));
        notYet(ReleaseExpectations.holdsAfterOrEnds(-1, "2", Set.of(-1)).judge(unknown));
    }
}
