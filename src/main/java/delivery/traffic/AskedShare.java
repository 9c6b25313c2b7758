package delivery.traffic;

import java.util.Locale;

/**
 * The share of the requests that a canary is to serve.
 *
 * @param percent that its step asks for, 0 to 100
 * @param part    of what is served, so much is the canary's: percent, or pods
 * @param whole   what is served: 100 percent, or all pods
 * @param byPods  whether pods make the share, as no traffic router does
 */
public record AskedShare(int percent, int part, int whole, boolean byPods) {

    private static final int ALL = 100;

    /** @throws IllegalArgumentException if there is no such share */
    public AskedShare {
        if (percent < 0 || percent > ALL || part < 0 || part > whole || whole < 1) {
            throw new IllegalArgumentException("a share must be 0 to 100 percent: " + percent + ", " + part + " of "
                    + whole);
        }
    }

    /** A traffic router serves it, to the percent. */
    public static AskedShare ofWeight(int percent) {
        return new AskedShare(percent, percent, ALL, false);
    }

    /**
     * Pods serve it, each as much as any other: the share is as near to the percentage as their number lets it be.
     *
     * @param canary pods of the new version
     * @param all    pods of every version, 1 at least
     */
    public static AskedShare ofPods(int percent, int canary, int all) {
        return new AskedShare(percent, canary, all, true);
    }

    /** How likely a request is the canary's: 0 to 1. */
    double probability() {
        return (double) part / whole;
    }

    public double exact() {
        return (double) ALL * part / whole;
    }

    /** Whether it leaves nothing to chance. */
    boolean isCertain() {
        return part == 0 || part == whole;
    }

    /** Whether both versions were to serve, and the pods let only one of them. */
    boolean isNoSplit() {
        return isCertain() && percent > 0 && percent < ALL;
    }

    /** In words: "20% was asked", "20% was asked, which is 25.0%: 1 of 4 pods". */
    public String sentence() {
        String asked = percent + "% was asked";
        if (!byPods) {
            return asked;
        }
        return asked + (ALL * part == percent * whole ? " (" : String.format(Locale.ROOT, ", which is %.1f%% (",
                exact())) + part + " of " + whole + " pods)";
    }
}
