package delivery.traffic;

import static delivery.traffic.AskedShare.ofWeight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialSplitTestTest {

    private final BinomialSplitTest split = new BinomialSplitTest(0.001);

    @Property(tries = 300)
    void aRightSplitIsRefusedNoMoreOftenThanTheRateAndTheBandIsAsNarrowAsThatAllows(
            @ForAll @IntRange(min = 0, max = 100) int asked,
            @ForAll @IntRange(min = 1, max = 5_000) int requests,
            @ForAll @DoubleRange(min = 1e-9, max = 0.05) @Scale(9) double rate) {
        AcceptanceBand band = new BinomialSplitTest(rate).band(ofWeight(asked), requests);
        BinomialDistribution right = BinomialDistribution.of(requests, asked / 100.0);

        double below = right.cumulativeProbability(band.least() - 1);
        double above = right.survivalProbability(band.most());
        assertThat(below).isLessThanOrEqualTo(rate / 2);
        assertThat(above).isLessThanOrEqualTo(rate / 2);
        assertThat(right.cumulativeProbability(band.least())).isGreaterThanOrEqualTo(rate / 2);
        assertThat(right.survivalProbability(band.most() - 1)).isGreaterThanOrEqualTo(rate / 2);
    }

    @Property(tries = 300)
    void theBandHoldsWhatWasAskedAndIsTheMirrorOfTheOtherSide(
            @ForAll @IntRange(min = 0, max = 100) int asked,
            @ForAll @IntRange(min = 1, max = 5_000) int requests) {
        AcceptanceBand band = split.band(ofWeight(asked), requests);
        AcceptanceBand other = split.band(ofWeight(100 - asked), requests);

        assertThat(band.contains((int) Math.round(requests * asked / 100.0))).isTrue();
        // 0.2 and 1 - 0.8 are not the same double: at the edge of a tail that may move the result by one.
        assertThat(other.most()).isCloseTo(requests - band.least(), within(1));
        assertThat(other.least()).isCloseTo(requests - band.most(), within(1));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "100,1000"})
    void nothingAndEverythingLeaveNothingToChance(int asked, int served) {
        assertThat(split.band(ofWeight(asked), 1000))
                .isEqualTo(new AcceptanceBand(ofWeight(asked), 1000, served, served));
        assertThat(split.judge(ofWeight(asked), served == 0 ? 1 : 999, 1000).accepted()).isFalse();
        assertThat(split.judge(ofWeight(asked), served, 1000).sentence())
                .isEqualTo("the canary served " + asked + ".0% of 1000 requests; "
                        + asked + "% was asked, " + asked + ".0% accepted");
    }

    @Test
    void theSentenceTellsWhatWasServedAskedAndAccepted() {
        assertThat(split.judge(ofWeight(20), 203, 1000).sentence()).isEqualTo(
                "the canary served 20.3% of 1000 requests; 20% was asked, 15.9%–24.3% accepted");
    }

    @Test
    void theSentenceShowsOneRequestTooMany() {
        AcceptanceBand band = split.band(ofWeight(20), 20_000);

        assertThat(split.judge(ofWeight(20), band.most() + 1, 20_000).sentence())
                .contains("served " + band.percent(band.most() + 1))
                .doesNotContain("served " + band.percent(band.most()) + " ");
    }

    @Property(tries = 200)
    void aRightSplitIsNoticedNoMoreOftenThanTheRate(
            @ForAll @IntRange(min = 0, max = 100) int asked, @ForAll @IntRange(min = 1, max = 5_000) int requests) {
        assertThat(SplitPower.of(split, asked, asked, requests)).isLessThanOrEqualTo(0.001);
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BinomialSplitTest(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new BinomialSplitTest(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> split.band(ofWeight(101), 1000));
        assertThatIllegalArgumentException().isThrownBy(() -> split.band(ofWeight(-1), 1000));
        assertThatIllegalArgumentException().isThrownBy(() -> split.band(ofWeight(20), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> split.judge(ofWeight(20), 1001, 1000));
    }
}
