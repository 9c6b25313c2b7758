package delivery.layout;

import delivery.rollout.Strategy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The place in the values that selects the strategy.
 *
 * @param words    its spelling of each strategy, as far as that is known
 * @param opposite the path of a boolean that must be its opposite
 */
public record StrategyPlace(String path, Map<Strategy, String> words, Optional<String> opposite) {

    /** A place that is the only one to select the strategy. */
    public StrategyPlace(String path, Map<Strategy, String> words) {
        this(path, words, Optional.empty());
    }

    public StrategyPlace {
        words = Map.copyOf(words);
    }

    /** The values that select a strategy; none if its spelling is not known. */
    Map<String, String> values(Strategy strategy) {
        Map<String, String> values = new LinkedHashMap<>();
        word(strategy).ifPresent(word -> {
            values.put(path, word);
            opposite.ifPresent(other -> values.put(other, String.valueOf(!Boolean.parseBoolean(word))));
        });
        return values;
    }

    public Optional<String> word(Strategy strategy) {
        return Optional.ofNullable(words.get(strategy));
    }
}
