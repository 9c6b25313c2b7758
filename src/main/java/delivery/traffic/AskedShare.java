package delivery.traffic;

import java.util.Locale;

/**
 * The share of the requests that a canary is to serve.
 *
 * @param percent weight that its step asks for, 0 to 100
 * @param part    the canary's part of the whole: percent or pods
 * @param whole   100 percent, or the number of all pods
 * @param byPods  whether the share comes from the pods, because there is no traffic router
 */
public record AskedShare(int percent, int part, int whole, boolean byPods) {

    private static final int ALL = 100;
    private static final double MISSED = 0.001;

    /** @throws IllegalArgumentException if there is no such share */
    public AskedShare {
        if (percent < 0 || percent > ALL || part < 0 || part > whole || whole < 1) {
            throw new IllegalArgumentException("a share must be 0 to 100 percent: " + percent + ", " + part + " of "
                    + whole);
        }
    }

    /** Returns a share that a traffic router serves, to the percent. */
    public static AskedShare ofWeight(int percent) {
        return new AskedShare(percent, percent, ALL, false);
    }

    /**
     * Returns a share that pods serve, each as much as any other: as close to the percentage as their number allows.
     *
     * @param canary pods of the new version
     * @param all    pods of every version, 1 at least
     */
    public static AskedShare ofPods(int percent, int canary, int all) {
        return new AskedShare(percent, canary, all, true);
    }

    /** The probability that the canary serves a request: 0 to 1. */
    double probability() {
        return (double) part / whole;
    }

    /**
     * The number of requests of which the version with the smaller share misses all once in a thousand times.
     *
     * @param least the number for a share that leaves nothing to chance, and the smallest in any case
     */
    public int toSeeBoth(int least) {
        double smaller = Math.min(probability(), 1 - probability());
        return isCertain() ? least
                : Math.max(least, (int) Math.ceil(Math.log(MISSED) / Math.log1p(-smaller)));
    }

    public double exact() {
        return (double) ALL * part / whole;
    }

    /** Whether the share leaves nothing to chance. */
    boolean isCertain() {
        return part == 0 || part == whole;
    }

    /** Whether both versions were to serve, but the pods allow only one of them to. */
    boolean isNoSplit() {
        return isCertain() && percent > 0 && percent < ALL;
    }

    /** The share in words: "20% was asked", "20% was asked, which is 25.0%: 1 of 4 pods". */
    public String sentence() {
        String asked = percent + "% was asked";
        if (!byPods) {
            return asked;
        }
        return asked + (ALL * part == percent * whole ? " (" : String.format(Locale.ROOT, ", which is %.1f%% (",
                exact())) + part + " of " + whole + " pods)";
    }
}
