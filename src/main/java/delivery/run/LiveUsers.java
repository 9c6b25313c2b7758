package delivery.run;

import delivery.environment.Blueprint;
import delivery.environment.Entrances;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.Rollout;
import delivery.traffic.Answer;
import delivery.traffic.Availability;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.Entrance;
import delivery.traffic.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Users of the live release, who send requests for as long as a run holds it. If they were not served before the run
 * either, no requests are sent.
 */
final class LiveUsers {

    private static final Duration LONGEST_RUN = Duration.ofHours(3);
    private static final double PER_SECOND = 2;

    private final Optional<String> before;
    private final Supplier<BackgroundTraffic> requests;
    private Optional<BackgroundTraffic> asking = Optional.empty();
    private Sample seen = new Sample(List.of());

    /**
     * Returns the users of the live release. One of them sends a request before anything is changed.
     *
     * @param rollout the live one; the namespace may hold others
     * @param host    host whose route leads to it, if the delivery has routes
     */
    static LiveUsers of(Platform platform, Blueprint pattern, Rollout rollout, String host) {
        return new LiveUsers(new Entrances(platform, pattern.exposure(), Optional.of(rollout.name()))
                .at(rollout.namespace(), host), pattern.versionReading().endpoint());
    }

    /** Sends the first request, before anything is changed. */
    LiveUsers(Entrance entrance, Endpoint endpoint) {
        Answer first = entrance.ask(endpoint);
        before = first.failure().map(why -> "they were not followed, as " + entrance.name()
                + " did not serve them before the run either: " + why);
        requests = () -> entrance.observe(endpoint, LONGEST_RUN, PER_SECOND);
    }

    /** Starts to send requests. */
    LiveUsers come() {
        asking = before.isPresent() ? Optional.empty() : Optional.of(requests.get());
        return this;
    }

    /** Stops sending requests, and waits for outstanding answers. */
    void end() {
        asking.ifPresent(load -> {
            try {
                seen = load.stop();
            } catch (IllegalStateException broken) {
                seen = load.soFar();
            } finally {
                load.close();
            }
        });
    }

    Availability availability() {
        return Availability.of(seen);
    }

    /** Describes in words how the users were served. */
    String words() {
        return before.orElseGet(() -> seen.size() == 0 ? "no requests were sent" : availability().isComplete()
                ? seen.sentence() : availability().sentence() + "; in all " + seen.sentence());
    }

    /** Reports that some users were not served; empty if all were, or if no requests were sent. */
    Optional<EnvironmentNotFit> unserved() {
        return availability().isComplete() ? Optional.empty() : Optional.of(new EnvironmentNotFit("Users of the live"
                + " release were not served while the run had it: " + availability().sentence(), "No criterion"
                + " is judged by that: see in the Session History what was done at that time, and whether the delivery"
                + " or what leads to it lets requests fail"));
    }
}
