package delivery.deliveries;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import delivery.report.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A delivery of {@code lab/deliveries} and the result that the suite must reach for it, from its {@code expected.yaml}.
 *
 * @param name        name of its folder
 * @param application name of its Application
 * @param settings    settings that it needs to be proved, as {@code make layout} asks for them
 * @param layout      regular expressions, each of which must match a line of the layout
 * @param exit        exit code of a run of all criteria
 * @param proven      ids of the criteria that must be proven
 * @param others      verdict of each other criterion, with words of its reason: {@code not met: self-heal}
 * @param says        words of the run's own output, such as those of a refusal
 * @param inPlace     the result of a run in place; null if that is not tried
 * @param broken      defects that are made on purpose, to see that the right criteria fail
 */
record SampleDelivery(String name, String application, Map<String, String> settings, List<String> layout, int exit,
        List<String> proven, Map<String, String> others, List<String> says,
        @JsonProperty("in-place") InPlace inPlace, List<BrokenSample> broken) {

    static final Path FOLDER = Path.of("lab", "deliveries");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * The result of a run in place.
     *
     * @param exit   exit code of the run
     * @param others verdicts of the criteria that are not proven
     */
    record InPlace(int exit, Map<String, String> others) {

        InPlace {
            others = others == null ? Map.of() : Map.copyOf(others);
        }
    }

    SampleDelivery {
        settings = settings == null ? Map.of() : Map.copyOf(settings);
        layout = layout == null ? List.of() : List.copyOf(layout);
        proven = proven == null ? List.of() : List.copyOf(proven);
        others = others == null ? Map.of() : Map.copyOf(others);
        says = says == null ? List.of() : List.copyOf(says);
        broken = broken == null ? List.of() : List.copyOf(broken);
    }

    /** Returns all deliveries, by name. */
    static List<SampleDelivery> all() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory).sorted().map(SampleDelivery::read).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static SampleDelivery read(Path folder) {
        Path file = folder.resolve("expected.yaml");
        try {
            SampleDelivery read = YAML.readValue(file.toFile(), SampleDelivery.class);
            return new SampleDelivery(folder.getFileName().toString(), read.application, read.settings, read.layout,
                    read.exit, read.proven, read.others, read.says, read.inPlace, read.broken);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Returns this delivery with the result of a run in place: every criterion that is not among its others must be
     * proven.
     */
    SampleDelivery provedInPlace() {
        if (isInPlaceAlone()) {
            return this;
        }
        InPlace wanted = Objects.requireNonNull(inPlace, name);
        List<String> ids = Stream.concat(proven.stream(), others.keySet().stream())
                .filter(id -> !wanted.others().containsKey(id)).toList();
        return new SampleDelivery(name, application, settings, layout, wanted.exit(), ids, wanted.others(), says,
                inPlace, broken);
    }

    /** Whether it has a result for a run in place. */
    boolean isProvedInPlace() {
        return inPlace != null || isInPlaceAlone();
    }

    /** Whether no copy of it can be made, so that its table is that of a run in place. */
    boolean isInPlaceAlone() {
        return settings.containsKey("MODE");
    }

    /** Returns the lines of the layout that are missing; empty if all are there. */
    List<String> missing(String shown) {
        return layout.stream().filter(line -> shown.lines().noneMatch(has -> has.matches(".*(?:" + line + ").*")))
                .map(line -> "no line of the layout is like \"" + line + "\"").toList();
    }

    /** Returns the differences between a run's result and the table; empty if there are none. */
    List<String> differences(int code, List<RunRecord.Line> criteria, String output) {
        List<String> differences = new ArrayList<>();
        if (code != exit) {
            differences.add("the exit code is " + code + ", not " + exit);
        }
        says.stream().filter(words -> !output.contains(words))
                .forEach(words -> differences.add("the run does not say \"" + words + "\""));
        Map<String, String> wanted = new TreeMap<>(others);
        proven.forEach(id -> wanted.put(id, "proven"));
        criteria.forEach(line -> {
            String verdict = wanted.remove(line.id());
            if (verdict == null) {
                differences.add(line.id() + " is " + line.verdict() + ", and the table does not name it");
            } else if (!fits(line, verdict)) {
                differences.add(line.id() + " is " + line.verdict() + " (" + line.reason() + "), not " + verdict);
            }
        });
        wanted.forEach((id, verdict) -> differences.add("the run does not name " + id + ", which must be " + verdict));
        return differences;
    }

    private static boolean fits(RunRecord.Line line, String wanted) {
        int colon = wanted.indexOf(": ");
        String words = colon < 0 ? "" : wanted.substring(colon + 2);
        return line.verdict().equals(colon < 0 ? wanted : wanted.substring(0, colon))
                && (words.isEmpty() || String.valueOf(line.reason()).contains(words));
    }

    @Override
    public String toString() {
        return name;
    }
}
