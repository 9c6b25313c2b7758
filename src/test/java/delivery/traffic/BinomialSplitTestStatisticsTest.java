package delivery.traffic;

import static delivery.traffic.AskedShare.ofWeight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A simulation of how often the check of a split is wrong: each request of a sample goes to the canary at random, as
 * with a router without memory. The result is in {@code target/split-statistics.md}.
 */
class BinomialSplitTestStatisticsTest {

    private static final int SAMPLES = 2_000;
    private static final long SEED = 20_261_124;
    private static final int[] WEIGHTS = {1, 10, 20, 50, 60, 99};
    private static final double[] RATES = {0.05, 0.01, 0.001};
    private static final int BY_DEFAULT = 1_000;
    private static final double RATE_BY_DEFAULT = 0.001;

    private static final List<String> TABLE = new ArrayList<>();

    @AfterAll
    static void write() throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "split-statistics.md"), TABLE);
    }

    @Test
    void aRightSplitIsRefusedNoMoreOftenThanTheRateSays() {
        List<String> rows = new ArrayList<>(List.of("", "Right splits, " + SAMPLES + " samples a row:", "",
                "| asked | requests | stated rate | refused by the distribution | refused in the simulation |",
                "|---:|---:|---:|---:|---:|"));
        int[] refusedInAll = new int[RATES.length];
        int samples = 0;
        for (int weight : WEIGHTS) {
            for (int requests : new int[] {100, 500, BY_DEFAULT}) {
                int[] served = samples(weight, requests);
                samples += served.length;
                for (int rate = 0; rate < RATES.length; rate++) {
                    BinomialSplitTest split = new BinomialSplitTest(RATES[rate]);
                    int refused = refused(split.band(ofWeight(weight), requests), served);
                    double exact = SplitPower.of(split, weight, weight, requests);
                    assertThat(exact).as(weight + "% of " + requests).isLessThanOrEqualTo(RATES[rate]);
                    // Even at the full rate, more than this occurs once in a million times.
                    assertThat(refused).as(weight + "% of " + requests).isLessThanOrEqualTo(
                            BinomialDistribution.of(SAMPLES, RATES[rate]).inverseSurvivalProbability(1e-6));
                    refusedInAll[rate] += refused;
                    rows.add(row(weight + "%", String.valueOf(requests), String.valueOf(RATES[rate]),
                            percent(exact), percent(refused / (double) SAMPLES)));
                }
            }
        }
        for (int rate = 0; rate < RATES.length; rate++) {
            double measured = refusedInAll[rate] / (double) samples;
            assertThat(measured).as("of " + samples + " samples, at " + RATES[rate]).isLessThanOrEqualTo(RATES[rate]);
            rows.add(row("all", "", String.valueOf(RATES[rate]), "", percent(measured)));
        }
        TABLE.addAll(rows);
    }

    /** Weights of a release's steps, and shares that are 5 and 10 points off. */
    @Test
    void aWrongSplitIsNoticedAsOftenAsThePowerSays() {
        BinomialSplitTest split = new BinomialSplitTest(RATE_BY_DEFAULT);
        List<String> rows = new ArrayList<>(List.of("", "Wrong splits, " + BY_DEFAULT + " requests, stated rate "
                        + RATE_BY_DEFAULT + ", " + SAMPLES + " samples a row:", "",
                "| asked | served | accepted | noticed by the distribution | noticed in the simulation |",
                "|---:|---:|---|---:|---:|"));
        for (int asked : new int[] {10, 20, 40, 50, 60, 80}) {
            for (int off : new int[] {-10, -5, 5, 10}) {
                int actual = asked + off;
                double exact = SplitPower.of(split, asked, actual, BY_DEFAULT);
                double measured =
                        refused(split.band(ofWeight(asked), BY_DEFAULT), samples(actual, BY_DEFAULT))
                                / (double) SAMPLES;
                assertThat(measured).as(asked + "% asked, " + actual + "% served").isCloseTo(exact, within(0.05));
                assertThat(measured).as(asked + "% asked, " + actual + "% served")
                        .isGreaterThanOrEqualTo(Math.abs(off) == 10 ? 0.99 : 0.40);
                rows.add(row(asked + "%", actual + "%",
                        split.band(ofWeight(asked), BY_DEFAULT).sentence().split(", ")[1]
                        .replace(" accepted", ""), percent(exact), percent(measured)));
            }
        }
        TABLE.addAll(rows);
    }

    private static int refused(AcceptanceBand band, int[] served) {
        int refused = 0;
        for (int count : served) {
            refused += band.contains(count) ? 0 : 1;
        }
        return refused;
    }

    /** Returns how many of the requests the canary served, once for each sample. */
    private static int[] samples(int percent, int requests) {
        SplittableRandom chance = new SplittableRandom(SEED + 1_000L * percent + requests);
        int[] served = new int[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (int request = 0; request < requests; request++) {
                served[sample] += chance.nextInt(100) < percent ? 1 : 0;
            }
        }
        return served;
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }
}
