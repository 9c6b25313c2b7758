package delivery.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangesTest {

    @Test
    void aPauseIsReportedOnceAndTheNextOneAgain() {
        assertThat(Timeline.between(Rollouts.canary("Progressing", 1), Rollouts.canary("Paused", 1)))
                .containsExactly("paused at step 1, 20% asked");
        assertThat(Timeline.between(Rollouts.canary("Paused", 1), Rollouts.canary("Paused", 1))).isEmpty();
        assertThat(Timeline.between(Rollouts.canary("Paused", 1), Rollouts.canary("Paused", 3)))
                .containsExactly("paused at step 3, 60% asked");
    }

    @Test
    void aBlueGreenReleaseWaitsIsSwitchedAndHealthy() {
        assertThat(Timeline.between(Rollouts.blueGreen("Progressing", "old"), Rollouts.blueGreen("Paused", "old")))
                .containsExactly("paused on preview");
        assertThat(Timeline.between(Rollouts.blueGreen("Paused", "old"), Rollouts.blueGreen("Progressing", "new")))
                .containsExactly("switched");
        assertThat(Timeline.between(Rollouts.blueGreen("Progressing", "new"), Rollouts.blueGreen("Healthy", "new")))
                .containsExactly("healthy");
    }

    @Test
    void theFirstDeploymentIsNoSwitch() {
        assertThat(Timeline.between(Rollouts.blueGreen("Progressing", ""), Rollouts.blueGreen("Progressing", "new")))
                .isEmpty();
    }

    @Test
    void anAbortedReleaseIsDegradedBesidesWhichNeedsNoWord() {
        assertThat(Timeline.between(Rollouts.canary("Progressing", 0), Rollouts.aborted())).containsExactly("aborted");
        assertThat(Timeline.between(Rollouts.aborted(), Rollouts.aborted())).isEmpty();
        assertThat(Timeline.between(Rollouts.canary("Progressing", 0), Rollouts.canary("Degraded", 0)))
                .containsExactly("degraded");
    }
}
