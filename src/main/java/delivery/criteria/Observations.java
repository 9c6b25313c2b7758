package delivery.criteria;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What each scenario saw that proves its criterion, in the order it was seen. Safe for use by many threads. */
public final class Observations {

    private record Queue(Instant from, Instant to) {

        Duration time() {
            return Duration.between(from, to);
        }
    }

    private final Map<String, List<String>> byScenario = new TreeMap<>();
    private final Map<String, EnvironmentNotFit> spoiled = new TreeMap<>();
    private final Map<String, List<Queue>> queued = new TreeMap<>();

    /**
     * @param scenario id of one scenario, or of one row of an outline, in this run
     * @param fact     with what was measured: "300 of 300 requests of users were answered by version 1.1.0"
     */
    public synchronized void saw(String scenario, String fact) {
        List<String> facts = byScenario.computeIfAbsent(scenario, unused -> new ArrayList<>());
        if (!facts.contains(fact)) {
            facts.add(fact);
        }
    }

    /** Something that is not the delivery's own kept a scenario from being judged; the first such thing counts. */
    public synchronized void spoiled(String scenario, EnvironmentNotFit why) {
        spoiled.putIfAbsent(scenario, why);
    }

    /** What kept a scenario from being judged; empty if nothing did. */
    public synchronized Optional<EnvironmentNotFit> spoiled(String scenario) {
        return Optional.ofNullable(spoiled.get(scenario));
    }

    /** A scenario waited for its turn, from one time to another: that time does not count as its own. */
    public synchronized void queued(String scenario, Instant from, Instant to) {
        queued.computeIfAbsent(scenario, unused -> new ArrayList<>()).add(new Queue(from, to));
    }

    /** How long a scenario waited for its turn. */
    public synchronized Duration queued(String scenario) {
        return queued.getOrDefault(scenario, List.of()).stream().map(Queue::time).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * A time of a scenario as if it had begun when it had its turn.
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

    /** All that a scenario saw as one sentence, without a full stop; empty if it saw nothing. */
    public synchronized String sentence(String scenario) {
        return String.join("; ", byScenario.getOrDefault(scenario, List.of()));
    }
}
