package delivery.criteria;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The observations that prove the criterion of each scenario, in their order. Safe for use by many threads. */
public final class Observations {

    private record Queue(Instant from, Instant to) {

        Duration time() {
            return Duration.between(from, to);
        }
    }

    private final Map<String, List<String>> byScenario = new TreeMap<>();
    private final Map<String, EnvironmentNotFit> spoiled = new TreeMap<>();
    private final Map<String, List<Queue>> queued = new TreeMap<>();

    /** Records that the code of a scenario began to run. */
    public synchronized void began(String scenario) {
        byScenario.computeIfAbsent(scenario, unused -> new ArrayList<>());
    }

    /** Whether any code of a scenario ran; in a dry run of Cucumber none does. */
    public synchronized boolean hasBegun(String scenario) {
        return byScenario.containsKey(scenario);
    }

    /**
     * @param scenario id of one scenario, or of one row of an outline, in this run
     * @param fact     with its measurement: "300 of 300 requests of users were answered by version 1.1.0"
     */
    public synchronized void saw(String scenario, String fact) {
        List<String> facts = byScenario.computeIfAbsent(scenario, unused -> new ArrayList<>());
        if (!facts.contains(fact)) {
            facts.add(fact);
        }
    }

    /** Records that something outside the delivery kept a scenario from being judged; the first reason counts. */
    public synchronized void spoiled(String scenario, EnvironmentNotFit why) {
        spoiled.putIfAbsent(scenario, why);
    }

    /** The reason why a scenario could not be judged; empty if there is none. */
    public synchronized Optional<EnvironmentNotFit> spoiled(String scenario) {
        return Optional.ofNullable(spoiled.get(scenario));
    }

    /** Records that a scenario waited for its turn; that time does not count as its own. */
    public synchronized void queued(String scenario, Instant from, Instant to) {
        queued.computeIfAbsent(scenario, unused -> new ArrayList<>()).add(new Queue(from, to));
    }

    /** The time for which a scenario waited for its turn. */
    public synchronized Duration queued(String scenario) {
        return queued.getOrDefault(scenario, List.of()).stream().map(Queue::time).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Returns a time of a scenario as if the scenario had begun when its turn came.
     *
     * @param time before the end of the wait, or after it
     */
    public synchronized Instant ownTime(String scenario, Instant time) {
        Instant own = time;
        List<Queue> waits = queued.getOrDefault(scenario, List.of());
        for (int last = waits.size() - 1; last >= 0; last--) {
            Queue wait = waits.get(last);
            if (time.isBefore(wait.to())) {
                Instant moved = own.plus(wait.time());
                own = time.isBefore(wait.from()) || moved.isBefore(wait.to()) ? moved : wait.to();
            }
        }
        return own;
    }

    /** All observations of a scenario as one sentence, without a full stop; empty if there are none. */
    public synchronized String sentence(String scenario) {
        return String.join("; ", byScenario.getOrDefault(scenario, List.of()));
    }
}
