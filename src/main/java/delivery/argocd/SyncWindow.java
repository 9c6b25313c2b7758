package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A sync window of an Application's project that keeps Argo CD from syncing by itself.
 *
 * <p>Argo CD's {@code canSync} is about a person's sync, which a window may allow. The rule for Argo CD's own syncs is
 * computed from the windows, as {@code CanSync(false)} does: they are denied if a window that denies is active, or if
 * there are windows that allow and none of them is active.
 *
 * @param kind     {@code deny} or {@code allow}
 * @param schedule cron expression of its start
 * @param duration such as {@code 8h}
 */
public record SyncWindow(String kind, String schedule, String duration) {

    /** Returns the window that blocks syncs now; empty if none does. */
    static Optional<SyncWindow> inTheWay(JsonNode answer) {
        Optional<SyncWindow> denies = windows(answer.path("activeWindows")).filter(window -> window.kind.equals("deny"))
                .findFirst();
        boolean allowed = windows(answer.path("activeWindows")).anyMatch(window -> window.kind.equals("allow"));
        return denies.or(() -> allowed ? Optional.empty() : windows(answer.path("assignedWindows"))
                .filter(window -> window.kind.equals("allow")).findFirst());
    }

    private static Stream<SyncWindow> windows(JsonNode list) {
        return list.valueStream().map(window -> new SyncWindow(window.path("kind").asText(""),
                window.path("schedule").asText(""), window.path("duration").asText("")));
    }

    @Override
    public String toString() {
        return kind.equals("deny") ? "the window \"" + schedule + "\" for " + duration + " denies syncs"
                : "the window \"" + schedule + "\" for " + duration + ", which alone allows syncs, is not open";
    }
}
