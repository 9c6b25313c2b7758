package delivery.rollout;

import java.util.Locale;

/**
 * Numbers of pods of a canary release.
 *
 * @param canary of the new version
 * @param stable of the versions before it
 */
public record ReplicaCounts(int canary, int stable) {

    public int all() {
        return canary + stable;
    }

    /** The share of the new version: "20.0%: 1 of 5 pods". */
    public String sentence() {
        return String.format(Locale.ROOT, "%.1f%%: %d of %d pods", all() == 0 ? 0 : 100.0 * canary / all(), canary,
                all());
    }
}
