package delivery.traffic;

/** The verdict whether a canary served the share that was asked for. */
public record SplitVerdict(AcceptanceBand band, int served) {

    public boolean accepted() {
        return band.contains(served);
    }

    /** "the canary served 20.3% of 1000 requests; 20% was asked, 16.2%–24.1% accepted". */
    public String sentence() {
        return "the canary served " + band.percent(served) + " of " + band.requests() + " requests; " + band.sentence();
    }
}
