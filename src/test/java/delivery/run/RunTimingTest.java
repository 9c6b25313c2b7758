package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunTimingTest {

    @Test
    void tellsWhatTheTimeWentToAndWhoseItWas() {
        Instant now = Instant.now();
        assertThat(RunTiming.words(now.minusMillis(100_000), now.minusMillis(20_000)))
                .matches("took 100\\.\\d s: 80\\.0 s to prove, 20\\.\\d s to report and to remove what was made;"
                        + " the suite itself \\d+\\.\\d s of processor time, \\d+% of what \\d+ cores had");
    }
}
