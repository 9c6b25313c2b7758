package delivery.chart;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.ConstructorException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Reads YAML as Helm does: YAML 1.1 by {@code resolve} and {@code decoder} of go-yaml v2, which <a
 * href="https://github.com/kubernetes-sigs/yaml">sigs.k8s.io/yaml</a> converts to JSON. {@code yes} is true and
 * {@code 0777} is 511, {@code <<} merges a mapping in, the last of two equal keys counts, and every key is a text. Of
 * several documents Helm 3 reads the first and Helm 4 all, so the others must add nothing to the first.
 */
final class HelmYaml {

    /** The tag of a scalar without quotes or tag: its text alone decides its type. */
    private static final Tag PLAIN = new Tag("plain");
    private static final Set<Tag> RESOLVED = Set.of(PLAIN, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.NULL);

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern INTEGER =
            Pattern.compile(
                    "([-+]?)(?:0[xX](?<hex>[0-9a-fA-F]+)|0[bB](?<bin>[01]+)|0[oO]?(?<oct>[0-7]+)|(?<dec>0|"
                            + "[1-9][0-9]*))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NO_NUMBER = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private static final Pattern AFTER_COLON = Pattern.compile(":[ \\t]*\\z");

    /** The most nodes: aliases may multiply a small text, but a values file comes nowhere near this number. */
    private static final int MOST_NODES = 1_000_000;

    private static final Schema SCHEMA = new Schema() {
        @Override
        public ScalarResolver getScalarResolver() {
            return (value, plain) -> plain ? PLAIN : Tag.STR;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of();
        }
    };

    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    private HelmYaml() {
    }

    /**
     * @param label name of the text, for messages
     * @return mappings, lists, texts, numbers and truth values; null if it is empty
     * @throws YamlEngineException if Helm would refuse it, or Helm 3 and Helm 4 would read different values
     */
    static Object read(String label, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(label).setSchema(SCHEMA).setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(MOST_NODES).build();
        String spaced = text;
        while (true) {
            try {
                return first(new Compose(settings).composeAllFromString(spaced).iterator());
            } catch (ScannerException e) {
                spaced = withoutTab(spaced, e).orElseThrow(() -> e);
            }
        }
    }

    private static Object first(Iterator<Node> documents) {
        Object first = documents.hasNext() ? new HelmYaml().value(documents.next()) : null;
        while (documents.hasNext()) {
            Node further = documents.next();
            Object values = new HelmYaml().value(further);
            if (values != null && !contains(first, values)) {
                throw refused(further, "Helm 3 does not read a second document, and Helm 4 merges it into the first;"
                        + " move its values there");
            }
        }
        return first;
    }

    /** Whether values stay as they are if others are merged into them. */
    private static boolean contains(Object values, Object others) {
        return values instanceof Map<?, ?> map && others instanceof Map<?, ?> merged
                ? merged.entrySet().stream().allMatch(one -> map.containsKey(one.getKey())
                        && contains(map.get(one.getKey()), one.getValue()))
                : Objects.equals(values, others);
    }

    /** Removes one tab between a colon and a value, which this parser refuses and go-yaml accepts. */
    private static Optional<String> withoutTab(String text, ScannerException refused) {
        return refused.getProblemMark().map(mark -> text.offsetByCodePoints(0, mark.getIndex()))
                .filter(at -> at < text.length() && text.charAt(at) == '\t'
                        && AFTER_COLON.matcher(text.substring(0, at)).find())
                .map(at -> text.substring(0, at) + " " + text.substring(at + 1));
    }

    private Object value(Node node) {
        count(node);
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (node instanceof SequenceNode sequence) {
            open(sequence);
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> list.add(value(item)));
            open.remove(sequence);
            return list;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        fill(map, (MappingNode) node);
        return map;
    }

    private void count(Node node) {
        if (++nodes > MOST_NODES) {
            throw refused(node, "there are too many aliases of aliases");
        }
    }

    private void open(Node node) {
        if (!open.add(node)) {
            throw refused(node, "an anchor's value contains itself");
        }
    }

    /** Adds the keys in the order of the text: as in go-yaml, a merge below a key replaces the value of that key. */
    private void fill(Map<String, Object> map, MappingNode node) {
        open(node);
        for (NodeTuple tuple : node.getValue()) {
            if (merges(tuple.getKeyNode())) {
                merge(map, tuple.getValueNode());
            } else {
                map.put(key(tuple.getKeyNode()), value(tuple.getValueNode()));
            }
        }
        open.remove(node);
    }

    private static boolean merges(Node key) {
        return key instanceof ScalarNode scalar && scalar.getValue().equals("<<")
                && (scalar.getTag().equals(PLAIN) || scalar.getTag().equals(Tag.MERGE));
    }

    private void merge(Map<String, Object> map, Node node) {
        List<Node> merged =
                new ArrayList<>(node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node));
        // Of several merged mappings the first has priority.
        Collections.reverse(merged);
        for (Node each : merged) {
            if (!(each instanceof MappingNode mapping)) {
                throw refused(each, "only a mapping, or a list of them, can be merged by <<");
            }
            count(mapping);
            fill(map, mapping);
        }
    }

