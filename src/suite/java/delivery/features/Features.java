package delivery.features;

import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.layout.Need;
import delivery.settings.Setting;
import io.cucumber.messages.types.Background;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.messages.types.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The feature files of a folder. */
public final class Features {

    /** Name of the task's file among the features, unless the setting names another one. */
    private static final String TASK = "task-9.md";

    /**
     * A scenario, or one row of an outline's examples.
     *
     * @param lines lines that can select it: its own, its row's, its examples', its feature's
     */
    record Row(Path file, String name, Set<String> tags, Set<Integer> lines, int line) {
    }

    private final Path folder;
    private final List<FeatureFile> files;
    private final List<Finding> unread;

    private Features(Path folder, List<FeatureFile> files, List<Finding> unread) {
        this.folder = folder;
        this.files = List.copyOf(files);
        this.unread = List.copyOf(unread);
    }

    /**
     * Reads all feature files of a folder.
     *
     * @throws IOException if the folder or a file cannot be read at all
     */
    public static Features read(Path folder) throws IOException {
        List<FeatureFile> files = new ArrayList<>();
        List<Finding> unread = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(path -> path.toString().endsWith(".feature")).sorted().toList()) {
                int before = unread.size();
                FeatureText text = FeatureText.read(file, unread);
                if (unread.size() == before) {
                    FeatureFile feature = FeatureFile.parse(text);
                    ParseErrorExplainer.of(feature).ifPresentOrElse(unread::add, () -> files.add(feature));
                }
            }
        }
        if (files.isEmpty() && unread.isEmpty()) {
            unread.add(Finding.meaning(folder, 0, "there is no feature file in it", "features end in .feature"));
        }
        return new Features(folder, files, unread);
    }

    /** Returns the checklist that the features prove: the file that CHECKLIST names, or else their task file. */
    public Path task() {
        return task(folder);
    }

    /** Returns the same for the features in a folder. */
    public static Path task(Path folder) {
        String given = System.getProperty(Setting.CHECKLIST.name(),
                System.getenv().getOrDefault(Setting.CHECKLIST.name(), ""));
        return given.isBlank() ? folder.resolve(TASK) : Path.of(given.strip());
    }

    /** Returns the needs of each criterion's scenarios, by the criterion's id. */
    public Map<String, Set<Need>> needs() {
        return ScenarioNeeds.of(ScenarioNeeds.Scenario.of(files));
    }

    /** Returns the line of a criterion in the task's file; 0 if there is no such file. */
    int lineOf(Criterion criterion) {
        if (!Files.exists(task())) {
            return 0;
        }
        List<Finding> unreadable = new ArrayList<>();
        try {
            return FeatureText.read(task(), unreadable).first("<!-- " + criterion.id() + " -->").orElse(0);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Returns the files that can be read. */
    List<FeatureFile> files() {
        return files;
    }

    boolean allRead() {
        return unread.isEmpty();
    }

    /**
     * Returns all findings, sorted by file and line; of each line only the first one.
     *
     * @param checklist the criteria that the features must prove
     */
    public List<Finding> findings(Checklist checklist, Vocabulary vocabulary) {
        List<Finding> found = new ArrayList<>(unread);
        found.addAll(new Rules(this, checklist, vocabulary).findings());
        files.forEach(file -> Formatting.of(file).finding().filter(form -> !follows(form, found))
                .ifPresent(found::add));
        Set<String> lines = new HashSet<>();
        return found.stream().filter(finding -> finding.kind() == Finding.Kind.FORM
                        || lines.add(finding.file() + ":" + finding.line()
                                + (finding.line() == 0 ? finding.what() : "")))
                .sorted(Comparator.comparing(Finding::file).thenComparing(Finding::line)).toList();
    }

    /** Whether a layout finding only follows from the line above: a misspelt step gets a description's layout. */
    private static boolean follows(Finding form, List<Finding> found) {
        return found.stream()
                .anyMatch(finding -> finding.file().equals(form.file()) && finding.line() == form.line() - 1);
    }

    /** Returns every scenario, once for each row of its examples. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (FeatureFile file : files) {
            Map<String, Set<Integer>> lines = lines(file.feature().orElseThrow());
            Map<String, Integer> own = new TreeMap<>();
            scenarios(file).forEach(scenario -> own.put(scenario.getId(), line(scenario)));
            for (Pickle pickle : file.pickles()) {
                Set<String> tags = new LinkedHashSet<>();
                pickle.getTags().stream().map(PickleTag::getName).forEach(tags::add);
                Set<Integer> names = new LinkedHashSet<>();
                // A scenario has the lines of all its examples; a row has only its own.
                pickle.getAstNodeIds().forEach(id -> names.addAll(lines.getOrDefault(id, Set.of())));
                rows.add(new Row(file.text().file(), pickle.getName(), tags, names,
                        own.get(pickle.getAstNodeIds().get(0))));
            }
        }
        return rows;
    }

    private static Map<String, Set<Integer>> lines(Feature feature) {
        int own = feature.getLocation().getLine().intValue();
        Map<String, Set<Integer>> lines = new TreeMap<>();
        scenarios(feature).forEach(scenario -> {
            lines.put(scenario.getId(), Set.of(own, line(scenario)));
            scenario.getExamples().forEach(examples -> examples.getTableBody().forEach(row -> lines.put(row.getId(),
                    Set.of(examples.getLocation().getLine().intValue(), row.getLocation().getLine().intValue()))));
        });
        return lines;
    }

    static List<Scenario> scenarios(FeatureFile file) {
        return file.feature().map(Features::scenarios).orElse(List.of());
    }

    private static List<Scenario> scenarios(Feature feature) {
        return feature.getChildren().stream().flatMap(child -> Stream.concat(child.getScenario().stream(),
                child.getRule().stream().flatMap(rule -> rule.getChildren().stream()
                        .flatMap(inner -> inner.getScenario().stream())))).toList();
    }

    /** Returns the Backgrounds of a feature and of its rules. */
    static List<Background> backgrounds(Feature feature) {
        return feature.getChildren().stream().flatMap(child -> Stream.concat(child.getBackground().stream(),
                child.getRule().stream().flatMap(rule -> rule.getChildren().stream()
                        .flatMap(inner -> inner.getBackground().stream())))).toList();
    }

    static int line(Scenario scenario) {
        return scenario.getLocation().getLine().intValue();
    }
}
