package delivery.traffic;

import java.util.Locale;

/**
 * How many of so many requests a version may serve, if it is to serve a share that was asked for.
 *
 * @param asked    the share in percent
 * @param requests size of the sample
 * @param least    fewest requests that are accepted
 * @param most     most requests that are accepted
 */
public record AcceptanceBand(int asked, int requests, int least, int most) {

    /** A fixed limit; a share of 0% or 100% leaves nothing to chance, and nothing to the limit. */
    static AcceptanceBand within(int asked, int requests, int points) {
        if (asked == 0 || asked == 100) {
            return new AcceptanceBand(asked, requests, requests * asked / 100, requests * asked / 100);
        }
        return new AcceptanceBand(asked, requests,
                (int) (((long) requests * Math.max(0, asked - points) + 99) / 100),
                (int) ((long) requests * Math.min(100, asked + points) / 100));
    }

    /** Whether so many requests are accepted. */
    public boolean contains(int served) {
        return served >= least && served <= most;
    }

    /** The band in words: "20% was asked, 16.2%–24.1% accepted". */
    public String sentence() {
        return asked + "% was asked, " + (least == most ? percent(least) : percent(least) + "–" + percent(most))
                + " accepted";
    }

    /** So many requests in percent, with as many decimals as tell one request from the next. */
    String percent(int count) {
        int decimals = Math.max(1, (int) Math.ceil(Math.log10(requests)) - 2);
        return String.format(Locale.ROOT, "%." + decimals + "f%%", 100.0 * count / requests);
    }
}
