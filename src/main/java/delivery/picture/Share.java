package delivery.picture;

import delivery.traffic.SplitVerdict;

/**
 * What a step of a canary served.
 *
 * @param step    its number
 * @param verdict on the share that it served
 * @param failed  how many of its requests failed
 */
public record Share(int step, SplitVerdict verdict, int failed) {

    boolean asWanted() {
        return verdict.accepted() && failed == 0;
    }

    String sentence() {
        return "Step " + step + ": " + verdict.sentence() + (failed == 0 ? "" : "; " + failed + " failed")
                + (asWanted() ? " (as wanted)" : " (NOT as wanted)");
    }
}
