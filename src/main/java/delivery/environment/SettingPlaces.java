package delivery.environment;

import delivery.layout.Item;
import delivery.layout.NamedPlaces;
import delivery.rollout.Strategy;
import delivery.settings.Setting;
import delivery.settings.Settings;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The places in a delivery that the settings name. */
final class SettingPlaces {

    private SettingPlaces() {
    }

    static NamedPlaces of(Settings settings) {
        Map<Item, String> names = new EnumMap<>(Item.class);
        Map<Setting, String> given = settings.places();
        for (Item item : Item.values()) {
            given.entrySet().stream().filter(one -> one.getKey().name().equals(item.setting()))
                    .forEach(one -> names.put(item, one.getValue()));
        }
        Map<Strategy, String> words = new EnumMap<>(Strategy.class);
        for (String pair : given.getOrDefault(Setting.STRATEGY_WORDS, "").split(",")) {
            for (Strategy strategy : List.of(Strategy.BLUE_GREEN, Strategy.CANARY)) {
                if (pair.strip().toLowerCase(Locale.ROOT).startsWith(strategy + "=")) {
                    words.put(strategy, pair.strip().substring(strategy.toString().length() + 1).strip());
                }
            }
        }
        return new NamedPlaces(names, words);
    }
}
