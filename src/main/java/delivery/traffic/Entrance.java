package delivery.traffic;

import java.time.Duration;
import java.util.Set;

/**
 * Where users ask a release: at a gateway under the release's host or, where no route leads to it, at one of its
 * Services. In a sentence it is "the gateway" or "the Service shop". Safe for use by many threads.
 */
public interface Entrance {

    /** Sends one request, of a user who was not there before. What goes wrong is in the answer. */
    Answer ask(Endpoint endpoint);

    /**
     * One request each of so many users; they have the cookies that they were given before.
     *
     * @param sideBySide how many are under way at most at a time, 1 to 64
     * @throws delivery.failure.EnvironmentNotFit if what leads to the release does not answer, or is far too slow
     * @throws IllegalStateException              if the thread is interrupted
     */
    Sample sample(Endpoint endpoint, int requests, int sideBySide);

    /** The same at a steady rate over a time: for what must be so all that time. */
    Sample sample(Endpoint endpoint, int requests, Duration over);

    /** As {@link #sample(Endpoint, int, int)}, of users who were not there before. */
    Sample newcomers(Endpoint endpoint, int requests, int sideBySide);

    /**
     * Sends requests until it is stopped, as the users of a release do while it changes.
     *
     * @param atMost    it stops by itself after this time
     * @param perSecond how many requests a second are sent at most; fewer while answers are slow
     * @throws delivery.failure.EnvironmentNotFit if what leads to the release does not answer at all
     */
    BackgroundTraffic watch(Endpoint endpoint, Duration atMost, double perSecond);

    /**
     * As {@link #watch}, for what judges nothing: that a gateway does not answer at all is among the answers too. What
     * users do not come through, such as the Kubernetes API, says nothing of them when it does not answer: that is left
     * out in the end.
     */
    BackgroundTraffic observe(Endpoint endpoint, Duration atMost, double perSecond);

    /** Names of the cookies that users were given, each once; empty if they were given none. */
    Set<String> cookies();

    /** The command by which a person sends one such request. */
    String command(Endpoint endpoint);

    /** What a person asks there: a host, or a Service's name. */
    String name();

    /** Whether a route of that host leads to the release. */
    boolean isRouted();
}
