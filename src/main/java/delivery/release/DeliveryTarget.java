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

/** The Application that delivers a release: a copy of the live Application, or the live Application itself. */
interface DeliveryTarget {

    /** Whether the Application is a copy, which is created. */
    boolean isCopy();

    /** Makes the Application ask for this state, whatever it asked for before. */
    PerformedAction make(Desired desired, Waiting waiting, Journal journal);

    /**
     * Changes parameters of the Application.
     *
     * @param now the Application as its feed has it
     */
    PerformedAction set(Application now, Map<String, String> changes);

    /** Replaces all values that the Application sets in addition to its chart's. */
    PerformedAction setValues(Application now, ObjectNode values);

    /**
     * Has Argo CD sync the Application, and waits until it has.
     *
     * @param application the feed of the Application
     */
    Application sync(Feed<Application> application, Waiting waiting, Journal journal);

    /** Waits until a new release has what was asked for and nothing is under way. */
    void settle(Desired desired, Waiting waiting, Journal journal);

    /** The minimum number of pods of an autoscaler that is part of the delivery; 0 if there is none. */
    int leastPods();

    /** Whether Argo CD reverts a change that was made only in the cluster (self-heal). */
    boolean selfHeals();

    /** The reservation to report along with an undo that lasted, such as paused self-heal; empty if there is none. */
    Optional<String> reserve();

    /** Who would revert an undo, and what to do about it. */
    String reversalCause(Application now);

    /** Acts on the release, as long as the run may do so. */
    <T> T act(Supplier<T> action);

    /** Begins to remove the Application; empty if no call was sent. */
    Optional<ManagedApplications.Removed> remove();
}
