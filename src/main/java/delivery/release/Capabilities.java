package delivery.release;

import delivery.failure.NotApplicable;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a delivery has of that which scenarios may need: known before anything is deployed. */
public final class Capabilities {

    private final Map<Capability, String> lacking;

    private Capabilities(Map<Capability, String> lacking) {
        this.lacking = lacking;
    }

    /** Of a delivery that releases by these strategies, and has all else. */
    public static Capabilities of(Strategies strategies) {
        Capabilities all = new Capabilities(Map.of());
        for (Strategy missing : Set.of(Strategy.BLUE_GREEN, Strategy.CANARY)) {
            if (!strategies.has(missing)) {
                all = all.without(missing == Strategy.CANARY ? Capability.CANARY : Capability.BLUE_GREEN,
                        "The delivery releases by " + strategies + " alone (STRATEGIES), and this needs a release by "
                                + missing);
            }
        }
        return all;
    }

    /**
     * The same delivery, which does not have this.
     *
     * @param reason one sentence: what scenarios that need it are not applicable for
     */
    public Capabilities without(Capability capability, String reason) {
        Map<Capability, String> more = new EnumMap<>(Capability.class);
        more.putAll(lacking);
        more.put(capability, reason);
        return new Capabilities(more);
    }

    /** Whether the delivery has it. */
    public boolean has(Capability capability) {
        return !lacking.containsKey(capability);
    }

    /** @throws NotApplicable if the delivery lacks one of these */
    public void require(Set<Capability> needed) {
        String reasons = needed.stream().sorted().filter(capability -> !has(capability)).map(lacking::get)
                .collect(Collectors.joining("; "));
        if (!reasons.isEmpty()) {
            throw new NotApplicable(reasons);
        }
    }
}
