package delivery.layout;

import delivery.chart.FlatValues;
import delivery.chart.FlatValues.Leaf;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for all values that name hosts of the live release, because a copy must not take any of the release's users.
 */
record HostSearch(FlatValues values) {

    /**
     * @param hosts  the hosts of the live release's routes; the one that users request comes first
     * @param routes the routes of the live release, in words; empty if it has none
     */
    Search<List<HostPlace>> of(List<String> hosts, String routes, Optional<String> named) {
        Optional<String> obstacle = named.stream().flatMap(paths -> Stream.of(paths.split(",")))
                .flatMap(path -> values.obstacle(path).stream()).findFirst();
        if (obstacle.isPresent()) {
            return Search.open(Finding.missing(Item.VALUE_HOST, obstacle.get()));
        }
        if (named.filter(path -> path.contains(",")).isPresent()) {
            String[] parts = named.get().split(",", 2);
            return Search.found(composed(parts[0], parts[1]),
                    Finding.set(Item.VALUE_HOST, named.get(), "VALUE_HOST"));
        }
        if (named.isPresent()) {
            String text = values.at(named.get()).map(Leaf::text).orElse("");
            return Search.found(List.of(new HostPlace(named.get(), text, naming(text, hosts))),
                    Finding.set(Item.VALUE_HOST, named.get(), "VALUE_HOST"));
        }
        if (hosts.isEmpty() && !routes.isEmpty()) {
            return Search.open(Finding.missing(Item.VALUE_HOST, routes + " names no host of its own, so that a copy"
                    + " would get the live release's users; name the value that gives it one"));
        }
        if (hosts.isEmpty()) {
            return Search.open(Finding.none(Item.VALUE_HOST, "none", "the live release has no route with a host"));
        }
        List<Leaf> naming = values.leaves().stream().filter(leaf -> !leaf.isList()
                && !naming(leaf.text(), hosts).isEmpty()).toList();
        List<Leaf> equal = naming.stream()
                .filter(leaf -> hosts.stream().anyMatch(host -> host.equalsIgnoreCase(leaf.text()))).toList();
        List<String> lost = hosts.stream().filter(host -> naming.stream()
                .noneMatch(leaf -> HostPlace.named(host).matcher(leaf.text()).find())).toList();
        if (lost.contains(hosts.get(0))) {
            return new HostParts(values, hosts.get(0)).search();
        }
        // A host keeps its number in every text, so that it has the same new name everywhere.
        List<HostPlace> places = naming.stream().map(leaf -> new HostPlace(leaf.path(), leaf.text(), hosts)).toList();
        List<String> held = hosts.stream().filter(host -> !lost.contains(host)).toList();
        String paths = naming.stream().map(Leaf::path).collect(Collectors.joining(", "));
        String reason = (equal.isEmpty() ? "it names" : equal.size() == 1 && naming.size() == 1 ? "it is"
                : "they name") + " the live host" + (held.size() > 1 ? "s " : " ") + String.join(", ", held)
                + (naming.stream().anyMatch(Leaf::isInList) ? "; the whole list is written" : "");
        return Search.found(places, lost.isEmpty() ? Finding.found(Item.VALUE_HOST, paths, reason)
                : Finding.open(Item.VALUE_HOST, paths, reason + "; no value names the live host"
                        + (lost.size() > 1 ? "s " : " ") + String.join(", ", lost)
                        + ", which a copy must not have: the chart should make that of the same value"));
    }

    static List<HostPlace> composed(String before, String after) {
        return List.of(new HostPlace(before, "", List.of(), HostPlace.Part.BEFORE_DOT),
                new HostPlace(after, "", List.of(), HostPlace.Part.AFTER_DOT));
    }

    private static List<String> naming(String text, List<String> hosts) {
        return hosts.stream().filter(host -> HostPlace.named(host).matcher(text).find()).toList();
    }
}
