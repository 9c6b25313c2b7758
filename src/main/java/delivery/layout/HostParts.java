package delivery.layout;

import delivery.chart.FlatValues;
import delivery.chart.FlatValues.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for two values that a chart joins with a dot to form the live host. */
record HostParts(FlatValues values, String host) {

    private static final Pattern DOMAIN = Pattern.compile("(?i).*(domain|zone|suffix|base|host|dns|url).*");
    private static final Pattern NAME = Pattern.compile("(?i).*(host|domain|prefix|dns)[-_]?(name)?|name|app|label");

    /** Two parts of the host; the second one is its domain. */
    private record Pair(Leaf before, Leaf after) {

        String paths() {
            return before.path() + "," + after.path();
        }

        boolean areSiblings() {
            return before.parent().equals(after.parent());
        }
    }

    Search<List<HostPlace>> search() {
        List<Pair> all = new ArrayList<>();
        List<String> domains = new ArrayList<>();
        for (int dot = host.indexOf('.'); dot > 0; dot = host.indexOf('.', dot + 1)) {
            List<Leaf> befores = holding(host.substring(0, dot), NAME);
            List<Leaf> afters = holding(host.substring(dot + 1), DOMAIN);
            afters.forEach(after -> domains.add(after.path()));
            befores.forEach(before -> afters.forEach(after -> all.add(new Pair(before, after))));
        }
        List<Pair> siblings = all.stream().filter(Pair::areSiblings).toList();
        List<Pair> fitting = siblings.isEmpty() ? all : siblings;
        if (fitting.size() == 1) {
            Pair pair = fitting.get(0);
            return Search.found(HostSearch.composed(pair.before().path(), pair.after().path()),
                    Finding.found(Item.VALUE_HOST, pair.paths(), "the live host " + host
                            + " is composed of them, with a dot between"));
        }
        if (fitting.size() > 1) {
            return Search.open(Finding.ambiguous(Item.VALUE_HOST, fitting.stream().map(Pair::paths).toList(),
                    "the live host " + host + " may be composed of either"));
        }
        // Each host may have a mapping of its own: hosts: {shop.test: {paths: [/]}}.
        Matcher key = Pattern.compile("(?i)(?<=^|\\.)" + Pattern.quote(host.replace(".", "\\.")) + "(?=$|[.\\[])")
                .matcher("");
        Optional<String> named = values.leaves().stream().map(Leaf::path).filter(path -> key.reset(path).find())
                .map(path -> path.substring(0, Math.max(0, key.start() - 1))).findFirst();
        if (named.isPresent()) {
            return Search.open(Finding.fault(Item.VALUE_HOST, "none", "the live host " + host + " is only the name of a"
                    + " mapping in " + named.get() + ", which no value can change; have the route take it from a"
                    + " value"));
        }
        return Search.open(Finding.missing(Item.VALUE_HOST, "no value names the live host " + host
                + (domains.isEmpty() ? "" : ", and " + String.join(", ", domains)
                        + " is only its end; have the route take the whole host, or what comes before that, from"
                        + " a value")));
    }

    private List<Leaf> holding(String text, Pattern name) {
        return values.leaves().stream().filter(leaf -> !leaf.isList() && leaf.text().equalsIgnoreCase(text)
                && name.matcher(leaf.name()).matches()).toList();
    }
}
