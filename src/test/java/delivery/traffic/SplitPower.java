package delivery.traffic;

import static delivery.traffic.AskedShare.ofWeight;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/** The probability that one sample reveals a wrong split. */
final class SplitPower {

    private SplitPower() {
    }

    /**
     * Returns the probability, from 0 to 1.
     *
     * @param actual the share in percent that the canary really gets
     */
    static double of(BinomialSplitTest split, int asked, double actual, int requests) {
        AcceptanceBand band = split.band(ofWeight(asked), requests);
        BinomialDistribution really = BinomialDistribution.of(requests, actual / 100);
        return really.cumulativeProbability(band.least() - 1) + really.survivalProbability(band.most());
    }
}
