package delivery.traffic;

import static delivery.traffic.AskedShare.ofWeight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptanceBandTest {

    /** The band is in whole requests: a limit between two numbers excludes the one beyond it. */
    @Property(tries = 500)
    void aFixedLimitAcceptsWhatIsSoManyPointsOffAndNothingElse(@ForAll @IntRange(min = 1, max = 99) int asked,
            @ForAll @IntRange(min = 100, max = 100_000) int requests, @ForAll @IntRange(min = 1, max = 50) int points,
            @ForAll @IntRange(max = 100_000) int off) {
        AcceptanceBand band = BinomialSplitTest.within(points).band(ofWeight(asked), requests);
        int served = Math.min(off, requests);

        long hundredths = Math.abs(100L * served - (long) asked * requests);
        assertThat(band.contains(served)).isEqualTo(hundredths <= (long) points * requests);
        assertThat(band.least()).isBetween(0, requests);
        assertThat(band.most()).isBetween(0, requests);
        for (int edge : new int[] {band.least(), band.most()}) {
            assertThat(Math.abs(100L * edge - (long) asked * requests)).isLessThanOrEqualTo((long) points * requests);
        }
    }

    @Property(tries = 300)
    void aPercentageTellsOneRequestFromTheNext(@ForAll @IntRange(min = 1, max = 200_000) int requests,
            @ForAll @IntRange(max = 199_999) int count) {
        AcceptanceBand band = new AcceptanceBand(ofWeight(50), requests, 0, requests);
        int served = Math.min(count, requests - 1);

        assertThat(band.percent(served)).isNotEqualTo(band.percent(served + 1));
    }

    @ParameterizedTest
    @CsvSource({"100,7,7.0%", "1000,7,0.7%", "1001,7,0.70%", "20000,7,0.035%", "3,1,33.3%", "1,1,100.0%"})
    void aPercentageHasNoMoreDecimalsThanThatNeeds(int requests, int count, String percent) {
        assertThat(new AcceptanceBand(ofWeight(50), requests, 0, requests).percent(count)).isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({"699,false", "700,true", "900,true", "901,false"})
    void bothEdgesAreAccepted(int served, boolean accepted) {
        assertThat(new AcceptanceBand(ofWeight(40), 2000, 700, 900).contains(served)).isEqualTo(accepted);
    }

    @Test
    void oneNumberAloneIsNoRange() {
        assertThat(new AcceptanceBand(ofWeight(20), 100, 20, 20).sentence()).isEqualTo("20% was asked, 20.0% accepted");
        assertThat(new AcceptanceBand(ofWeight(20), 100, 19, 21).sentence())
                .isEqualTo("20% was asked, 19.0%–21.0% accepted");
    }

    @Property(tries = 500)
    void theShareThatIsServedIsNearerThanAnyOther(@ForAll @IntRange(min = 0, max = 100) int served,
            @ForAll @IntRange(min = 0, max = 100) int other, @ForAll @IntRange(min = 1, max = 20) int hundreds) {
        AskedShare right = ofWeight(served);
        AskedShare wrong = ofWeight(other);
        assertThat(BinomialSplitTest.isNearer(right, wrong, served * hundreds, 100 * hundreds)).isTrue();
        assertThat(BinomialSplitTest.isNearer(wrong, right, served * hundreds, 100 * hundreds))
                .isEqualTo(other == served);
    }

    @ParameterizedTest
    @CsvSource({"0,0,1", "100,1,1", "50,0,1"})
    void theSmallestSampleIsOneRequest(int asked, int served, int requests) {
        assertThat(new BinomialSplitTest(0.001).judge(ofWeight(asked), served, requests).accepted()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BinomialSplitTest(0.001).judge(ofWeight(asked), -1, requests))
                .withMessage("-1 of 1 requests cannot be served");
        assertThatIllegalArgumentException().isThrownBy(() -> new BinomialSplitTest(0.5))
                .withMessageContaining("less than 0.5");
    }
}
