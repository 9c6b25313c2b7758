package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.argocd.SourceParameters;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Value files, one of which is named after a strategy, such as {@code values-canary.yaml}: another file in its place
 * selects the other strategy.
 *
 * @param files  the value files of the Application, in their order
 * @param index  the index of the file that is named after a strategy
 * @param before the part of its name before the strategy
 * @param word   its spelling of the strategy
 * @param after  the part of its name after the strategy
 */
public record ValueFileSwitch(List<String> files, int index, String before, String word, String after) {

    /** The last value file of a Helm source that has a strategy's name; empty if none has. */
    public static Optional<ValueFileSwitch> of(JsonNode source) {
        List<String> files = source.path("helm").path("valueFiles").valueStream().map(JsonNode::asText).toList();
        for (int index = files.size() - 1; index >= 0; index--) {
            Matcher matcher = KustomizeSearch.STRATEGY.matcher(files.get(index));
            if (matcher.find() && !files.get(index).contains("://")) {
                return Optional.of(new ValueFileSwitch(files, index, files.get(index).substring(0, matcher.start()),
                        matcher.group(), files.get(index).substring(matcher.end())));
            }
        }
        return Optional.empty();
    }

    /** The file that the settings name as the live strategy's; empty if the source does not name it. */
    static Optional<ValueFileSwitch> of(JsonNode source, Optional<String> said) {
        List<String> files = source.path("helm").path("valueFiles").valueStream().map(JsonNode::asText).toList();
        return said.filter(files::contains)
                .map(file -> new ValueFileSwitch(files, files.indexOf(file), file, "", ""));
    }

    /**
     * The place where the file switches the strategy.
     *
     * @param found the words in the place of the strategy in other files' names
     * @return empty if it does not have the live strategy's name, or no other file is known
     */
    Optional<Search<StrategyPlace>> search(Strategy live, List<String> found, NamedPlaces named) {
        Strategy other = live.other();
        boolean said = files.get(index).equals(named.words().get(live));
        if (!said && Strategies.named(word).filter(live::equals).isEmpty()) {
            return Optional.empty();
        }
        List<String> others = named.words().containsKey(other) ? List.of(named.words().get(other))
                : found.stream().filter(each -> Strategies.named(each).filter(other::equals).isPresent())
                        .map(each -> before + each + after).toList();
        if (others.size() > 1) {
            return Optional.of(Search.open(Finding.ambiguous(Item.STRATEGY_WORDS, others,
                    "each is a value file beside " + files.get(index))));
        }
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Map<Strategy, String> words = new EnumMap<>(Strategy.class);
        words.put(live, String.join(",", files));
        List<String> replaced = new ArrayList<>(files);
        replaced.set(index, others.get(0));
        words.put(other, String.join(",", replaced));
        return Optional.of(Search.found(new StrategyPlace(SourceParameters.VALUE_FILES, words),
                Finding.found(Item.VALUE_STRATEGY, SourceParameters.VALUE_FILES, files.get(index) + " is named after "
                        + live + ", and " + others.get(0) + " after " + other)));
    }
}
