package delivery.environment;

import delivery.failure.EnvironmentNotFit;
import delivery.waiting.NotMet;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Whether it was the platform that kept a criterion from being met. It never makes a verdict better: what it turns is
 * not met, and becomes not known.
 *
 * @param now       looks whether those parts work that say nothing of themselves until they are asked, for a case
 *                  in these namespaces
 * @param disturbed tells what changed the state of pods in these namespaces since then, though they did nothing
 */
public record EnvironmentHealth(HealthMonitor pulse, Function<Set<String>, Optional<EnvironmentNotFit>> now,
        BiFunction<Set<String>, Instant, Optional<String>> disturbed) implements AutoCloseable {

    /**
     * What kept a criterion from being judged although it seems not to be met: a part of the platform did not work
     * while its scenario ran, or does not now. What could not become as expected any more stays not met, as no platform
     * makes that good, but for pods whose state the platform itself changed.
     *
     * @return empty if the platform is well, and was all the while
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
