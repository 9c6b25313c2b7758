package delivery.traffic;

import java.time.Duration;
import java.util.Set;

/**
 * The place where users reach a release: a gateway, under the release's host, or one of its Services if no route leads
 * to it. In a sentence it is "the gateway" or "the Service shop". Safe for use by many threads.
 */
public interface Entrance {

    /** Sends one request of a new user. Any failure is part of the answer. */
    Answer ask(Endpoint endpoint);

    /**
     * Sends one request for each of this many users, with the cookies that they were given before.
     *
     * @param sideBySide most requests under way at a time, 1 to 64
     * @throws delivery.failure.EnvironmentNotFit if the way to the release does not answer, or is far too slow
     * @throws IllegalStateException              if the thread is interrupted
     */
    Sample sample(Endpoint endpoint, int requests, int sideBySide);

    /** The same at a steady rate over a period, for conditions that must hold throughout it. */
    Sample sample(Endpoint endpoint, int requests, Duration over);

    /** As {@link #sample(Endpoint, int, int)}, but with new users. */
    Sample newcomers(Endpoint endpoint, int requests, int sideBySide);

    /**
     * Sends requests until it is stopped, as the users of a release do while it changes.
     *
     * @param atMost    time after which it stops by itself
     * @param perSecond most requests per second; fewer while answers are slow
     * @throws delivery.failure.EnvironmentNotFit if the way to the release does not answer at all
     */
    BackgroundTraffic watch(Endpoint endpoint, Duration atMost, double perSecond);

    /**
     * As {@link #watch}, for traffic that judges nothing: the answers then also include those of a gateway that does
     * not answer at all. Failures of a way that users do not take, such as the Kubernetes API, say nothing about users
     * and are left out of the final sample.
     */
    BackgroundTraffic observe(Endpoint endpoint, Duration atMost, double perSecond);

    /** Names of the cookies that users were given, each once; empty if they were given none. */
    Set<String> cookies();

    /** A command with which a person can send one such request. */
    String command(Endpoint endpoint);

    /** The name that a person requests: a host or a Service. */
    String name();

    /** Whether a route of that host leads to the release. */
    boolean isRouted();
}
