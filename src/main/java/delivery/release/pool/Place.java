package delivery.release.pool;

import java.util.Optional;

/**
 * A place in the pool that was given to a scenario.
 *
 * @param release the release at this place, to be brought into the situation; empty if one has to be created
 * @param way     the moves that lead from that release, or from nothing, to the situation
 * @param dropped the release that has to be removed to make room
 */
public record Place<R>(Optional<R> release, Way way, Optional<R> dropped) {
}
