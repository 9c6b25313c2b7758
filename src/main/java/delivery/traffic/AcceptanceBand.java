package delivery.traffic;

import java.util.Locale;

/** The range of requests that a version may serve out of a sample, if it serves the share that was asked for. */
public record AcceptanceBand(AskedShare share, int requests, int least, int most) {

    /** Returns a band of fixed width; a share of 0% or 100% leaves nothing to chance and gets no tolerance. */
    static AcceptanceBand within(AskedShare share, int requests, int points) {
        // In whole hundredths of a part: a limit that falls between two requests excludes the one beyond it.
        long asked = 100L * share.part();
        long limit = share.isCertain() ? 0 : (long) points * share.whole();
        long all = 100L * share.whole();
        return new AcceptanceBand(share, requests,
                (int) ((requests * Math.max(0, asked - limit) + all - 1) / all),
                (int) (requests * Math.min(all, asked + limit) / all));
    }

    public boolean contains(int served) {
        return served >= least && served <= most;
    }

    /** The band in words: "20% was asked, 16.2%–24.1% accepted". */
    public String sentence() {
        return share.sentence() + ", " + (least == most ? percent(least) : percent(least) + "–" + percent(most))
                + " accepted";
    }

    /** A number of requests in percent, with enough decimals to distinguish one request from the next. */
    String percent(int count) {
        int decimals = Math.max(1, (int) Math.ceil(Math.log10(requests)) - 2);
        return String.format(Locale.ROOT, "%." + decimals + "f%%", 100.0 * count / requests);
    }
}
