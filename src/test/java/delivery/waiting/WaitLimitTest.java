package delivery.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class WaitLimitTest {

    @Property(tries = 200)
    void patienceMultipliesEveryLimitToTheMillisecond(
            @ForAll WaitLimit limit, @ForAll @DoubleRange(min = 0.1, max = 20) double patience) {
        Duration once = limit.times(1);

        assertThat(once).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        assertThat((double) limit.times(patience).toMillis()).isCloseTo(once.toMillis() * patience, within(0.5));
    }
}
