package delivery.picture;

import java.util.Optional;

/**
 * A picture for the report.
 *
 * @param svg   it, with its words in it; empty if it could not be drawn here
 * @param words what it shows, for those who cannot see it; or why it could not be drawn, and what to do about that
 */
public record Picture(Optional<String> svg, String words) {
}
