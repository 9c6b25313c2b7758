package delivery.traffic;

import static delivery.traffic.AskedShare.ofWeight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareToleranceTest {

    @Test
    void isByChanceUnlessALimitIsFixed() {
        ShareTolerance byChance = new ShareTolerance(2000, OptionalDouble.of(0.001), OptionalInt.empty());
        ShareTolerance byDefault = new ShareTolerance(2000, OptionalDouble.empty(), OptionalInt.empty());
        assertThat(byChance.split(0.05).band(ofWeight(20), 2000))
                .isEqualTo(new BinomialSplitTest(0.001).band(ofWeight(20), 2000));
        assertThat(byDefault.split(0.05).band(ofWeight(20), 2000))
                .isEqualTo(new BinomialSplitTest(0.05).band(ofWeight(20), 2000));
    }

    @Test
    void byAFixedLimitIsSoManyPointsOffAndNoMore() {
        BinomialSplitTest split = new ShareTolerance(2000, OptionalDouble.empty(), OptionalInt.of(5)).split(0.001);
        assertThat(split.band(ofWeight(40), 2000)).isEqualTo(new AcceptanceBand(ofWeight(40), 2000, 700, 900));
        assertThat(split.judge(ofWeight(40), 699, 2000).accepted()).isFalse();
        assertThat(split.judge(ofWeight(40), 700, 2000).accepted()).isTrue();
        assertThat(split.judge(ofWeight(40), 901, 2000).accepted()).isFalse();
        assertThat(split.band(ofWeight(3), 101)).as("limits between two requests")
                .isEqualTo(new AcceptanceBand(ofWeight(3), 101, 0, 8));
        assertThat(split.band(ofWeight(50), 101)).isEqualTo(new AcceptanceBand(ofWeight(50), 101, 46, 55));
    }

    @Test
    void leavesNothingToALimitWhereNothingIsLeftToChance() {
        BinomialSplitTest split = BinomialSplitTest.within(5);
        assertThat(split.band(ofWeight(0), 2000)).isEqualTo(new AcceptanceBand(ofWeight(0), 2000, 0, 0));
        assertThat(split.band(ofWeight(100), 2000)).isEqualTo(new AcceptanceBand(ofWeight(100), 2000, 2000, 2000));
    }

    @Test
    void needsSoManyRequestsThatARightShareIsSeldomRefused() {
        for (int points : new int[] {1, 2, 5, 10, 50}) {
            int enough = ShareTolerance.enough(points);
            assertThat(SplitPower.of(BinomialSplitTest.within(points), 50, 50, enough))
                    .as("right shares refused within " + points)
                    .isLessThanOrEqualTo(0.01);
        }
        assertThat(ShareTolerance.enough(5)).isBetween(600, 800);
        assertThat(ShareTolerance.enough(1)).isGreaterThan(16_000);
        assertThatThrownBy(() -> BinomialSplitTest.within(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 49, 50})
    void asksForNoMoreRequestsThanThat(int points) {
        int enough = ShareTolerance.enough(points);
        assertThat(enough % ShareTolerance.FEWEST).isZero();
        if (enough > ShareTolerance.FEWEST) {
            assertThat(SplitPower.of(BinomialSplitTest.within(points), 50, 50,
                    enough - ShareTolerance.FEWEST))
                    .isGreaterThan(0.01);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 51})
    void aLimitIsOneToFiftyPoints(int points) {
        assertThatThrownBy(() -> BinomialSplitTest.within(points)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 50 points");
    }
}
