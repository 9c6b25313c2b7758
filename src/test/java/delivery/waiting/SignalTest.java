package delivery.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SignalTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Signal signal = new Signal();

    @Test
    void oneThatWasGivenBeforeIsNotLostAndCountsOnce() throws InterruptedException {
        signal.give();
        assertThat(lasts(LONG)).isLessThan(LONG);
        assertThat(lasts(SHORT)).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void oneThatIsGivenMeanwhileWakes() throws InterruptedException {
        CompletableFuture<Void> giver = CompletableFuture.runAsync(signal::give,
                CompletableFuture.delayedExecutor(SHORT.toMillis(), TimeUnit.MILLISECONDS));
        assertThat(lasts(LONG)).isLessThan(LONG);
        giver.join();
    }

    @Test
    void withoutOneTheTimeIsWaitedForAndNoTimeIsNone() throws InterruptedException {
        assertThat(lasts(SHORT)).isGreaterThanOrEqualTo(SHORT);
        assertThat(lasts(Duration.ZERO)).isLessThan(LONG);
        assertThat(lasts(Duration.ofSeconds(-1))).isLessThan(LONG);
    }

    private Duration lasts(Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        signal.await(atMost);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
