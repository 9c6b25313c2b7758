package delivery.release.pool;

import java.util.Optional;

/**
 * A place in the pool that a scenario has got.
 *
 * @param release what stands there, to be brought on its way; empty if one is to be made
 * @param way     from where that stands, or from nothing
 * @param dropped what has to be removed to make room
 */
public record Place<R>(Optional<R> release, Way way, Optional<R> dropped) {
}
