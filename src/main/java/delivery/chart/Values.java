package delivery.chart;

import delivery.failure.EnvironmentNotFit;
import delivery.failure.MissingValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The values a chart is rendered with. A path names a value as in {@code helm --set}: {@code rollouts.strategy},
 * {@code rollouts.canary.steps[0].setWeight}, with {@code \.} for a dot that is part of a name.
 */
public final class Values {

    private final String file;
    private final Map<?, ?> root;

    private Values(String file, Map<?, ?> root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a values file as Helm does.
     *
     * @param file its name, for messages
     * @throws EnvironmentNotFit if it is not a YAML mapping; the message names line and column
     */
    public static Values parse(String file, String text) {
        try {
            Object read = HelmYaml.read(file, text);
            if (read == null) {
                return new Values(file, Map.of());
            }
            if (read instanceof Map<?, ?> map) {
                return new Values(file, map);
            }
            throw new EnvironmentNotFit(file + ", line 1, column 1: a mapping of names to values is expected",
                    "Correct the file");
        } catch (MarkedYamlEngineException e) {
            throw new EnvironmentNotFit(file + e.getProblemMark().map(Values::place).orElse("") + ": "
                    + e.getProblem(), "Correct the YAML there", e);
        } catch (YamlEngineException e) {
            throw new EnvironmentNotFit(file + ": " + e.getMessage(), "Correct the YAML", e);
        }
    }

    /** Returns these values overlaid with others as in Helm: mappings are merged, and null removes a value. */
    public Values over(Map<String, ?> others) {
        return new Values(file, merged(root, others));
    }

    /** Returns these values overlaid with those of another file. */
    public Values over(Values others) {
        return new Values(file, merged(root, others.root));
    }

    /**
     * Returns these values overlaid with others that Argo CD has merged and flattened to texts by path. A flattened
     * list may still have the end of a longer list below it, so a list that differs is refused.
     *
     * @throws EnvironmentNotFit if a list differs
     */
    public Values withMerged(Map<String, String> merged) {
        Map<?, ?> result = root;
        // Argo CD does not escape the dots in a name, such as .env, whose path has a backslash here.
        Map<String, String> escaped = new HashMap<>();
        new FlatValues(this).leaves().forEach(leaf ->
                escaped.putIfAbsent(leaf.path().replaceAll("(?s)\\\\(.)", "$1"), leaf.path()));
        for (Map.Entry<String, String> one : merged.entrySet()) {
            Optional<ValuePath> path = ValuePath.read(escaped.getOrDefault(one.getKey(), one.getKey()));
            boolean same = sameText(path.flatMap(known -> text(known.get(root))).orElse("<nil>"), one.getValue());
            if (!same && one.getKey().contains("[")) {
                throw new EnvironmentNotFit("A value file of the Application changes the list that " + one.getKey()
                        + " is in, and Argo CD shows lists only to a user who may read the file",
                        "Give the user of ARGOCD_AUTH_TOKEN the permission applicationsets, create in the Application's"
                        + " project, and keep the value files in the chart's own Git repository");
            }
            if (!same && path.isPresent()) {
                Optional<Object> value = Optional.<Object>of(one.getValue()).filter(text -> !text.equals("<nil>"));
                // A name with a dot in it looks like a path, which may lead through a value that is not a mapping.
                Optional<Map<?, ?>> changed = path.get().set(result, value);
                result = changed.isPresent() ? changed.get() : result;
            }
        }
        return new Values(file, result);
    }

    /**
     * Returns these values overlaid with Helm parameters, in their order, as Helm reads them: {@code null} removes a
     * value, and {@code {a,b}} is a list.
     *
     * @param texts the names of those that are texts, whatever they look like
     * @throws EnvironmentNotFit if a name is not a path, or leads through a value that is neither mapping nor list, or
     *                           past a list's end
     */
    public Values withParameters(Map<String, String> parameters, Set<String> texts) {
        Map<?, ?> result = root;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            Map<?, ?> under = result;
            String text = parameter.getValue();
            Optional<Object> value = listed(text)
                    .or(() -> texts.contains(parameter.getKey()) ? Optional.of(text) : typed(text));
            result = ValuePath.read(parameter.getKey()).flatMap(path -> path.set(under, value)).orElseThrow(() ->
                    new EnvironmentNotFit("The Helm parameter " + parameter.getKey() + " does not fit " + file,
                            "Correct the Application's parameters"));
        }
        return new Values(file, result);
    }

