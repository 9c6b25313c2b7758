package delivery.environment;

import delivery.failure.EnvironmentNotFit;
import java.util.Optional;

/**
 * The result of one check of the environment.
 *
 * @param sentence what holds; where it does not, what was looked for
 * @param unfit    why it does not hold; empty if it does
 */
public record Finding(String sentence, Optional<EnvironmentNotFit> unfit) {
}
