package delivery.rollout;

import java.time.Instant;

/**
 * Something that was done to a release.
 *
 * @param command what a person would type
 * @param call    what was sent: "METHOD path body"
 */
public record Action(String command, String call, Instant at) {
}
