package delivery.layout;

import delivery.chart.FlatValues;
import delivery.chart.FlatValues.Leaf;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for the value by which a chart switches the strategy, and for its spelling of each, possibly in a comment. */
record StrategySearch(FlatValues values, String text) {

    private static final Pattern NAME = Pattern.compile("(?i).*(strategy|type|mode|kind|method)");
    /** The paths of a release's settings, among which a value without such a name may still be the switch. */
    private static final Pattern PLACE =
            Pattern.compile("(?i).*(strateg|rollout|deploy|release|progressive|deliver).*");
    private static final Pattern OTHER_NAME =
            Pattern.compile("(?i).*(service|name|ingress|host|prefix|suffix|label|track|version|template|image|tag).*");
    private static final Pattern SWITCH = Pattern.compile(
            "(?i)(?:.*\\.)?(?:use|enable|is|with)?[-_]?(canary|blue[-_]?green|bg)"
                    + "(?:[-_]?(?:deployment|release|rollout|strategy))?"
                    + "(?:[-_]?enabled?|\\.(?:enabled?|active|use|create))?");
    private static final Pattern TRUTH = Pattern.compile("true|false");
    private static final Pattern BLUE_GREEN = Pattern.compile("(?i)(?<![A-Za-z])blue[-_ /]?green(?![A-Za-z])");
    /** A short spelling, which counts only if no full one is found. */
    private static final Pattern SHORT = Pattern.compile("(?i)(?<![A-Za-z])bg(?![A-Za-z])");
    private static final Pattern CANARY = Pattern.compile("(?i)(?<![A-Za-z])canary(?![A-Za-z])");

    Search<StrategyPlace> of(Strategy live, NamedPlaces named) {
        Optional<String> path = named.of(Item.VALUE_STRATEGY);
        if (path.isPresent()) {
            Leaf leaf = values.at(path.get()).orElse(new Leaf(path.get(), path.get(), Optional.empty(), Map.of()));
            return Search.found(new StrategyPlace(path.get(), words(leaf, live, named.words())),
                    Finding.set(Item.VALUE_STRATEGY, path.get(), "VALUE_STRATEGY"));
        }
        List<Leaf> fitting = fitting(live);
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

    /** Values that name a strategy; of several, those that name the live one. */
    private List<Leaf> fitting(Strategy live) {
        List<Leaf> saying = values.leaves().stream().filter(leaf -> !leaf.isList() && !leaf.isInList()
                && Strategies.named(leaf.text()).isPresent()).toList();
        List<Leaf> named = saying.stream().filter(leaf -> NAME.matcher(leaf.name()).matches()).toList();
        List<Leaf> alike = (named.isEmpty() ? saying : named).stream()
                .filter(leaf -> Strategies.named(leaf.text()).filter(live::equals).isPresent()).toList();
        return named.isEmpty() ? alike.stream().filter(leaf -> PLACE.matcher(leaf.path()).matches()
                && !OTHER_NAME.matcher(leaf.name()).matches()).toList() : alike.isEmpty() ? named : alike;
    }

    /**
     * A boolean for a strategy, such as {@code canary.enabled}, or one for each. That false selects the other strategy
     * is known if it does now, if the other one has a value of its own, or if the values mention it.
     */
    private Optional<Search<StrategyPlace>> truth(Strategy live, Map<Strategy, String> words) {
        Map<Strategy, List<Leaf>> found = new EnumMap<>(Strategy.class);
        for (Leaf leaf : values.leaves()) {
            Optional<Strategy> meant = TRUTH.matcher(leaf.text()).matches() && !leaf.isInList()
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
        Strategy other = one.other();
        Map<Strategy, String> spelt = new EnumMap<>(Strategy.class);
        spelt.put(one, "true");
        if (live == other || found.size() > 1 || !spellings(other).isEmpty()) {
            spelt.put(other, "false");
        }
        spelt.putAll(words);
        Leaf leaf = found.get(one).get(0);
        return Optional.of(Search.found(new StrategyPlace(leaf.path(), spelt, found.size() > 1
                        ? Optional.of(found.get(other).get(0).path()) : Optional.empty()),
                Finding.found(Item.VALUE_STRATEGY, String.join(", ", all.stream().map(Leaf::path).toList()),
                        "it is " + leaf.text() + ", and the live release follows " + live)));
    }

    /** The strategy that a boolean switches: {@code canary.enabled}, {@code useCanary}, {@code canary}. */
    private static Optional<Strategy> switched(String path) {
        Matcher matcher = SWITCH.matcher(path);
        return matcher.matches() ? Strategies.named(matcher.group(1)) : Optional.empty();
    }

    /** A finding of the strategies' spellings, and of those that are not known. */
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
                "as " + place.path() + ", the keys beside it or comments in the values spell it")
                : Finding.missing(Item.STRATEGY_WORDS, "nothing spells " + String.join(" or ", unknown) + "; known is "
                        + String.join(",", spelt));
    }

    private Map<Strategy, String> words(Leaf leaf, Strategy live, Map<Strategy, String> named) {
        Map<Strategy, String> words = new EnumMap<>(Strategy.class);
        for (Strategy strategy : List.of(Strategy.BLUE_GREEN, Strategy.CANARY)) {
            Optional.ofNullable(named.get(strategy)).or(() -> Strategies.named(leaf.text()).filter(strategy::equals)
                            .map(known -> leaf.text()))
                    .or(() -> spelling(strategy, leaf))
                    .ifPresent(word -> words.put(strategy, word));
        }
        if (leaf.text().isBlank() && named.isEmpty()) {
            words.remove(live);
        }
        return words;
    }

    /**
     * The spelling of a strategy: a key such as {@code blueGreen:} next to {@code strategy: canary}, or the text's only
     * spelling. A chart that says {@code Canary} does not say {@code blueGreen}, whatever keys are next to it, and one
     * that says {@code canary} does not say {@code Blue-Green}, whatever a comment calls it.
     */
    private Optional<String> spelling(Strategy strategy, Leaf leaf) {
        Optional<String> key = leaf.siblings().keySet().stream().map(String::valueOf)
                .filter(name -> Strategies.named(name).filter(strategy::equals).isPresent()).findFirst();
        Set<String> all = new LinkedHashSet<>();
        key.ifPresent(all::add);
        all.addAll(spellings(strategy));
        boolean capital = !leaf.text().isEmpty() && Character.isUpperCase(leaf.text().charAt(0));
        // Only prose has a blank or a slash in it.
        all.removeIf(word -> word.matches(".*[ /].*")
                || !leaf.text().isEmpty() && Character.isUpperCase(word.charAt(0)) != capital);
        boolean keyed = !capital && key.filter(all::contains).isPresent();
        return keyed || all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
    }

    /** All spellings in the text of the values. */
    private Set<String> spellings(Strategy strategy) {
        Set<String> found = spellings(strategy == Strategy.CANARY ? CANARY : BLUE_GREEN);
        return found.isEmpty() && strategy == Strategy.BLUE_GREEN ? spellings(SHORT) : found;
    }

    private Set<String> spellings(Pattern word) {
        Set<String> spellings = new LinkedHashSet<>();
        Matcher matcher = word.matcher(text);
        while (matcher.find()) {
            spellings.add(matcher.group());
        }
        return spellings;
    }
}
