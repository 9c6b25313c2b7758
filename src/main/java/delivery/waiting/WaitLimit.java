package delivery.waiting;

import java.time.Duration;

/**
 * The longest time that each kind of wait may last. A limit does not demand speed: it is far above the time needed on a
 * small machine, so that only something that never happens exceeds it. {@code PATIENCE} multiplies all limits. The
 * record of a run shows how close its waits came to them, and the table of {@code make soak} that of many runs.
 *
 * <p>Other times in the drivers do not limit waits for the delivery. They limit one call ({@code Cluster}, {@code Api},
 * {@code Registry}, {@code Gateway}), the reading of everything that is watched ({@code ReleaseFeed}), requests spread
 * over some seconds ({@code ServiceProbe}, {@code Gateway}), the time without news after which a state is unknown
 * ({@link FeedOutage}, {@code ArgoCd}), a team's own build command ({@code CommandBuild}), and a whole scenario
 * ({@code ScenarioWatchdog}). They end in an environment that is not fit or an error of the suite, never in a criterion
 * that is not met.
 */
public enum WaitLimit {

    /** Argo CD compares, renders and applies; a cold repository server takes longest. Usually 2 s. */
    SYNC(60),
    /** An image is pulled, and its pods start and become ready. Usually 3 s; with a remote registry a minute. */
    AVAILABLE(120),
    /** A controller processes a change of a specification or a status. Usually under 1 s. */
    RECONCILE(30),
    /** A release reaches a pause, which it does when its new pods are ready. */
    PAUSE(120),
    /** A release goes on after a promotion: Services and routes are switched, and more pods are started. */
    PROMOTION(120),
    /** An old ReplicaSet is removed: its delay (30 s by default) and its pods' grace period (30 s by default). */
    SCALE_DOWN(120),
    /** An analysis takes its measurements: the chart's interval times its count. */
    ANALYSIS(120),
    /** A namespace is emptied and deleted: the grace period of its pods, then the finalizers. */
    DELETION(120),
    /** A gateway or the nodes' proxies follow a change that the API already shows. Usually under 1 s. */
    ROUTE(30),
    /** The live release is restored, even if a part of the platform does not answer for a while. Usually 10 s. */
    RESTORATION(120);

    private final Duration byDefault;

    WaitLimit(int seconds) {
        this.byDefault = Duration.ofSeconds(seconds);
    }

    /** Returns the limit multiplied by the patience, to the millisecond. */
    public Duration times(double patience) {
        return Duration.ofMillis(Math.round(byDefault.toMillis() * patience));
    }
}
