package delivery.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads canary steps as Argo Rollouts does. */
public final class CanaryStepReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CanaryStepReader() {
    }

    /** Reads the steps of a Rollout; a step of an unknown kind keeps its text. */
    public static List<CanaryStep> all(JsonNode steps) {
        return steps.valueStream().map(step -> read(JSON.convertValue(step, Object.class))
                .orElseGet(() -> new CanaryStep.Other(step.toString()))).toList();
    }

    /**
     * @param step as in YAML or JSON: a mapping from its kind
     * @return the step; empty if it is not one
     */
    public static Optional<CanaryStep> read(Object step) {
        if (!(step instanceof Map<?, ?> map) || map.size() != 1) {
            return Optional.empty();
        }
        String kind = String.valueOf(map.keySet().iterator().next());
        Object value = map.get(kind);
        return switch (kind) {
            case "setWeight" -> weight(value);
            case "pause" -> pause(value);
            case "analysis" -> Optional.of(analysis(value));
            case "setCanaryScale" -> scale(value);
            default -> Optional.of(new CanaryStep.Other(kind, canonical(value)));
        };
    }

    private static Optional<CanaryStep> weight(Object value) {
        return Optional.ofNullable(value).map(String::valueOf)
                .filter(text -> text.matches("\\d{1,3}"))
                .map(Integer::valueOf)
                .filter(percent -> percent <= 100)
                .map(CanaryStep.SetWeight::new);
    }

    private static Optional<CanaryStep> scale(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        boolean byWeight = Boolean.parseBoolean(String.valueOf(map.get("matchTrafficWeight")));
        return Optional.of(new CanaryStep.SetCanaryScale(byWeight ? OptionalInt.empty() : count(map.get("replicas")),
                byWeight ? OptionalInt.empty() : count(map.get("weight"))));
    }

    private static OptionalInt count(Object value) {
        return value == null || !String.valueOf(value).matches("\\d{1,9}") ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(String.valueOf(value)));
    }

    private static Optional<CanaryStep> pause(Object value) {
        if (!(value instanceof Map<?, ?> map) || map.get("duration") == null) {
            return Optional.of(new CanaryStep.Pause(Optional.empty()));
        }
        return duration(String.valueOf(map.get("duration")))
                .map(duration -> new CanaryStep.Pause(Optional.of(duration)));
    }

    /** A duration in whole seconds, as the controller counts a pause (RolloutPause, DurationSeconds). */
    private static Optional<Duration> duration(String text) {
        return GoDuration.parse(text).map(duration -> duration.truncatedTo(ChronoUnit.SECONDS));
    }

    private static CanaryStep analysis(Object value) {
        return new CanaryStep.Analysis(names(value, "templates", "templateName"), names(value, "dryRun", "metricName"));
    }

    private static List<String> names(Object value, String list, String name) {
        if (!(value instanceof Map<?, ?> map) || !(map.get(list) instanceof List<?> items)) {
            return List.of();
        }
        return items.stream().filter(Map.class::isInstance).map(item -> ((Map<?, ?>) item).get(name))
                .map(String::valueOf).toList();
    }

    /** A text that is the same for equivalent values: empty ones are left out, and the order of names is ignored. */
    private static String canonical(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> fields = new TreeMap<>();
            map.forEach((name, field) -> fields.put(String.valueOf(name), canonical(field)));
            return fields.entrySet().stream().filter(field -> !field.getValue().isEmpty())
                    .map(field -> field.getKey() + ": " + field.getValue()).reduce((one, other) -> one + ", " + other)
                    .map(text -> "{" + text + "}").orElse("");
        }
        if (value instanceof List<?> list) {
            String items = list.stream().map(CanaryStepReader::canonical).filter(item -> !item.isEmpty())
                    .collect(Collectors.joining(", "));
            return items.isEmpty() ? "" : "[" + items + "]";
        }
        return value == null ? "" : String.valueOf(value);
    }
}
