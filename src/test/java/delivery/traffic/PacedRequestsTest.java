package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PacedRequestsTest {

    private static final EnvironmentNotFit LATE = new EnvironmentNotFit("too slow", "wait");
    private final PacedRequests steady = new PacedRequests(6, Duration.ofMillis(1200), 2, Duration.ofSeconds(30));

    @Test
    void requestsAreSpreadOverTheTime() {
        List<Answer> answers = steady.ask(PacedRequestsTest::answer, () -> LATE);

        assertThat(answers).hasSize(6);
        assertThat(Duration.between(answers.get(0).at(), answers.get(5).at())).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void whatTakesTooLongIsSaidToBeLateAndIsEnded() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Supplier<Answer> never = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.countDown();
            }
            return answer();
        };

        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() ->
                new PacedRequests(1, Duration.ofMillis(1), 1, Duration.ofMillis(50)).ask(never, () -> LATE))
                        .isSameAs(LATE);
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRequestThatSaysTheEnvironmentIsNotFitIsBelieved() {
        EnvironmentNotFit gone = new EnvironmentNotFit("gone", "start it");

        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> steady.ask(() -> {
            throw gone;
        }, () -> LATE)).isSameAs(gone);
    }

    @Test
    void aRequestThatBreaksIsNotLeftOut() {
        assertThatIllegalStateException().isThrownBy(() -> steady.ask(() -> {
            throw new ArithmeticException("broken");
        }, () -> LATE)).withCauseInstanceOf(ArithmeticException.class);
    }

    private static Answer answer() {
        return Endpoint.VERSION.read(Instant.now(), 200, "{\"version\": \"1.0.0\", \"pod\": \"a\"}", Map.of(),
                Duration.ZERO);
    }
}
