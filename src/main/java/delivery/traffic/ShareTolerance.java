package delivery.traffic;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * How a share is to be judged.
 *
 * @param requests     size of the sample, {@value #FEWEST} at least
 * @param falseRedRate how often a right share may be refused; empty for the one of the settings
 * @param points       how far off a share may be, in percentage points; empty if chance alone decides
 */
public record ShareTolerance(int requests, OptionalDouble falseRedRate, OptionalInt points) {

    /** The fewest requests that tell a share. */
    public static final int FEWEST = 100;

    /** A share of 50% scatters most. */
    private static final double MOST_SCATTERED = 0.5;
    private static final double RARE = 0.01;

    /** How many requests a fixed limit needs, so that a right share is refused once in a hundred times at most. */
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

    /** What judges a sample; where nothing else is said, by the false red rate of the settings. */
    public BinomialSplitTest split(double otherwise) {
        return points.isPresent() ? BinomialSplitTest.within(points.getAsInt())
                : new BinomialSplitTest(falseRedRate.orElse(otherwise));
    }
}
