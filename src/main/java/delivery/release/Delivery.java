package delivery.release;

import delivery.argocd.Application;
import delivery.chart.Values;
import delivery.failure.EnvironmentNotFit;
import delivery.waiting.Feed;
import delivery.waiting.Obstacle;
import delivery.waiting.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How what is wanted of a release gets into the cluster: by an Application that Argo CD syncs. */
interface Delivery extends AutoCloseable {

    /**
     * Makes nothing, and makes sure that the chart can take what is wanted.
     *
     * @throws delivery.failure.MissingValue if it lacks what is wanted of it
     */
    void require(Desired desired);

    /**
     * Has the release made, and waits until all that it asks for was applied.
     *
     * @throws delivery.failure.UnsafeClone  if it would touch what is not its own; nothing was applied
     */
    void create(Desired desired);

    /** Has it changed, and waits until the change was applied. Nothing else asks for it meanwhile. */
    void change(Desired desired);

    /** @throws IllegalStateException if nothing was asked for yet */
    Desired desired();

    /** @throws IllegalStateException if the Application was not made yet */
    Feed<Application> applications();

    /** The Application after a new comparison: its state may date from before the last change. */
    Application compared();

    /** The chart's values at the revision that is deployed. */
    Values values();

    /** How many pods an autoscaler that is delivered along keeps at least; 0 if there is none. */
    int leastPods();

    /** Does something to the release, while it is the run's to do it. */
    <T> T act(Supplier<T> action);

    /** Whether what was changed in the cluster alone is applied again. */
    boolean selfHeals();

    /** What a person must know who reads that an undo lasted; empty if nothing is kept from taking it back. */
    Optional<String> reserve();

    /** Who applies another version than an undo asks for, and what to do about it. */
    String whoTakesBack();

    /** The parameters that the Application was given and has been seen with, by name; none while that is not so. */
    Map<String, String> asked();

    /**
     * That somebody put back what the Application was given; empty if it has that. What tells of its changes may be a
     * moment behind: only what stays so counts.
     */
    default Optional<Obstacle> takenBack() {
        Map<String, String> asked = asked();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        try {
            Application now = applications().lastKnown();
            return asked.entrySet().stream().filter(one -> !one.getValue().equals(now.parameters().get(one.getKey())))
                    .findFirst().map(one -> Obstacle.of("Parameter " + one.getKey(), "Somebody put back what the"
                            + " Application was given: its parameter " + one.getKey() + " is " + now.parameters()
                                    .getOrDefault(one.getKey(), "not there any more") + ", and " + one.getValue()
                            + " was set").inEnvironment(Optional.of("See who writes it by the managedFields of "
                            + now.name() + "; nothing may own the copies of an Application"))
                            .finalAfter(Duration.ofSeconds(20)));
        } catch (EnvironmentNotFit unknown) {
            return Optional.empty();
        }
    }

    /** The same Application for another scenario. */
    Delivery handedTo(Waiting waiting, ReleaseWatch watch, Journal journal);

    /** Removes the Application, which would put back what goes with the namespace. */
    void remove();

    @Override
    void close();
}
