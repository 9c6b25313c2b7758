package delivery.run;

import delivery.environment.Blueprint;
import delivery.failure.NotApplicable;
import delivery.layout.Layout;
import delivery.layout.Need;
import delivery.layout.Provability;
import delivery.rollout.Strategy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Decides, before anything is deployed, which scenarios are not applicable because the delivery lacks what they need.
 * Safe for use by many threads.
 */
public final class Applicability {

    private final Map<String, Set<Need>> needs = new ConcurrentHashMap<>();

    public void needs(String scenario, Set<Need> needed) {
        needs.put(scenario, Set.copyOf(needed));
    }

    /**
     * @param layout the layout that was found for the delivery; empty if it was not inspected
     * @throws NotApplicable if the delivery lacks something that the scenario needs
     */
    void require(String scenario, Blueprint delivery, Optional<Layout> layout) {
        String lacking = needs.getOrDefault(scenario, Set.of()).stream().sorted()
                .flatMap(need -> lacking(need, delivery, layout).stream()).distinct().collect(Collectors.joining("; "));
        if (!lacking.isEmpty()) {
            throw new NotApplicable(lacking);
        }
    }

    private static Optional<String> lacking(Need need, Blueprint delivery, Optional<Layout> layout) {
        return switch (need) {
            case BLUE_GREEN -> lacking(Strategy.BLUE_GREEN, need, delivery, layout);
            case CANARY -> lacking(Strategy.CANARY, need, delivery, layout);
            case STRATEGY_CHANGE -> lacking(Strategy.BLUE_GREEN, need, delivery, layout)
                    .or(() -> lacking(Strategy.CANARY, need, delivery, layout));
            case FAULTY_VERSION, APPLICATION_UPDATE, DIFFERING_UNDO ->
                    layout.flatMap(found -> Provability.byCopies(found).hindrance(need));
            default -> Optional.empty();
        };
    }

    private static Optional<String> lacking(Strategy strategy, Need need, Blueprint delivery, Optional<Layout> layout) {
        if (delivery.strategies().has(strategy)) {
            return Optional.empty();
        }
        return Optional.of("the delivery releases by " + delivery.strategies() + " alone, and this needs a release by "
                + strategy + layout.flatMap(found -> Provability.byCopies(found).hindrance(need))
                        .map(why -> ": " + why).orElse(" (STRATEGIES)"));
    }
}
