package delivery.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangesTest {

    @Test
    void aPauseIsToldOnceAndTheNextOneAgain() {
        assertThat(Changes.between(Rollouts.canary("Progressing", 1), Rollouts.canary("Paused", 1)))
                .containsExactly("paused at step 1, 20% asked");
        assertThat(Changes.between(Rollouts.canary("Paused", 1), Rollouts.canary("Paused", 1))).isEmpty();
        assertThat(Changes.between(Rollouts.canary("Paused", 1), Rollouts.canary("Paused", 3)))
                .containsExactly("paused at step 3, 60% asked");
    }

    @Test
    void aBlueGreenReleaseWaitsIsSwitchedAndHealthy() {
        assertThat(Changes.between(Rollouts.blueGreen("Progressing", "old"), Rollouts.blueGreen("Paused", "old")))
                .containsExactly("paused on preview");
        assertThat(Changes.between(Rollouts.blueGreen("Paused", "old"), Rollouts.blueGreen("Progressing", "new")))
                .containsExactly("switched");
        assertThat(Changes.between(Rollouts.blueGreen("Progressing", "new"), Rollouts.blueGreen("Healthy", "new")))
                .containsExactly("healthy");
    }

    @Test
    void theFirstDeploymentIsNoSwitch() {
        assertThat(Changes.between(Rollouts.blueGreen("Progressing", ""), Rollouts.blueGreen("Progressing", "new")))
                .isEmpty();
    }

    @Test
    void anAbortedReleaseIsDegradedBesidesWhichNeedsNoWord() {
        assertThat(Changes.between(Rollouts.canary("Progressing", 0), Rollouts.aborted())).containsExactly("aborted");
        assertThat(Changes.between(Rollouts.aborted(), Rollouts.aborted())).isEmpty();
        assertThat(Changes.between(Rollouts.canary("Progressing", 0), Rollouts.canary("Degraded", 0)))
                .containsExactly("degraded");
    }
}
