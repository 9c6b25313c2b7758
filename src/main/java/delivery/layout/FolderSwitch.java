package delivery.layout;

import delivery.argocd.SourceParameters;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a chart or an overlay for each strategy by the names of their folders: {@code charts/shop-canary} next to
 * {@code charts/shop-bluegreen}.
 *
 * @param path    the path of the live one
 * @param folders the folders next to it
 */
record FolderSwitch(String path, List<String> folders, NamedPlaces named) {

    /** The folders whose charts have the live chart's name, apart from a strategy. */
    static List<String> ofOneDelivery(String path, Map<String, String> charts) {
        String own = withoutStrategy(charts.getOrDefault(path, ""));
        return charts.entrySet().stream().filter(chart -> withoutStrategy(chart.getValue()).equals(own))
                .map(Map.Entry::getKey).toList();
    }

    private static String withoutStrategy(String name) {
        return KustomizeSearch.STRATEGY.matcher(name).replaceAll("").replaceAll("[^A-Za-z0-9]", "");
    }

    /** Searches Helm charts. Their folders' names must differ only by the strategy, as other charts may be there. */
    Optional<Search<StrategyPlace>> ofCharts(Strategy live) {
        Optional<String> said = named.of(Item.VALUE_STRATEGY);
        if (said.filter(SourceParameters.PATH::equals).isPresent()) {
            return Optional.of(of(live, folders));
        }
        Matcher word = KustomizeSearch.STRATEGY.matcher(path);
        int start = -1;
        int end = -1;
        while (word.find()) {
            start = word.start();
            end = word.end();
        }
        boolean ofAnother = !named.words().isEmpty() && !path.equals(named.words().get(live));
        if (said.isPresent() || ofAnother || start < 0
                || Strategies.named(path.substring(start, end)).filter(live::equals).isEmpty()) {
            return Optional.empty();
        }
        Pattern alike = Pattern.compile(Pattern.quote(path.substring(0, start)) + "(?:" + KustomizeSearch.STRATEGY
                + ")" + Pattern.quote(path.substring(end)));
        Search<StrategyPlace> found = of(live, folders.stream().filter(alike.asMatchPredicate()).toList());
        return Optional.of(found).filter(search -> search.finding().state() != Finding.State.NONE);
    }

    /** Searches Kustomize overlays, which all belong to one delivery. */
    Search<StrategyPlace> ofOverlays(Strategy live) {
        return of(live, folders);
    }

    private Search<StrategyPlace> of(Strategy live, List<String> fitting) {
        Map<Strategy, String> words = new EnumMap<>(Strategy.class);
        words.putAll(named.words());
        words.putIfAbsent(live, path);
        Strategy other = live.other();
        List<String> siblings = fitting.stream()
                .filter(folder -> meaning(folder).filter(other::equals).isPresent()).toList();
        if (!words.containsKey(other) && siblings.size() > 1) {
            return Search.open(Finding.ambiguous(Item.STRATEGY_WORDS, siblings,
                    "each is a folder beside the live one"));
        }
        if (!words.containsKey(other) && siblings.size() == 1) {
            words.put(other, siblings.get(0));
        }
        if (!words.containsKey(other)) {
            return Search.open(Finding.none(Item.VALUE_STRATEGY, "none", "no folder beside " + words.get(live)
                    + " is an overlay by " + other));
        }
        return Search.found(new StrategyPlace(SourceParameters.PATH, words), Finding.found(Item.VALUE_STRATEGY,
                SourceParameters.PATH, named.words().isEmpty() ? "the folder names the strategy"
                        : "set by STRATEGY_WORDS"));
    }

    static Finding words(StrategyPlace place) {
        return Finding.found(Item.STRATEGY_WORDS, "blue-green=" + place.word(Strategy.BLUE_GREEN).orElse("")
                + ",canary=" + place.word(Strategy.CANARY).orElse(""), "folders of the repository");
    }

    private static Optional<Strategy> meaning(String folder) {
        Matcher matcher = KustomizeSearch.STRATEGY.matcher(folder);
        return matcher.find() ? Strategies.named(matcher.group()) : Optional.empty();
    }
}
