package delivery.layout;

import delivery.rollout.Strategy;
import java.util.Map;
import java.util.Optional;

/**
 * Places in a delivery that settings name. They take precedence over what is found.
 *
 * @param names the places by item: a path in the values, or the name of a Rollout or a container
 * @param words the values' spelling of strategies
 */
public record NamedPlaces(Map<Item, String> names, Map<Strategy, String> words) {

    /** No named places: everything must be found. */
    public static final NamedPlaces NONE = new NamedPlaces(Map.of(), Map.of());

    public NamedPlaces {
        names = Map.copyOf(names);
        words = Map.copyOf(words);
    }

    Optional<String> of(Item item) {
        return Optional.ofNullable(names.get(item));
    }
}
