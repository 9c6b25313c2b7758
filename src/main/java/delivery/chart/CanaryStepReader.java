package delivery.chart;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a step as Argo Rollouts does. */
public final class CanaryStepReader {

    /** A number alone is seconds. */
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern DURATION = Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?");

    private CanaryStepReader() {
    }

    /**
     * @param step as YAML or JSON has it: a mapping of its kind
     * @return the step; empty if it is none
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
            default -> Optional.of(new CanaryStep.Other(kind));
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

    private static Optional<Duration> duration(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofHours(number(parts.group(1)))
                .plusMinutes(number(parts.group(2)))
                .plusSeconds(number(parts.group(3))));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static CanaryStep analysis(Object value) {
        if (!(value instanceof Map<?, ?> map) || !(map.get("templates") instanceof List<?> templates)) {
            return new CanaryStep.Analysis(List.of());
        }
        return new CanaryStep.Analysis(templates.stream()
                .filter(Map.class::isInstance)
                .map(template -> ((Map<?, ?>) template).get("templateName"))
                .map(String::valueOf)
                .toList());
    }
}
