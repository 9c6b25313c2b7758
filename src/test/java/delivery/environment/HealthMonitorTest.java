package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {

    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final AtomicReference<Runnable> answer = new AtomicReference<>(() -> { });
    private final HealthMonitor pulse = new HealthMonitor(Map.of("the gateway", () -> answer.get().run()), now::get);

    @AfterEach
    void end() {
        pulse.close();
    }

    @Test
    void nothingIsMissedOfWhatAnswers() {
        beats(60);
        assertThat(pulse.missedSince(BEGIN)).isEmpty();
    }

    @Test
    void aSlowAnswerIsAnAnswer() {
        answer.set(() -> pass(7));
        beats(3);
        assertThat(pulse.missedSince(BEGIN)).isEmpty();
    }

    @Test
    void anAnswerThatTookTooLongIsMissed() {
        answer.set(() -> pass(10));
        pulse.beat();
        answer.set(() -> { });
        beats(3);
        assertThat(pulse.missedSince(BEGIN)).hasValueSatisfying(missed -> assertThat(missed)
                .isEqualTo("the gateway did not work for some 10 s from 2026-01-31T12:00:00Z on (it did not answer)"));
    }

    @Test
    void whatWasNotThereIsMissedFromThenUntilItAnswers() {
        beats(5);
        answer.set(this::refuse);
        beats(3);
        assertThat(pulse.missedSince(BEGIN)).as("while it lasts").hasValueSatisfying(missed ->
                assertThat(missed).contains("the gateway", "no connection"));
        answer.set(() -> { });
        beats(5);
        assertThat(pulse.missedSince(BEGIN)).hasValueSatisfying(missed ->
                assertThat(missed).contains("for some 3 s from 2026-01-31T12:00:05Z"));
    }

    @Test
    void whatWasOverBeforeIsNoMatter() {
        answer.set(this::refuse);
        beats(3);
        answer.set(() -> { });
        beats(5);
        assertThat(pulse.missedSince(BEGIN.plusSeconds(4))).isEmpty();
        assertThat(pulse.missedSince(BEGIN.plusSeconds(2))).isPresent();
    }

    @Test
    void whatDoesNotAnswerYetIsMissedToo() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch thawed = new CountDownLatch(1);
        answer.set(() -> {
            asked.countDown();
            await(thawed);
        });
        Thread asking = new Thread(pulse::beat);
        asking.start();
        asked.await();

        pass(8);
        assertThat(pulse.missedSince(BEGIN)).as("8 s").isEmpty();
        pass(1);
        Optional<String> missed = pulse.missedSince(BEGIN);
        thawed.countDown();
        asking.join();

        assertThat(missed).hasValueSatisfying(words -> assertThat(words).contains("the gateway", "it does not answer"));
    }

    private void refuse() {
        throw new EnvironmentNotFit("no connection", "See to it");
    }

    private void pass(int seconds) {
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(seconds)));
    }

    private void beats(int times) {
        for (int beat = 0; beat < times; beat++) {
            pulse.beat();
            pass(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
