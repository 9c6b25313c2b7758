package delivery.waiting;

import java.time.Duration;

/**
 * The duration of a wait, however it ended.
 *
 * @param who    the one that waited; empty if that is unknown
 * @param limit  kind of the wait
 * @param took   0 or nearly 0 if the expectation was met at once
 * @param atMost the limit that applied, multiplied by the patience
 */
public record WaitRecord(String who, WaitLimit limit, Duration took, Duration atMost) {

    static WaitRecord slower(WaitRecord one, WaitRecord other) {
        return one.took.compareTo(other.took) >= 0 ? one : other;
    }
}
