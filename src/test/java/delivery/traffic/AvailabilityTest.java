package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The judgement of whether users were served at all. */
class AvailabilityTest {

    private static final Instant BEGIN = Instant.parse("2026-11-27T10:02:00Z");

    private final List<Answer> answers = new ArrayList<>();

    @Test
    void whoWasServedByWhicheverVersionWasServed() {
        served("1.0.0");
        served("2.0.0");
        answer(200, "HTTP 200 without a version");
        answer(429, "HTTP 429");

        assertThat(availability().isComplete()).isTrue();
        assertThat(availability().sentence()).isEqualTo("all 4 requests were answered");
    }

    @Test
    void oneRequestThatFailedCounts() {
        served("1.0.0");
        answer(503, "HTTP 503");

        assertThat(availability().isComplete()).isFalse();
        assertThat(availability().sentence())
                .isEqualTo("1 of 2 requests failed, at 2026-11-27T10:02:01Z: 1 × HTTP 503");
    }

    @Test
    void itSaysWhenAndHow() {
        answer(502, "HTTP 502");
        answer(0, "no connection");
        answer(404, "HTTP 404");
        for (int number = 0; number < 12; number++) {
            served("1.0.0");
        }
        answer(0, "no connection");

        assertThat(availability().sentence()).isEqualTo("4 of 16 requests failed, from 2026-11-27T10:02:00Z to"
                + " 2026-11-27T10:02:02Z, at 2026-11-27T10:02:15Z: 1 × HTTP 404, 1 × HTTP 502, 2 × no connection");
    }

    @Test
    void ofManyOutagesTheFirstAreNamed() {
        for (int outage = 0; outage < 8; outage++) {
            answer(503, "HTTP 503");
            for (int number = 0; number < 11; number++) {
                served("1.0.0");
            }
        }
        assertThat(availability().sentence()).contains("8 of 96").contains("and at 3 later times");
    }

    /** The local end closed the connection, so the server is not at fault. */
    @Test
    @Timeout(30)
    void aRequestThatIsCutOffHereIsNone() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        BackgroundTraffic load = new BackgroundTraffic(() -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException cut) {
                Thread.currentThread().interrupt();
            }
            return Answer.lost(BEGIN, "interrupted", Duration.ZERO);
        }, UnaryOperator.identity(), Duration.ofMinutes(1), 1);
        asked.await();
        load.close();
        assertThat(load.endsWithin(Duration.ofSeconds(10))).isTrue();

        assertThat(load.soFar().answers()).isEmpty();
    }

    @Test
    @Timeout(30)
    void aLoadThatEndedByItselfDoesNotShowWhatCameLater() throws InterruptedException {
        try (BackgroundTraffic load = load(Duration.ofMillis(50))) {
            assertThat(load.endsWithin(Duration.ofSeconds(10))).isTrue();
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(load::allTheWhile)
                    .withMessageContaining("longer than users can send requests");
            assertThat(load.stop().failures()).isEmpty();
        }
        try (BackgroundTraffic load = load(Duration.ofMinutes(1))) {
            assertThat(load.allTheWhile().size()).isEqualTo(load.allTheWhile().size());
        }
    }

    @Test
    void aLoadMayLastAsLongAsAScenario() {
        assertThat(BackgroundTraffic.longest(25)).isEqualTo(Duration.ofMinutes(30));
        assertThat(BackgroundTraffic.longest(500)).isEqualTo(Duration.ofSeconds(400));
        new BackgroundTraffic(() -> Answer.lost(BEGIN, "none", Duration.ZERO), UnaryOperator.identity(),
                BackgroundTraffic.longest(500), 500).close();
    }

    private static BackgroundTraffic load(Duration time) {
        return new BackgroundTraffic(() -> new Answer(BEGIN, 200, Optional.of("1.0.0"), Optional.empty(),
                Optional.empty(), Duration.ZERO), UnaryOperator.identity(), time, 100);
    }

    private Availability availability() {
        return Availability.of(new Sample(answers));
    }

    private void served(String version) {
        answers.add(new Answer(BEGIN.plusSeconds(answers.size()), 200, Optional.of(version), Optional.empty(),
                Optional.empty(), Duration.ofMillis(5)));
    }

    private void answer(int status, String failure) {
        answers.add(new Answer(BEGIN.plusSeconds(answers.size()), status, Optional.empty(), Optional.empty(),
                Optional.of(failure), Duration.ofMillis(5)));
    }
}
