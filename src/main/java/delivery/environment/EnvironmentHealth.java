package delivery.environment;

import delivery.failure.EnvironmentNotFit;
import delivery.waiting.NotMet;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Decides whether the platform was the reason that a criterion was not met. It never makes a verdict better: it only
 * turns "not met" into "not run".
 *
 * @param now       checks the parts that show a failure only when they are asked, for a case in these namespaces
 * @param disturbed finds what changed the state of pods in these namespaces since then without their doing
 */
public record EnvironmentHealth(HealthMonitor pulse, Function<Set<String>, Optional<EnvironmentNotFit>> now,
        BiFunction<Set<String>, Instant, Optional<String>> disturbed) implements AutoCloseable {

    /**
     * The outage that makes a criterion inconclusive that seems not to be met: a part of the platform did not work
     * while its scenario ran, or does not work now. If the expectation became impossible, the criterion stays not met,
     * because a working platform would not have changed that; the exception is pods whose state the platform itself
     * changed.
     *
     * @return empty if the platform works, and worked all the time
     */
    public Optional<EnvironmentNotFit> unfitBehind(AssertionError error, Instant begun, Set<String> namespaces) {
        String seen = String.valueOf(error.getMessage()).lines().map(String::strip).filter(line -> !line.isEmpty())
                .findFirst().orElse("");
        boolean forGood = error instanceof NotMet notMet && notMet.isForGood();
        Optional<String> missing = disturbed.apply(namespaces, begun).or(() -> forGood ? Optional.empty()
                : pulse.missedSince(begun).or(() -> now.apply(namespaces).map(Throwable::getMessage)));
        return missing.map(missed ->
                        new EnvironmentNotFit("The criterion cannot be judged, because a part of the platform did not"
                        + " work in the meantime: " + missed, "Seen then: " + seen, error));
    }

    @Override
    public void close() {
        pulse.close();
    }
}
