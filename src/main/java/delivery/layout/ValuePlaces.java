package delivery.layout;

import delivery.argocd.SourceParameters;
import delivery.rollout.Strategy;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The places in a delivery's values that a release has to change.
 *
 * @param hosts    every value that names a host of the live release; the first is the one that users request
 * @param replicas the path of the number of pods
 * @param steps    the path of the canary's steps
 * @param delay    the path of the seconds for which an old version stays up
 */
public record ValuePlaces(Strategy live, Optional<TagPlace> tag, List<HostPlace> hosts,
        Optional<StrategyPlace> strategy, Optional<String> replicas, Optional<String> steps, Optional<String> delay) {

    /** The places in the lab's own chart. */
    public static final ValuePlaces OF_THE_LAB = new ValuePlaces(Strategy.BLUE_GREEN,
            Optional.of(new TagPlace("image.tag", "", Optional.empty())),
            List.of(new HostPlace("host", "", List.of())),
            Optional.of(new StrategyPlace("rollouts.strategy",
                    Map.of(Strategy.BLUE_GREEN, "blueGreen", Strategy.CANARY, "canary"))),
            Optional.of("replicas"), Optional.of("rollouts.canary.steps"),
            Optional.of("rollouts.scaleDownDelaySeconds"));

    /** No place, because none is known. */
    public static ValuePlaces none(Strategy live) {
        return new ValuePlaces(live, Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    public ValuePlaces {
        hosts = List.copyOf(hosts);
    }

    /** The container in which images are set in the live Rollout itself, past Argo CD; empty if a value has the tag. */
    public Optional<String> container() {
        return tag.flatMap(TagPlace::container);
    }

    /** Whether each strategy has a chart or an overlay of its own. */
    public boolean byFolder() {
        return strategy.filter(place -> place.path().equals(SourceParameters.PATH)).isPresent();
    }

    /** Whether the delivery can follow a strategy: it is the live one, or a value switches to it. */
    public boolean offers(Strategy wanted) {
        return wanted == live || strategy.flatMap(place -> place.word(wanted)).isPresent();
    }

    /** The values that make a release follow a strategy; none if it does so anyway. */
    public Map<String, String> of(Strategy wanted) {
        return strategy.map(place -> place.values(wanted)).orElse(Map.of());
    }

    /** The values that make a release run a tag. */
    public Map<String, String> ofTag(String wanted) {
        Map<String, String> values = new LinkedHashMap<>();
        tag.ifPresent(place -> Stream.concat(Stream.of(place), place.alike().stream()).forEach(each -> {
            values.put(each.path(), each.text(wanted));
            each.digest().ifPresent(path -> values.put(path, ""));
        }));
        return values;
    }

    /** The values that make a release be served under a host. */
    public Map<String, String> ofHost(String wanted) {
        Map<String, String> values = new LinkedHashMap<>();
        hosts.forEach(place -> values.put(place.path(), place.text(wanted)));
        return values;
    }

    /** The paths of all values without which no release can be made. */
    Set<String> paths() {
        Set<String> paths = new HashSet<>(ofTag("").keySet());
        hosts.forEach(place -> paths.add(place.path()));
        strategy.ifPresent(place -> place.words().keySet()
                .forEach(known -> paths.addAll(place.values(known).keySet())));
        return paths;
    }
}
