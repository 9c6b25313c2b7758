package delivery.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedShareTest {

    private final BinomialSplitTest split = new BinomialSplitTest(0.001);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"20|1|4|20% was asked, which is 25.0% (1 of 4 pods)",
        "20|1|5|20% was asked (1 of 5 pods)", "20|1|3|20% was asked, which is 33.3% (1 of 3 pods)",
        "0|0|5|0% was asked (0 of 5 pods)"})
    void aShareOfPodsIsShownWithWhatWasAsked(int percent, int canary, int all, String sentence) {
        assertThat(AskedShare.ofPods(percent, canary, all).sentence()).isEqualTo(sentence);
    }

    @Test
    void aWeightIsShownAsItIs() {
        assertThat(AskedShare.ofWeight(20).sentence()).isEqualTo("20% was asked");
    }

    /** 20% of three pods and one surge pod is a quarter: a fifth of the requests is too few. */
    @Test
    void aSampleIsJudgedAgainstThePods() {
        AskedShare quarter = AskedShare.ofPods(20, 1, 4);
        assertThat(split.judge(quarter, 250, 1000).accepted()).isTrue();
        assertThat(split.judge(quarter, 200, 1000).accepted()).isFalse();
        assertThat(split.judge(AskedShare.ofWeight(20), 200, 1000).accepted()).isTrue();
        assertThat(split.judge(quarter, 250, 1000).sentence()).startsWith("the canary served 25.0% of 1000 requests; "
                + "20% was asked, which is 25.0% (1 of 4 pods), 20.");
    }

    @Test
    void aThirdIsAThird() {
        AcceptanceBand band = split.band(AskedShare.ofPods(20, 1, 3), 3000);
        assertThat(1000 - band.least()).isCloseTo(band.most() - 1000, org.assertj.core.data.Offset.offset(2));
        assertThat(BinomialSplitTest.within(5).band(AskedShare.ofPods(20, 1, 3), 300))
                .extracting(AcceptanceBand::least, AcceptanceBand::most).containsExactly(85, 115);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "0,1", "5,5"})
    void podsOfOneVersionLeaveNothingToChance(int canary, int all) {
        AskedShare share = AskedShare.ofPods(50, canary, all);
        assertThat(split.band(share, 100).least()).isEqualTo(split.band(share, 100).most());
        assertThat(BinomialSplitTest.within(5).band(share, 100).least()).isEqualTo(100 * canary / all);
        assertThat(share.isNoSplit()).isTrue();
    }

    @Test
    void allOrNothingThatWasAskedIsASplit() {
        assertThat(AskedShare.ofPods(0, 0, 5).isNoSplit()).isFalse();
        assertThat(AskedShare.ofPods(100, 5, 5).isNoSplit()).isFalse();
        assertThat(AskedShare.ofPods(20, 1, 5).isNoSplit()).isFalse();
        assertThat(AskedShare.ofWeight(100).isNoSplit()).isFalse();
    }

    /** Another number of pods may result in the same share. */
    @Test
    void theSameShareIsTakenUpAtOnce() {
        assertThat(BinomialSplitTest.isNearer(AskedShare.ofPods(60, 2, 4), AskedShare.ofPods(50, 1, 2), 0, 30))
                .isTrue();
        assertThat(BinomialSplitTest.isNearer(AskedShare.ofPods(60, 3, 5), AskedShare.ofPods(20, 1, 5), 6, 30))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"101,1,2", "-1,1,2", "20,3,2", "20,-1,2", "20,0,0"})
    void noShareIsMoreThanAll(int percent, int part, int whole) {
        assertThatIllegalArgumentException().isThrownBy(() -> AskedShare.ofPods(percent, part, whole));
    }

    /** The version with the smaller share is unseen once in a thousand times. */
    @ParameterizedTest
    @CsvSource({"0, 300", "100, 300", "20, 300", "3, 300", "2, 342", "1, 688", "99, 688"})
    void aSmallShareTakesMoreRequestsToSee(int percent, int requests) {
        assertThat(AskedShare.ofWeight(percent).toSeeBoth(300)).isEqualTo(requests);
        assertThat(AskedShare.ofPods(50, 1, 4).toSeeBoth(10)).isEqualTo(25);
    }
}
