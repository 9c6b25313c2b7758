package delivery.release;

import delivery.argocd.Application;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Argo CD's self-heal that took an undo back. It shows that the undo was triggered: the controller had taken it up,
 * pods of the old version were started, and Argo CD found the difference and synced it away by itself.
 *
 * @param tag  of the version that the undo returned to
 * @param time from the call of the undo until it was taken back
 * @param pods names of the pods of that version that were started, ready or not
 * @param seen the Application, compared again after that
 */
public record SelfHeal(String tag, Duration time, List<String> pods, Application seen) {

    /** What became of the undo. */
    public String undone() {
        return "the release asked for " + tag + " again, and the controller took that up; Argo CD's self-heal took the"
                + " undo back after " + seconds() + ", and whether traffic returns to " + tag
                + " is judged under RB-2";
    }

    /** What came of the undo before it was taken back. */
    public String started() {
        return "pods of " + tag + " that were started, ready or not, before self-heal took the undo back after "
                + seconds() + ": " + String.join(", ", pods);
    }

    /** What Argo CD did about the difference. */
    public String found() {
        return "Argo CD found that the Rollout differed, and synced it by itself (self-heal): the sync began at "
                + seen.operationBegan() + "; now Argo CD says " + seen.summary();
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
