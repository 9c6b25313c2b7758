package delivery.run;

import delivery.environment.Blueprint;
import delivery.release.Capabilities;
import delivery.release.Capability;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What scenarios need of the delivery, by their ids. Safe for use by many threads. */
public final class Applicability {

    private final Map<String, Set<Capability>> needs = new ConcurrentHashMap<>();

    /** A scenario that begins needs this. */
    public void needs(String scenario, Set<Capability> needed) {
        needs.put(scenario, Set.copyOf(needed));
    }

    /** @throws delivery.failure.NotApplicable if the delivery does not have what a scenario needs */
    void require(String scenario, Blueprint delivery) {
        Capabilities.of(delivery.strategies()).require(needs.getOrDefault(scenario, Set.of()));
    }
}
