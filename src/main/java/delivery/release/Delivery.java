package delivery.release;

import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.chart.Values;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.Release;
import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.Obstacle;
import delivery.waiting.Outcome;
import delivery.waiting.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Delivers the desired state of a release to the cluster, by an Application that Argo CD syncs. */
interface Delivery extends AutoCloseable {

    /**
     * Checks that the chart has a value for everything that is desired. Creates nothing.
     *
     * @throws delivery.failure.MissingValue if it lacks one
     */
    void require(Desired desired);

    /**
     * Creates the release, and waits until everything that it asks for has been applied.
     *
     * @throws delivery.failure.UnsafeClone if it would touch objects that are not its own; nothing was applied then
     */
    void create(Desired desired);

    /**
     * Changes the release, and waits until the change has been applied. No other change may be asked for in the
     * meantime.
     */
    void change(Desired desired);

    /** @throws IllegalStateException if nothing was asked for yet */
    Desired desired();

    /** @throws IllegalStateException if the Application has not been created yet */
    Feed<Application> applications();

    /** Whether everything that was asked for is applied, as far as is known. */
    default boolean isApplied() {
        return ApplicationExpectations.synced().judge(applications().lastKnown()) instanceof Outcome.Met;
    }

    /** The Application after a new comparison, because its state may date from before the last change. */
    Application compared();

    /** The chart's values at the revision that is deployed. */
    Values values();

    /** The minimum number of pods of an autoscaler that is part of the delivery; 0 if there is none. */
    int leastPods();

    /** Acts on the release, as long as the run may do so. */
    <T> T act(Supplier<T> action);

    /** Whether Argo CD reverts a change that was made only in the cluster (self-heal). */
    boolean selfHeals();

    /** The reservation to report along with an undo that lasted, such as paused self-heal; empty if there is none. */
    Optional<String> reserve();

    /** Who would revert an undo, and what to do about it. */
    String reversalCause();

    /** The parameters that the Application was given, by name, once it has been seen with them; none before. */
    Map<String, String> asked();

    /**
     * Reports that somebody reverted what the Application was given; empty if nobody did. Because the watch may lag,
     * only a state that lasts counts.
     */
    default Optional<Obstacle> reversal() {
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

    /** The beginnings of the commands by which it creates and changes a release. */
    List<String> commands();

    /**
     * Expects that Argo CD calls the release, which is at rest, healthy, and finds no other difference from what the
     * Application asks for than there must be.
     *
     * @param undone whether the release was undone past Argo CD
     */
    Expectation<Application, Application> atRest(Supplier<Release> release, boolean undone);

    /** An action of somebody else on the Application that changes the release; empty if none is known. */
    default Optional<EnvironmentNotFit> foreign() {
        return Optional.empty();
    }

    /** The delivery of the same Application for another scenario. */
    Delivery handedTo(Waiting waiting, ReleaseWatch watch, Journal journal);

    /** Removes the Application, which would recreate what is deleted with the namespace. */
    void remove();

    @Override
    void close();
}
