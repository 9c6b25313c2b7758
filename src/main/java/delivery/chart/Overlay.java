package delivery.chart;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values to lay over a chart's own. For a value inside a list the whole list is written, with all contents of its other
 * elements, because Helm replaces lists and drops everything else in an element (helm issue 7569).
 */
public final class Overlay {

    private final Values chart;
    private Map<?, ?> values = Map.of();

    /** @param chart values below */
    public Overlay(Values chart) {
        this.chart = chart;
    }

    /**
     * @param path of the value, in the form of {@code helm --set}
     * @throws delivery.failure.MissingValue if it leads through a value that is neither a mapping nor a list
     */
    public Overlay set(String path, Object value) {
        int list = path.indexOf('[');
        if (list < 0) {
            values = put(path, path, value);
            return this;
        }
        String whole = path.substring(0, list);
        Object elements = ValuePath.parse(whole).get(values).or(() -> chart.value(whole)).orElseThrow(() ->
                chart.missing(path));
        Map<?, ?> changed = ValuePath.parse("list" + path.substring(list)).set(Map.of("list", elements),
                Optional.of(value)).orElseThrow(() -> chart.missing(path));
        values = put(whole, path, changed.get("list"));
        return this;
    }

    private Map<?, ?> put(String path, String asked, Object value) {
        return ValuePath.parse(path).set(values, Optional.of(value)).orElseThrow(() -> chart.missing(asked));
    }

    public Map<?, ?> all() {
        return new LinkedHashMap<>(values);
    }
}
