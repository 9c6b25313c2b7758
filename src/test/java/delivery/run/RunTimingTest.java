package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunTimingTest {

    @Test
    void tellsWhatTheTimeWentToAndWhoseItWas() {
        Instant now = Instant.now();
        assertThat(RunTiming.words(now.minusMillis(100_000), now.minusMillis(20_000)))
                .matches("took 100\\.\\d s: 80\\.0 s to prove, 20\\.\\d s to report and to remove what was made;"
                        + " the suite and its programs \\d+\\.\\d s of processor time, \\d+% of what \\d+ cores had"
                        + " since it began");
    }

    @Test
    void ofARunThatWasRefusedAtOnceTheShareIsThatOfItsWholeLife() {
        Instant now = Instant.now();
        Matcher share = Pattern.compile(" (\\d+)% of what").matcher(RunTiming.words(now.minusMillis(1), now));
        assertThat(share.find()).isTrue();
        assertThat(Integer.parseInt(share.group(1))).isBetween(0, 100);
    }

    @Test
    void countsTheProgramsThatItStarted() throws Exception {
        double before = RunTiming.programs();
        assertThat(new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").start()
                .waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(RunTiming.programs()).isGreaterThan(before);
    }
}
