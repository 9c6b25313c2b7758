package delivery.timeline;

import java.time.Instant;

/**
 * Something that happened to a release.
 *
 * @param words what, in a few: "promoted"
 */
public record TimelineEvent(Instant at, String words) {
}