    private String key(Node node) {
        Object key = value(node);
        if (key == null || key instanceof Map || key instanceof List) {
            throw refused(node, "a name must be a text");
        }
        return String.valueOf(key);
    }

    private static Object scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.BINARY)) {
            try {
                return new String(Base64.getDecoder().decode(text.replaceAll("[\\r\\n]", "")), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw refused(node, "this is not Base64");
            }
        }
        if (!RESOLVED.contains(tag)) {
            return text; // quoted, a time, or of a kind that only its reader knows
        }
        Optional<Tag> kind = kind(text);
        boolean fits = tag.equals(PLAIN) || kind.filter(found -> found.equals(tag)
                || found.equals(Tag.INT) && tag.equals(Tag.FLOAT)).isPresent();
        if (!fits) {
            throw refused(node, "\"" + text + "\" is not what its tag " + tag + " says");
        }
        if (NO_NUMBER.matcher(text).matches()) {
            throw refused(node, text + " is not a value that a chart can have");
        }
        if (kind.isEmpty()) {
            return text;
        }
        if (kind.get().equals(Tag.NULL)) {
            return null;
        }
        return kind.get().equals(Tag.BOOL) ? (Object) TRUE.contains(text) : number(text);
    }

    /** The type of a text without quotes; empty if it is a text. */
    private static Optional<Tag> kind(String text) {
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return Optional.of(Tag.BOOL);
        }
        if (NULL.contains(text)) {
            return Optional.of(Tag.NULL);
        }
        return NO_NUMBER.matcher(text).matches() ? Optional.of(Tag.FLOAT)
                : integer(digits(text)).map(number -> Tag.INT).or(() -> decimal(digits(text)).map(number -> Tag.FLOAT));
    }

    /** The number as it appears in a template: 1.10 is 1.1, and 1.0 is 1. */
    private static Number number(String text) {
        return integer(digits(text)).map(HelmYaml::fitted).orElseGet(() -> {
            BigDecimal decimal = BigDecimal.valueOf(decimal(digits(text)).orElseThrow()).stripTrailingZeros();
            return decimal.scale() <= 0 ? fitted(decimal.toBigInteger()) : decimal;
        });
    }

    /** Removes underscores between digits, unless the text begins with a dot or an underscore. */
    private static String digits(String text) {
        return text.matches("[-+0-9].*") ? text.replace("_", "") : text;
    }

    private static Optional<BigInteger> integer(String text) {
        Matcher integer = INTEGER.matcher(text);
        if (!integer.matches()) {
            return Optional.empty();
        }
        BigInteger number = integer.group("hex") != null ? new BigInteger(integer.group("hex"), 16)
                : integer.group("bin") != null ? new BigInteger(integer.group("bin"), 2)
                : integer.group("oct") != null ? new BigInteger(integer.group("oct"), 8)
                : new BigInteger(integer.group("dec"));
        BigInteger signed = integer.group(1).equals("-") ? number.negate() : number;
        return Optional.of(signed).filter(known -> known.compareTo(LEAST) >= 0 && known.compareTo(MOST) <= 0);
    }

    private static Optional<Double> decimal(String text) {
        return FLOAT.matcher(text).matches()
                ? Optional.of(Double.valueOf(text)).filter(Double::isFinite) : Optional.empty();
    }

    private static Number fitted(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    private static YamlEngineException refused(Node node, String why) {
        return new ConstructorException(null, Optional.empty(), why, node.getStartMark());
    }
}
