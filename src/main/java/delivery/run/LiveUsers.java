package delivery.run;

import delivery.failure.EnvironmentNotFit;
import delivery.gateway.Gateway;
import delivery.traffic.Answer;
import delivery.traffic.Availability;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Users of the live release, who ask all the while that a run has it. Where they were not served before, nothing is
 * learned of them.
 */
final class LiveUsers {

    private static final Duration LONGEST_RUN = Duration.ofHours(3);
    private static final double PER_SECOND = 2;

    private final Optional<String> before;
    private final Optional<BackgroundTraffic> asking;
    private Sample seen = new Sample(List.of());

    /** They begin to ask. */
    LiveUsers(Gateway gateway, String host, Endpoint endpoint) {
        Answer first = gateway.ask(host, endpoint);
        before = first.failure().map(why -> "they were not followed, as " + host + " did not serve them before the run"
                + " either: " + why);
        asking = before.isPresent() ? Optional.empty()
                : Optional.of(gateway.observe(host, endpoint, LONGEST_RUN, PER_SECOND));
    }

    /** They stop to ask; whoever still waits for an answer gets it. */
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

    /** What they got. */
    String words() {
        return before.orElseGet(() -> availability().isComplete() ? seen.sentence()
                : availability().sentence() + "; in all " + seen.sentence());
    }

    /** That some were not served; empty if all were, or nothing was learned. */
    Optional<EnvironmentNotFit> unserved() {
        return availability().isComplete() ? Optional.empty() : Optional.of(new EnvironmentNotFit("Users of the live"
                + " release were not served while the run had it: " + availability().sentence(), "No criterion"
                + " is judged by that: see in the Session History what was done at that time, and whether the delivery"
                + " or the gateway lets requests fail"));
    }
}
