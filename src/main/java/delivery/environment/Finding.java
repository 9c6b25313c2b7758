package delivery.environment;

import delivery.failure.EnvironmentNotFit;
import java.util.Optional;

/**
 * The result of one check of the environment.
 *
 * @param sentence what was found or, if the check failed, what it looked for
 * @param unfit    the reason why the check failed; empty if it passed
 */
public record Finding(String sentence, Optional<EnvironmentNotFit> unfit) {
}
