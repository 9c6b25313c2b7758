package delivery.traffic;

import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Judges from one sample whether traffic is split as asked.
 *
 * <p>If each request goes to the canary with the requested probability, independently of the others, the number that
 * the canary serves is binomially distributed. A sample is refused if it lies in a tail of exactly this distribution
 * (no normal approximation); each tail has at most half the false red rate. So a correct split is refused no more often
 * than that rate. A router that takes turns, as Traefik does, varies less and is refused even less often. A weight of 0
 * or 100 leaves nothing to chance: one request to the wrong side is refused.
 *
 * <p>A sample is taken once. If it were taken again until it passed, a wrong split would also pass.
 */
public final class BinomialSplitTest {

    private final double falseRedRate;
    private final OptionalInt points;

    /**
     * @param falseRedRate how often a correct split may be refused; more than 0, less than 0.5
     * @throws IllegalArgumentException if it is not in that range
     */
    public BinomialSplitTest(double falseRedRate) {
        if (!(falseRedRate > 0 && falseRedRate < 0.5)) {
            throw new IllegalArgumentException("the false red rate must be more than 0, less than 0.5: "
                    + falseRedRate);
        }
        this.falseRedRate = falseRedRate;
        this.points = OptionalInt.empty();
    }

    private BinomialSplitTest(int points) {
        this.falseRedRate = Double.NaN;
        this.points = OptionalInt.of(points);
    }

    /** Returns a test with a fixed tolerance of 1 to 50 percentage points, whatever the size of the sample. */
    static BinomialSplitTest within(int points) {
        if (points < 1 || points > 50) {
            throw new IllegalArgumentException("a share may be 1 to 50 points off: " + points);
        }
        return new BinomialSplitTest(points);
    }

    /**
     * @param asked    share of the canary
     * @param requests size of the sample, at least 1
     * @throws IllegalArgumentException if it is not
     */
    public AcceptanceBand band(AskedShare asked, int requests) {
        BinomialDistribution canary = canary(asked.probability(), requests);
        if (points.isPresent()) {
            return AcceptanceBand.within(asked, requests, points.getAsInt());
        }
        // The least k with P(X <= k) >= rate/2 leaves P(X < k) < rate/2; the reverse holds for the greatest.
        return new AcceptanceBand(asked, requests,
                canary.inverseCumulativeProbability(falseRedRate / 2),
                canary.inverseSurvivalProbability(falseRedRate / 2));
    }

    /**
     * @param served number of requests that the canary served
     * @throws IllegalArgumentException as {@link #band(AskedShare, int)} does, or if more were served than sent
     */
    public SplitVerdict judge(AskedShare asked, int served, int requests) {
        if (served < 0 || served > requests) {
            throw new IllegalArgumentException(served + " of " + requests + " requests cannot be served");
        }
        return new SplitVerdict(band(asked, requests), served);
    }

    /**
     * Whether the served requests are likelier under one share than under another. This shows which of the two a router
     * uses; it judges neither.
     */
    static boolean isNearer(AskedShare asked, AskedShare before, int served, int requests) {
        return asked.probability() == before.probability()
                || likelihood(asked, served, requests) > likelihood(before, served, requests);
    }

    /** Log-likelihood without the common constant. No share is ruled out, because a request may be under way. */
    private static double likelihood(AskedShare asked, int served, int requests) {
        double share = Math.min(Math.max(asked.probability(), 0.001), 0.999);
        return served * Math.log(share) + (requests - served) * Math.log(1 - share);
    }

    private static BinomialDistribution canary(double probability, int requests) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a share must be 0 to 100 percent: " + 100 * probability);
        }
        if (requests < 1) {
            throw new IllegalArgumentException("a sample must have a request: " + requests);
        }
        return BinomialDistribution.of(requests, probability);
    }
}
