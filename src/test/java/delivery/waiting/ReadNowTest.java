package delivery.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A feed that missed an event: its state is read again before a failure is reported. */
@Timeout(30)
class ReadNowTest {

    private static final Expectation<String, String> HEALTHY = Expectation.of("it is healthy", state ->
            state.equals("healthy") ? Outcome.met(state) : Outcome.notYet("it is " + state));

    private final AtomicLong now = new AtomicLong();
    /** A look takes six seconds of simulated time: no test waits for one. */
    private final Waiting waiting = new Waiting(1, (what, elapsed, lastSeen) -> { },
            () -> now.addAndGet(Duration.ofSeconds(6).toNanos()));

    @Test
    void whatWasMissedIsSeenBeforeAWaitIsGivenUp() {
        assertThat(waiting.until(feed("progressing", () -> "healthy"), HEALTHY, WaitLimit.RECONCILE))
                .isEqualTo("healthy");
    }

    @Test
    void whatIsNotSoByAFreshLookIsNotMet() {
        assertThatThrownBy(() -> waiting.until(feed("progressing", () -> "degraded"), HEALTHY, WaitLimit.RECONCILE))
                .isInstanceOf(NotMet.class).hasMessageContaining("Last seen: it is degraded");
    }

    @Test
    void whatCannotBeReadIsNoVerdict() {
        Feed<String> feed = feed("progressing", () -> {
            throw new EnvironmentNotFit("The API does not answer", "See whether it runs");
        });
        assertThatThrownBy(() -> waiting.until(feed, HEALTHY, WaitLimit.RECONCILE))
                .isInstanceOf(EnvironmentNotFit.class);
    }

    @Test
    void whatStaysSoDoesByAFreshLookToo() {
        assertThatThrownBy(() -> waiting.throughout(feed("healthy", () -> "degraded"), HEALTHY, Duration.ofSeconds(30)))
                .isInstanceOf(NotMet.class).hasMessageContaining("it is degraded");
        waiting.throughout(feed("healthy", () -> "healthy"), HEALTHY, Duration.ofSeconds(30));
    }

    private static Feed<String> feed(String known, Supplier<String> fresh) {
        return new Feed<>() {
            @Override
            public String lastKnown() {
                return known;
            }

            @Override
            public String readNow() {
                return fresh.get();
            }

            @Override
            public Subscription onChange(Runnable listener) {
                listener.run();
                return () -> { };
            }

            @Override
            public String whereToLook() {
                return "look";
            }
        };
    }
}
