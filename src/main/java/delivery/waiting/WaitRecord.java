package delivery.waiting;

import java.time.Duration;

/**
 * How long a wait took, however it ended.
 *
 * @param who    waited; empty if that was not said
 * @param limit  kind of the wait
 * @param took   0 or next to it if all was as expected at once
 * @param atMost the limit as it counted: multiplied by the patience
 */
public record WaitRecord(String who, WaitLimit limit, Duration took, Duration atMost) {

    static WaitRecord slower(WaitRecord one, WaitRecord other) {
        return one.took.compareTo(other.took) >= 0 ? one : other;
    }
}
