package delivery.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path to a value as in {@code helm --set}. Each part is a name, or an index of a list. */
record ValuePath(String text, List<Object> parts) {

    /** An index, or a name in which a backslash escapes the next character; then a dot, an index or the end. */
    private static final Pattern PART = Pattern.compile(
            "\\G(?:\\[(\\d{1,6})]|((?:\\\\.|[^.\\[\\]\\\\])+))(?:\\.(?=[^.\\[])|(?=\\[)|\\z)", Pattern.DOTALL);

    /** @throws IllegalArgumentException if it is not a path */
    static ValuePath parse(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException("no path to a value: \"" + text + "\""));
    }

    /** Reads a path; empty if the text is none. */
    static Optional<ValuePath> read(String text) {
        List<Object> parts = new ArrayList<>();
        Matcher part = PART.matcher(text);
        int end = 0;
        while (end < text.length() && part.find()) {
            parts.add(part.group(1) != null
                    ? Integer.valueOf(part.group(1))
                    : part.group(2).replaceAll("(?s)\\\\(.)", "$1"));
            end = part.end();
        }
        return parts.isEmpty() || end < text.length() ? Optional.empty()
                : Optional.of(new ValuePath(text, List.copyOf(parts)));
    }

    Optional<Object> get(Object root) {
        Optional<Object> value = Optional.of(root);
        for (Object part : parts) {
            value = value.flatMap(parent -> child(parent, part));
        }
        return value;
    }

    /** A copy of the values with this one set, or removed if it is empty; empty if the path does not fit them. */
    Optional<Map<?, ?>> set(Map<?, ?> root, Optional<Object> value) {
        return changed(Optional.of(root), 0, value).map(changed -> (Map<?, ?>) changed);
    }

    private Optional<Object> changed(Optional<Object> parent, int depth, Optional<Object> value) {
        Object part = parts.get(depth);
        Optional<Object> child = parent.flatMap(known -> child(known, part));
        boolean last = depth == parts.size() - 1;
        if (last && value.isEmpty()) {
            return without(parent, part);
        }
        Optional<Object> changed = last ? value : changed(child, depth + 1, value);
        return changed.flatMap(known -> with(parent, part, known));
    }

    private static Optional<Object> child(Object parent, Object part) {
        if (parent instanceof Map<?, ?> map && part instanceof String) {
            return Optional.ofNullable(map.get(part));
        }
        if (parent instanceof List<?> list && part instanceof Integer index && index < list.size()) {
            return Optional.ofNullable(list.get(index));
        }
        return Optional.empty();
    }

    private static Optional<Object> with(Optional<Object> parent, Object part, Object value) {
        if (part instanceof Integer index) {
            if (!(parent.orElse(List.of()) instanceof List<?> list) || index > list.size()) {
                return Optional.empty();
            }
            List<Object> copy = new ArrayList<>(list);
            if (index == list.size()) {
                copy.add(value);
            } else {
                copy.set(index, value);
            }
            return Optional.of(copy);
        }
        if (!(parent.orElse(Map.of()) instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<Object, Object> copy = new LinkedHashMap<>(map);
        copy.put(part, value);
        return Optional.of(copy);
    }

    private static Optional<Object> without(Optional<Object> parent, Object part) {
        if (parent.orElse(Map.of()) instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            copy.remove(part);
            return Optional.of(copy);
        }
        return parent;
    }

    @Override
    public String toString() {
        return text;
    }
}
