package delivery.layout;

import delivery.chart.FlatValues;
import delivery.chart.FlatValues.Leaf;
import delivery.rollout.Strategy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for the value by which a chart switches the strategy, and how it spells each, maybe in a comment. */
record StrategySearch(FlatValues values, String text) {

    private static final Pattern NAME = Pattern.compile("(?i).*(strategy|type|mode|kind|method)");
    private static final Pattern SWITCH = Pattern.compile(
            "(?i)(?:.*\\.)?(?:use|enable)?[-_]?(canary|blue[-_]?green)(?:[-_]?enabled|\\.(?:enabled?|active|use))?");
    private static final Pattern BLUE_GREEN = Pattern.compile("(?i)(?<![A-Za-z])blue[-_ ]?green(?![A-Za-z])");
    private static final Pattern CANARY = Pattern.compile("(?i)(?<![A-Za-z])canary(?![A-Za-z])");

    Search<StrategyPlace> of(Strategy live, NamedPlaces named) {
        Optional<String> path = named.of(Item.VALUE_STRATEGY);
        if (path.isPresent()) {
            Leaf leaf = values.at(path.get()).orElse(new Leaf(path.get(), path.get(), Optional.empty(), Map.of()));
            return Search.found(new StrategyPlace(path.get(), words(leaf, live, named.words())),
                    Finding.set(Item.VALUE_STRATEGY, path.get(), "VALUE_STRATEGY"));
        }
        List<Leaf> fitting = values.leaves().stream().filter(leaf -> !leaf.isList() && !leaf.isInList()
                && NAME.matcher(leaf.name()).matches() && meaning(leaf.text()).isPresent()).toList();
        if (fitting.isEmpty()) {
            Optional<Search<StrategyPlace>> truth = truth(live, named.words());
            return truth.isPresent() ? truth.get() : Search.open(Finding.none(Item.VALUE_STRATEGY, "none",
                    "no value says canary or blue-green: the chart has " + live + " alone"));
        }
        if (fitting.size() > 1) {
            return Search.open(Finding.ambiguous(Item.VALUE_STRATEGY, fitting.stream().map(Leaf::path).toList(),
                    "each names a strategy"));
        }
        Leaf leaf = fitting.get(0);
        return Search.found(new StrategyPlace(leaf.path(), words(leaf, live, named.words())),
                Finding.found(Item.VALUE_STRATEGY, leaf.path(), "it says " + leaf.text()));
    }

    /**
     * A truth value for a strategy, such as {@code canary.enabled}, or one for each. That the other one comes of false
     * is known if it does now, if it has a value of its own, or if the values speak of it.
     */
    private Optional<Search<StrategyPlace>> truth(Strategy live, Map<Strategy, String> words) {
        Map<Strategy, List<Leaf>> found = new EnumMap<>(Strategy.class);
        for (Leaf leaf : values.leaves()) {
            Optional<Strategy> meant = leaf.value().filter(Boolean.class::isInstance).isPresent() && !leaf.isInList()
                    ? switched(leaf.path()) : Optional.empty();
            meant.ifPresent(strategy -> found.computeIfAbsent(strategy, none -> new ArrayList<>()).add(leaf));
        }
        List<Leaf> all = found.values().stream().flatMap(List::stream).toList();
        if (all.isEmpty() || found.entrySet().stream().anyMatch(one -> one.getValue().stream()
                .anyMatch(leaf -> leaf.text().equals("true") != (one.getKey() == live)))) {
            return Optional.empty();
        }
        if (found.values().stream().anyMatch(leaves -> leaves.size() > 1)) {
            return Optional.of(Search.open(Finding.ambiguous(Item.VALUE_STRATEGY, all.stream().map(Leaf::path).toList(),
                    "each switches a strategy on")));
        }
        Strategy one = found.containsKey(Strategy.CANARY) ? Strategy.CANARY : Strategy.BLUE_GREEN;
        Strategy other = one == Strategy.CANARY ? Strategy.BLUE_GREEN : Strategy.CANARY;
        Map<Strategy, String> spelt = new EnumMap<>(Strategy.class);
        spelt.put(one, "true");
        if (live == other || found.size() > 1 || spelling(other).isPresent()) {
            spelt.put(other, "false");
        }
        spelt.putAll(words);
        Leaf leaf = found.get(one).get(0);
        return Optional.of(Search.found(new StrategyPlace(leaf.path(), spelt, found.size() > 1
                        ? Optional.of(found.get(other).get(0).path()) : Optional.empty()),
                Finding.found(Item.VALUE_STRATEGY, String.join(", ", all.stream().map(Leaf::path).toList()),
                        "it is " + leaf.text() + ", and the live release follows " + live)));
    }

