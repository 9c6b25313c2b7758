package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A gateway of several parts that follow a weight one after the other, such as the workers of NGINX, in virtual time. A
 * sample of a right split is refused no more often than the rate allows only if all of them have followed before it.
 */
class GatewayPartsTest {

    private static final int RUNS = 300;
    private static final double MILLIS_OF_A_REQUEST = 10;
    private static final double BETWEEN_LOOKS = 200;

    private final Random chance = new Random(1);
    private final AtomicLong nanos = new AtomicLong();
    private double now;

    @BeforeEach
    void begin() {
        now = 0;
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0, 20", "2, 500, 0, 20", "2, 1000, 20, 60", "4, 1000, 0, 20", "3, 2000, 20, 60"})
    void aRightSplitIsRefusedAsRarelyAsOfOnePart(int parts, int lag, int before, int asked) {
        assertThat(refused(parts, lag, before, asked, true)).isLessThanOrEqualTo(RUNS / 100);
        if (parts > 1) {
            assertThat(refused(parts, lag, before, asked, false)).as("without settling").isGreaterThan(RUNS / 20);
        }
    }

    private int refused(int parts, int lag, int before, int asked, boolean settles) {
        BinomialSplitTest split = new BinomialSplitTest(0.001);
        int refused = 0;
        for (int run = 0; run < RUNS; run++) {
            now = -chance.nextDouble() * BETWEEN_LOOKS;
            Expectation<Sample, Sample> tookUp = RouteFeed.tookUp("the gateway", "2", AskedShare.ofWeight(before),
                    AskedShare.ofWeight(asked));
            Expectation<Sample, Sample> wait = settles ? RouteFeed.settled(tookUp, Duration.ofSeconds(2), nanos::get)
                    : tookUp;
            while (!(wait.judge(sample(30, 4, parts, lag, before, asked)) instanceof Outcome.Met) || now < 0) {
                now += BETWEEN_LOOKS;
            }
            Sample users = sample(1000, 8, parts, lag, before, asked);
            refused += split.judge(AskedShare.ofWeight(asked), users.served("2"), users.size()).accepted() ? 0 : 1;
        }
        return refused;
    }

    private Sample sample(int count, int sideBySide, int parts, int lag, int before, int asked) {
        List<Answer> answers = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            double follows = parts == 1 ? 0 : (double) lag * chance.nextInt(parts) / (parts - 1);
            boolean next = chance.nextInt(100) < (now >= follows ? asked : before);
            answers.add(Endpoint.VERSION.read(Instant.EPOCH, 200, "{\"version\":\"" + (next ? 2 : 1) + "\"}", Map.of(),
                    Duration.ZERO));
            now += MILLIS_OF_A_REQUEST / sideBySide;
            nanos.set(Math.round(now * 1e6));
        }
        return new Sample(answers);
    }
}
