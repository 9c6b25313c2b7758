package delivery.waiting;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.EnvironmentNotFit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FeedOutageTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final FeedOutage gap = new FeedOutage("Argo CD", "See whether it runs", now::get);

    @Test
    void aShortGapIsNone() {
        gap.requireShort();
        gap.lasts("no connection");
        after(20);
        gap.requireShort();
    }

    @Test
    void inALongOneNothingIsKnown() {
        gap.lasts("no connection");
        after(15);
        gap.lasts("HTTP 503");
        after(6);
        assertThatThrownBy(gap::requireShort).isInstanceOf(EnvironmentNotFit.class)
                .hasMessage("Argo CD could not be followed for 21 s: HTTP 503. See whether it runs.");
    }

    @Test
    void newsEndsIt() {
        gap.lasts("no connection");
        after(30);
        gap.ends();
        gap.requireShort();
        gap.lasts("no connection");
        after(19);
        gap.requireShort();
    }

    private void after(int seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
