package delivery.release;

import delivery.argocd.Application;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Argo CD's self-heal that reverted an undo. It shows that the undo was triggered: the controller had acted on it, pods
 * of the old version were started, and Argo CD found the difference and synced it away by itself.
 *
 * @param tag  the tag of the version that the undo returned to
 * @param time the time from the call of the undo until it was reverted
 * @param pods the names of that version's pods that were started, ready or not
 * @param seen the Application after a new comparison
 */
public record SelfHeal(String tag, Duration time, List<String> pods, Application seen) {

    /** The outcome of the undo, in words. */
    public String undone() {
        return "the release asked for " + tag + " again, and the controller took that up; Argo CD's self-heal took the"
                + " undo back after " + seconds() + ", and whether traffic returns to " + tag
                + " is judged under RB-2";
    }

    /** The pods that were started before the undo was reverted, in words. */
    public String started() {
        return "pods of " + tag + " that were started, ready or not, before self-heal took the undo back after "
                + seconds() + ": " + String.join(", ", pods);
    }

    /** Argo CD's reaction to the difference, in words. */
    public String found() {
        return "Argo CD found that the Rollout differed, and synced it by itself (self-heal): the sync began at "
                + seen.operationBegan() + "; now Argo CD says " + seen.summary();
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
