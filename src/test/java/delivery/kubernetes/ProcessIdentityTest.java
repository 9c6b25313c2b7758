package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A difference between clocks must not get a run swept away that is still at work. */
class ProcessIdentityTest {

    /** The limit that Maven sets for a run's tests, {@code forkedProcessTimeoutInSeconds}. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(5_400);

    private final ProcessIdentity self = ProcessIdentity.self();

    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 5})
    void aRunAtWorkOnAMachineWhoseClockDiffersIsLeftAlone(int minutes) {
        Instant begun = self.created().minus(LONGEST_RUN).plus(Duration.ofMinutes(minutes));
        assertThat(new ProcessIdentity("elsewhere", 1, begun).isGone(self)).isFalse();
        assertThat(new ProcessIdentity("elsewhere", 1, self.created().plus(Duration.ofMinutes(minutes))).isGone(self))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 5})
    void oneThatWasLeftBehindIsNot(int minutes) {
        Instant begun = self.created().minus(ProcessIdentity.OLDEST).minus(Duration.ofMinutes(6 + minutes));
        assertThat(new ProcessIdentity("elsewhere", 1, begun).isGone(self)).isTrue();
    }

    /** The clock was set forward after the object was created, so the process appears to have begun after that. */
    @Test
    void aProcessOfThisMachineIsTheSameWhenItsClockWasSet() {
        Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
        assertThat(new ProcessIdentity(self.host(), self.pid(), started.minus(Duration.ofMinutes(5))).isGone(self))
                .isFalse();
        assertThat(new ProcessIdentity(self.host(), self.pid(), started.plus(Duration.ofMinutes(5))).isGone(self))
                .isFalse();
        assertThat(new ProcessIdentity(self.host(), self.pid(), started.minus(Duration.ofMinutes(11))).isGone(self))
                .isTrue();
    }
}
