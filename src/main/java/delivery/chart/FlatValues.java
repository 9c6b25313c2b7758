package delivery.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A chart's values one by one, each with its path. */
public final class FlatValues {

    /**
     * A value that is not a mapping; a list counts as one, and so does each of its elements.
     *
     * @param path     as in {@code helm --set}: {@code ingress.hosts[0].host}
     * @param name     last name of the path: {@code host}
     * @param value    text, number, truth value or list; empty if the key has none
     * @param siblings the mapping that contains it
     */
    public record Leaf(String path, String name, Optional<Object> value, Map<?, ?> siblings) {

        /** The value as a text; empty for a key without a value. */
        public String text() {
            return value.map(String::valueOf).orElse("");
        }

        public boolean isList() {
            return value.filter(List.class::isInstance).isPresent();
        }

        /** Whether it is a list or inside one. */
        public boolean isInList() {
            return path.contains("[");
        }

        /** Path of the mapping that contains it; empty for the root. */
        public String parent() {
            int end = path.length() - name.length();
            return end <= 0 ? "" : path.substring(0, end).replaceFirst("\\.$", "");
        }
    }

    private final List<Leaf> leaves = new ArrayList<>();

    public FlatValues(Values values) {
        map("", values.all());
    }

    /** The values in the order of the files. */
    public List<Leaf> leaves() {
        return List.copyOf(leaves);
    }

    /** Returns the reason why no single value can be set at a path, in words; empty if one can. */
    public Optional<String> obstacle(String path) {
        if (leaves.stream().anyMatch(leaf -> leaf.path().startsWith(path + ".")
                || leaf.path().equals(path) && leaf.isList())) {
            return Optional.of(path + " is a mapping or a list, in whose place a text would be; name a value in it");
        }
        return path.contains("[") && at(path).isEmpty() ? Optional.of("the values have nothing at " + path + ", and an"
                + " element of a list is changed only where it is there") : Optional.empty();
    }

    public Optional<Leaf> at(String path) {
        return leaves.stream().filter(leaf -> leaf.path().equals(path)).findFirst();
    }

    private void map(String prefix, Map<?, ?> map) {
        map.forEach((name, value) -> {
            String escaped = String.valueOf(name).replaceAll("([.\\\\\\[\\]])", "\\\\$1");
            add(prefix.isEmpty() ? escaped : prefix + "." + escaped, escaped, value, map);
        });
    }

    private void add(String path, String name, Object value, Map<?, ?> siblings) {
        if (value instanceof Map<?, ?> inner) {
            map(path, inner);
            return;
        }
        leaves.add(new Leaf(path, name, Optional.ofNullable(value), siblings));
        if (value instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                add(path + "[" + index + "]", name, list.get(index), siblings);
            }
        }
    }
}