    /** The strategy that a truth value switches: {@code canary.enabled}, {@code useCanary}, {@code canary}. */
    private static Optional<Strategy> switched(String path) {
        Matcher matcher = SWITCH.matcher(path);
        return matcher.matches() ? meaning(matcher.group(1)) : Optional.empty();
    }

    /** How the strategies are spelt, and what is not known of it. */
    Finding words(StrategyPlace place, NamedPlaces named) {
        List<String> spelt = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Strategy strategy : List.of(Strategy.BLUE_GREEN, Strategy.CANARY)) {
            place.word(strategy).ifPresentOrElse(word -> spelt.add(strategy + "=" + word),
                    () -> unknown.add(strategy.toString()));
        }
        if (!named.words().isEmpty()) {
            return Finding.set(Item.STRATEGY_WORDS, String.join(",", spelt), "STRATEGY_WORDS");
        }
        return unknown.isEmpty() ? Finding.found(Item.STRATEGY_WORDS, String.join(",", spelt),
                "as " + place.path() + ", the keys beside it or comments of the values have it")
                : Finding.missing(Item.STRATEGY_WORDS, "nothing spells " + String.join(" or ", unknown) + "; known is "
                        + String.join(",", spelt));
    }

    private Map<Strategy, String> words(Leaf leaf, Strategy live, Map<Strategy, String> named) {
        Map<Strategy, String> words = new EnumMap<>(Strategy.class);
        for (Strategy strategy : List.of(Strategy.BLUE_GREEN, Strategy.CANARY)) {
            Optional.ofNullable(named.get(strategy)).or(() -> meaning(leaf.text()).filter(strategy::equals)
                            .map(known -> leaf.text()))
                    .or(() -> key(leaf, strategy)).or(() -> spelling(strategy))
                    .ifPresent(word -> words.put(strategy, word));
        }
        if (leaf.text().isBlank() && named.isEmpty()) {
            words.remove(live);
        }
        return words;
    }

    /** Such as {@code blueGreen:} beside {@code strategy: canary}. */
    private static Optional<String> key(Leaf leaf, Strategy strategy) {
        return leaf.siblings().keySet().stream().map(String::valueOf)
                .filter(key -> meaning(key).filter(strategy::equals).isPresent()).findFirst();
    }

    /** The one spelling that the text of the values has. */
    private Optional<String> spelling(Strategy strategy) {
        Matcher matcher = (strategy == Strategy.CANARY ? CANARY : BLUE_GREEN).matcher(text);
        Set<String> spellings = new LinkedHashSet<>();
        while (matcher.find()) {
            spellings.add(matcher.group());
        }
        return spellings.size() == 1 ? Optional.of(spellings.iterator().next()) : Optional.empty();
    }

    /** The strategy that a word means; empty if it means none. */
    static Optional<Strategy> meaning(String word) {
        return switch (word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "")) {
            case "bluegreen" -> Optional.of(Strategy.BLUE_GREEN);
            case "canary" -> Optional.of(Strategy.CANARY);
            default -> Optional.empty();
        };
    }
}