    private static Optional<Object> listed(String parameter) {
        if (!parameter.startsWith("{") || !parameter.endsWith("}")) {
            return Optional.empty();
        }
        String items = parameter.substring(1, parameter.length() - 1);
        return Optional.of(items.isEmpty() ? List.of() : List.of(items.split(",")));
    }

    /** The value by Helm's {@code typedVal}: 80 is a number, 080 and 1.10 are texts; empty for null. */
    private static Optional<Object> typed(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Optional.of(Boolean.valueOf(text));
        }
        return text.equalsIgnoreCase("null") ? Optional.empty()
                : Optional.of(text.matches("0|-?[1-9]\\d{0,17}") ? (Object) Long.valueOf(text) : text);
    }

    /** The text, number or truth value at a path, as a text; empty if there is none. */
    public Optional<String> find(String path) {
        return text(value(path));
    }

    private static Optional<String> text(Optional<Object> value) {
        return value.filter(known -> !(known instanceof Map || known instanceof List)).map(String::valueOf);
    }

    /** Whether there are canary steps at a path. */
    public boolean hasCanarySteps(String path) {
        return value(path).filter(steps -> steps instanceof List<?> list && !list.isEmpty()).isPresent();
    }

    /**
     * @param path of the steps: {@code rollouts.canary.steps}
     * @throws MissingValue      if there are none
     * @throws EnvironmentNotFit if the value there is not a list of steps
     */
    public List<CanaryStep> canarySteps(String path) {
        Object steps = value(path).orElseThrow(() -> missing(path));
        if (!(steps instanceof List<?> list)) {
            throw wrong(path, String.valueOf(steps), "a list of steps");
        }
        if (list.isEmpty()) {
            throw missing(path);
        }
        return list.stream().map(step -> CanaryStepReader.read(step)
                .orElseThrow(() -> wrong(path, String.valueOf(step), "a step of a canary"))).toList();
    }

    /** The first analysis among a canary's steps, exactly as in the values; MissingValue if there is none. */
    public Map<?, ?> analysisStep(String path) {
        return value(path).filter(List.class::isInstance).stream().flatMap(steps -> ((List<?>) steps).stream())
                .filter(step -> step instanceof Map<?, ?> map && map.containsKey("analysis"))
                .<Map<?, ?>>map(step -> (Map<?, ?>) step).findFirst()
                .orElseThrow(() -> new MissingValue(file, "analysis in " + path));
    }

    /** The value at a path, which may be a mapping or a list. */
    Optional<Object> value(String path) {
        return ValuePath.parse(path).get(root);
    }

    /** The error that there is nothing at a path, or at a part of it. */
    MissingValue missing(String path) {
        return new MissingValue(file, path);
    }

    public Map<?, ?> all() {
        return root;
    }

    /** Whether two texts or numbers are the same; Go writes a large number as 1e+06. */
    private static boolean sameText(String one, String other) {
        try {
            return one.equals(other) || new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
        } catch (NumberFormatException text) {
            return false;
        }
    }

    private EnvironmentNotFit wrong(String path, String value, String expected) {
        return new EnvironmentNotFit(file + ": " + path + " is \"" + value + "\", which is not " + expected,
                "Correct the value, or the Application's parameter over it");
    }

    private static Map<?, ?> merged(Map<?, ?> under, Map<?, ?> over) {
        Map<Object, Object> result = new LinkedHashMap<>(under);
        over.forEach((name, value) -> {
            if (value == null) {
                result.remove(name);
            } else if (value instanceof Map<?, ?> inner && result.get(name) instanceof Map<?, ?> below) {
                result.put(name, merged(below, inner));
            } else {
                result.put(name, value);
            }
        });
        return result;
    }

    private static String place(Mark mark) {
        return ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }
}
