package delivery.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.environment.ManagedApplications;
import delivery.history.PerformedAction;
import delivery.waiting.Feed;
import delivery.waiting.Waiting;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The Application that a release is delivered by: a copy of the live one, or that itself. */
interface DeliveryTarget {

    /** Has it ask for something from the beginning, whatever it asked for before. */
    PerformedAction make(Desired desired, Waiting waiting, Journal journal);

    /**
     * Changes parameters of it.
     *
     * @param now as it is followed
     */
    PerformedAction set(Application now, Map<String, String> changes);

    /** Changes the values that it lays over its chart's; all of them are given. */
    PerformedAction setValues(Application now, ObjectNode values);

    /**
     * Has Argo CD sync what it asks for, and waits until it has.
     *
     * @param application as it is followed
     */
    Application sync(Feed<Application> application, Waiting waiting, Journal journal);

    /** Waits until a release that was made is at rest with what was asked for. */
    void settle(Desired desired, Waiting waiting, Journal journal);

    /** How many pods an autoscaler that is delivered along keeps at least; 0 if there is none. */
    int leastPods();

    /** Whether Argo CD applies again what was changed in the cluster alone. */
    boolean selfHeals();

    /** What a person must know who reads that an undo lasted; empty if nothing is kept from taking it back. */
    Optional<String> reserve();

    /** Who applies another version than an undo asks for, and what to do about it. */
    String whoTakesBack(Application now);

    /** Does something to the release, while it is the run's to do it. */
    <T> T act(Supplier<T> action);

    /** Begins to remove it; empty if nothing was sent. */
    Optional<ManagedApplications.Removed> remove();
}
