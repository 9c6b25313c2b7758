package delivery.waiting;

import java.time.Duration;

/**
 * How long each kind of wait may last. A limit is no expectation of speed: it is far above what the same takes on a
 * small machine, so that only what will not happen exceeds it. {@code PATIENCE} multiplies them all. How near the waits
 * of a run came to them is in its record, and of many runs in the table of {@code make soak}.
 *
 * <p>Other times in the drivers limit no wait for the delivery: how long one call may take ({@code Cluster},
 * {@code Api}, {@code Registry}, {@code Gateway}) or reading all that is watched ({@code ReleaseFeed}), how long
 * what is sent over some seconds may take ({@code ServiceProbe}, {@code Gateway}), how long there may be no news before
 * a state counts as unknown ({@link FeedOutage}, {@code ArgoCd}), how long a team's own command may build
 * ({@code CommandBuild}), and after which time a scenario is at fault ({@code ScenarioWatchdog}). They end as an
 * environment that is not fit or a suite at fault, never as a criterion that is not met.
 */
public enum WaitLimit {

    /** Argo CD compares, renders and applies; a cold repository server takes longest. Usually 2 s. */
    SYNC(60),
    /** An image is pulled, its pods start and become ready. Usually 3 s; a registry far away takes a minute. */
    AVAILABLE(120),
    /** A controller takes up a change of a specification or a status. Usually under 1 s. */
    RECONCILE(30),
    /** A release reaches a pause, which it does when its new pods are ready. */
    PAUSE(120),
    /** A release goes on after a promotion: Services and routes are switched, more pods started. */
    PROMOTION(120),
    /** An old ReplicaSet goes away: its delay (30 s by default) and its pods' grace period (30 s by default). */
    SCALE_DOWN(120),
    /** An analysis takes its measurements: the chart's interval times its count. */
    ANALYSIS(120),
    /** A namespace is emptied and goes away: the grace period of its pods, then the finalizers. */
    DELETION(120),
    /** A gateway or the nodes' proxies follow a change that the API already shows. Usually under 1 s. */
    ROUTE(30),
    /** The live release is put back, although a part of the platform does not answer for a while. Usually 10 s. */
    RESTORATION(120);

    private final Duration byDefault;

    WaitLimit(int seconds) {
        this.byDefault = Duration.ofSeconds(seconds);
    }

    /** The limit multiplied, to the millisecond. */
    public Duration times(double patience) {
        return Duration.ofMillis(Math.round(byDefault.toMillis() * patience));
    }
}
