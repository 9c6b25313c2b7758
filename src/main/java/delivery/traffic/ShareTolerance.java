package delivery.traffic;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The tolerance with which a share is judged.
 *
 * @param requests     size of the sample, {@value #FEWEST} at least
 * @param falseRedRate how often a correct share may be refused; empty for the rate in the settings
 * @param points       most percentage points that a share may be off; empty if only chance decides
 */
public record ShareTolerance(int requests, OptionalDouble falseRedRate, OptionalInt points) {

    /** The smallest sample that can show a share. */
    public static final int FEWEST = 100;

    /** The share that varies most by chance. */
    private static final double MOST_SCATTERED = 0.5;
    private static final double RARE = 0.01;

    /** Number of requests with which a fixed limit refuses a correct share at most once in a hundred times. */
    public static int enough(int points) {
        int requests = FEWEST;
        while (refused(points, requests) > RARE) {
            requests += FEWEST;
        }
        return requests;
    }

    private static double refused(int points, int requests) {
        BinomialDistribution right = BinomialDistribution.of(requests, MOST_SCATTERED);
        AcceptanceBand band = AcceptanceBand.within(AskedShare.ofWeight(50), requests, points);
        return right.cumulativeProbability(band.least() - 1) + right.survivalProbability(band.most());
    }

    /** Returns the test for a sample; by default it uses the false red rate of the settings. */
    public BinomialSplitTest split(double defaultRate) {
        return points.isPresent() ? BinomialSplitTest.within(points.getAsInt())
                : new BinomialSplitTest(falseRedRate.orElse(defaultRate));
    }
}
