package delivery.picture;

import java.util.Optional;

/**
 * A picture for the report.
 *
 * @param svg   the SVG document, including its words; empty if it could not be drawn here
 * @param words a description for people who cannot see it; or why it could not be drawn, and what to do about that
 */
public record Picture(Optional<String> svg, String words) {
}
