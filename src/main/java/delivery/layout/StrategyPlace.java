package delivery.layout;

import delivery.rollout.Strategy;
import java.util.Map;
import java.util.Optional;

/**
 * Where the values say by which strategy the delivery releases.
 *
 * @param path  of the value
 * @param words how it spells a strategy; one whose spelling is not known is missing
 */
public record StrategyPlace(String path, Map<Strategy, String> words) {

    public StrategyPlace {
        words = Map.copyOf(words);
    }

    /** How it spells a strategy. */
    public Optional<String> word(Strategy strategy) {
        return Optional.ofNullable(words.get(strategy));
    }
}
