package delivery.environment;

import delivery.failure.EnvironmentNotFit;
import delivery.waiting.NotMet;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether it was the platform that kept a criterion from being met. It never makes a verdict better: what it turns is
 * not met, and becomes not known.
 */
public final class EnvironmentHealth implements AutoCloseable {

    private final HealthMonitor pulse;
    private final Function<Set<String>, Optional<EnvironmentNotFit>> now;

    /**
     * @param now looks whether those parts work that say nothing of themselves until they are asked, for a case in
     *            these namespaces
     */
    EnvironmentHealth(HealthMonitor pulse, Function<Set<String>, Optional<EnvironmentNotFit>> now) {
        this.pulse = pulse;
        this.now = now;
    }

    /**
     * What kept a criterion from being judged although it seems not to be met: a part of the platform did not work
     * while its scenario ran, or does not now. What could not become as expected any more stays not met: no platform
     * makes that good.
     *
     * @param error what the scenario ended with
     * @param begun when it began
     * @param namespaces of its releases
     * @return empty if the platform is well, and was all the while
     */
    public Optional<EnvironmentNotFit> unfitBehind(AssertionError error, Instant begun, Set<String> namespaces) {
        if (error instanceof NotMet notMet && notMet.isForGood()) {
            return Optional.empty();
        }
        String seen = String.valueOf(error.getMessage()).lines().map(String::strip).filter(line -> !line.isEmpty())
                .findFirst().orElse("");
        return pulse.missedSince(begun).or(() -> now.apply(namespaces).map(Throwable::getMessage))
                .map(missed ->
                        new EnvironmentNotFit("Nothing is known of the criterion, as meanwhile a part of the platform"
                        + " did not work: " + missed, "Seen then: " + seen, error));
    }

    /** Ends the following. */
    @Override
    public void close() {
        pulse.close();
    }
}
