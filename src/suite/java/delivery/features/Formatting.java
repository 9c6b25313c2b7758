package delivery.features;

import io.cucumber.messages.types.Background;
import io.cucumber.messages.types.DocString;
import io.cucumber.messages.types.Examples;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.FeatureChild;
import io.cucumber.messages.types.Location;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.messages.types.Rule;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.Step;
import io.cucumber.messages.types.TableRow;
import io.cucumber.messages.types.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A feature file as the house writes it: indented by what a line is, tables in columns, no tabs and no blanks that nobody
 * sees. Words, comments, texts and empty lines stay as they are; what the file means does too, or else it stays untouched.
 */
final class Formatting {

    private static final int STEP = 2;
    private static final String TAB = "  ";

    private final FeatureFile before;
    private final List<String> lines;
    /** By number of the line. */
    private final TreeMap<Integer, Integer> indents = new TreeMap<>();
    /** Lines that begin with a keyword; in a description the same words are none. */
    private final Set<Integer> keywords = new HashSet<>();
    /** Lines of headings, and where their descriptions begin. */
    private final Map<Integer, Integer> described = new TreeMap<>();
    private final Set<Integer> tagged = new HashSet<>();
    private final Map<Integer, String> rows = new TreeMap<>();
    /** Lines of texts below steps, and by how much each of them moves. */
    private final Map<Integer, Integer> texts = new TreeMap<>();
    private final String after;

    private Formatting(FeatureFile file) {
        before = file;
        lines = file.text().lines();
        place(file.feature().orElseThrow());
        descriptions();
        after = written();
    }

    /**
     * Of a file that can be read.
     *
     * @throws IllegalStateException if it would mean something else when it is formatted, which must never be
     */
    static Formatting of(FeatureFile file) {
        Formatting formatting = new Formatting(file);
        FeatureFile formatted = FeatureFile.parse(new FeatureText(file.text().file(), formatting.after));
        if (!meaning(formatted).equals(meaning(file))) {
            throw new IllegalStateException(file.text().file() + " would mean something else when formatted: "
                    + meaning(formatted) + " instead of " + meaning(file));
        }
        return formatting;
    }

    /** What Cucumber carries out, but for where it stands. */
    static List<String> meaning(FeatureFile file) {
        List<String> meaning = new ArrayList<>();
        for (Pickle pickle : file.pickles()) {
            meaning.add(pickle.getName() + pickle.getTags().stream().map(PickleTag::getName).toList());
            for (PickleStep step : pickle.getSteps()) {
                meaning.add(step.getType() + " " + step.getText() + step.getArgument().map(argument ->
                        argument.getDocString().map(text -> text.getMediaType() + text.getContent()).orElse("")
                                + argument.getDataTable().map(table -> table.getRows().stream().map(row -> row.getCells()
                                        .stream().map(cell -> cell.getValue()).toList()).toList().toString()).orElse(""))
                        .orElse(""));
            }
        }
        file.errors().forEach(error -> meaning.add(error.getMessage()));
        return meaning;
    }

    /** The file as it is to be. */
    String text() {
        return after;
    }

    /** The first line that is not as it is to be, and why; empty if all are. */
    Optional<Finding> finding() {
        FeatureText text = before.text();
        if (text.raw().equals(after)) {
            return Optional.empty();
        }
        if (text.hasByteOrderMark()) {
            return form(1, "the file begins with a byte order mark, which nobody sees");
        }
        if (text.hasCarriageReturns()) {
            return form(1, "the lines end as on Windows (CR LF)");
        }
        List<String> wanted = List.of(after.split("\n", -1));
        int line = IntStream.range(0, Math.max(lines.size(), wanted.size())).filter(index -> index >= lines.size()
                || index >= wanted.size() || !lines.get(index).equals(wanted.get(index))).findFirst().orElseThrow();
        String is = line < lines.size() ? lines.get(line) : "";
        String shall = line < wanted.size() ? wanted.get(line) : "";
        if (line >= lines.size() || line == lines.size() - 1 && !is.isEmpty() && shall.equals(is)) {
            return form(lines.size(), "the last line has no end");
        }
        if (is.isBlank()) {
            return form(line + 1, is.isEmpty() ? "there is an empty line too many" : "there are blanks in an empty line");
        }
        String why = is.indexOf('\t') >= 0 ? "there is a tab, which every editor shows otherwise"
                : is.endsWith(" ") && is.stripTrailing().equals(shall) ? "there are blanks at its end"
                : is.strip().startsWith("|") && indent(is) == indent(shall) ? "the table is not in columns"
                : is.strip().equals(shall.strip()) ? "the line begins in column " + (indent(is) + 1) + ", not in "
                        + (indent(shall) + 1)
                : "the words of the line are farther apart than they need be";
        return form(line + 1, why);
    }

    private Optional<Finding> form(int line, String why) {
        return Optional.of(new Finding(Finding.Kind.FORM, before.text().file(), line, why,
                "make format mends all of it"));
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private void place(Feature feature) {
        tags(feature.getTags(), 0);
        heading(feature.getLocation(), 0);
        feature.getChildren().forEach(child -> child(child, STEP));
    }

    private void child(FeatureChild child, int indent) {
        child.getBackground().ifPresent(background -> background(background, indent));
        child.getScenario().ifPresent(scenario -> scenario(scenario, indent));
        child.getRule().ifPresent(rule -> rule(rule, indent));
    }

    private void rule(Rule rule, int indent) {
        tags(rule.getTags(), indent);
        heading(rule.getLocation(), indent);
        rule.getChildren().forEach(inner -> {
            inner.getBackground().ifPresent(background -> background(background, indent + STEP));
            inner.getScenario().ifPresent(scenario -> scenario(scenario, indent + STEP));
        });
    }

    private void background(Background background, int indent) {
        heading(background.getLocation(), indent);
        background.getSteps().forEach(step -> step(step, indent + STEP));
    }

    private void scenario(Scenario scenario, int indent) {
        tags(scenario.getTags(), indent);
        heading(scenario.getLocation(), indent);
        scenario.getSteps().forEach(step -> step(step, indent + STEP));
        for (Examples examples : scenario.getExamples()) {
            tags(examples.getTags(), indent + STEP);
            heading(examples.getLocation(), indent + STEP);
            List<TableRow> table = new ArrayList<>();
            examples.getTableHeader().ifPresent(table::add);
            table.addAll(examples.getTableBody());
            table(table, indent + 2 * STEP);
        }
    }

    private void tags(List<Tag> tags, int indent) {
        tags.forEach(tag -> {
            indents.put(number(tag.getLocation()), indent);
            tagged.add(number(tag.getLocation()));
        });
    }

    private void heading(Location location, int indent) {
        int line = number(location);
        indents.put(line, indent);
        keywords.add(line);
        described.put(line, indent + STEP);
    }

    /** What is below a heading and is nothing else is its description; its lines keep their places to each other. */
    private void descriptions() {
        Set<Integer> parts = new HashSet<>(indents.keySet());
        parts.addAll(rows.keySet());
        described.forEach((heading, indent) -> {
            List<Integer> own = new ArrayList<>();
            for (int line = heading + 1; line <= lines.size() && !parts.contains(line); line++) {
                String text = lines.get(line - 1).strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    own.add(line);
                }
            }
            int least = own.stream().mapToInt(line -> indent(expanded(lines.get(line - 1)))).min().orElse(0);
            own.forEach(line -> indents.put(line, indent + indent(expanded(lines.get(line - 1))) - least));
        });
    }

    private void step(Step step, int indent) {
        indents.put(number(step.getLocation()), indent);
        keywords.add(number(step.getLocation()));
        step.getDataTable().ifPresent(table -> table(table.getRows(), indent + STEP));
        step.getDocString().ifPresent(text -> text(text, indent + STEP));
    }

    /** What a text means depends on where its lines begin beside its delimiter: they move together. */
    private void text(DocString text, int indent) {
        int line = number(text.getLocation());
        int end = line + 1;
        while (!lines.get(end - 1).strip().equals(text.getDelimiter())) {
            end++;
        }
        indents.put(line, indent);
        indents.put(end, indent);
        int own = indent(lines.get(line - 1));
        for (int number = line + 1; number < end; number++) {
            texts.put(number, indent - own);
        }
    }

    private void table(List<TableRow> table, int indent) {
        if (table.isEmpty()) {
            return;
        }
        int columns = table.get(0).getCells().size();
        int[] widths = new int[columns];
        for (TableRow row : table) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], width(cell(row, column)));
            }
        }
        for (TableRow row : table) {
            StringBuilder text = new StringBuilder("|");
            for (int column = 0; column < columns; column++) {
                String cell = cell(row, column);
                text.append(' ').append(cell).append(" ".repeat(widths[column] - width(cell))).append(" |");
            }
            rows.put(number(row.getLocation()), " ".repeat(indent) + text);
        }
    }

    private static String cell(TableRow row, int column) {
        return row.getCells().get(column).getValue().replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n");
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private String written() {
        List<String> result = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (texts.containsKey(number)) {
                result.add(moved(line, texts.get(number)));
            } else if (rows.containsKey(number)) {
                result.add(rows.get(number));
            } else if (line.isBlank()) {
                if (!result.isEmpty() && !result.get(result.size() - 1).isEmpty()) {
                    result.add("");
                }
            } else {
                result.add(" ".repeat(Math.max(0, indent(number))) + words(number, line));
            }
        }
        while (!result.isEmpty() && result.get(result.size() - 1).isEmpty()) {
            result.remove(result.size() - 1);
        }
        return String.join("\n", result) + "\n";
    }

    /** A comment is where the line is that it speaks of: the next one. */
    private int indent(int number) {
        for (int next = number; next <= lines.size(); next++) {
            if (indents.containsKey(next)) {
                return indents.get(next);
            }
            if (rows.containsKey(next)) {
                return indent(rows.get(next));
            }
        }
        return indents.headMap(number).isEmpty() ? 0 : STEP;
    }

    private String words(int number, String line) {
        String text = line.strip();
        if (tagged.contains(number) && !text.contains("#")) {
            return text.replaceAll("\\s+", " ");
        }
        return !keywords.contains(number) ? text : text.replaceFirst("^(Given|When|Then|And|But|\\*|Feature:|Rule:|Background:|Scenario(?: Outline| Template)?:"
                + "|Examples?:|Scenarios:)\\s+", "$1 ");
    }

    /** The lines of a text begin with as many blanks more or less; one with too few has none to lose. */
    private static String moved(String line, int by) {
        if (by >= 0) {
            return line.isEmpty() ? line : " ".repeat(by) + line;
        }
        return line.substring(Math.min(-by, indent(line)));
    }

    private static String expanded(String line) {
        String blanks = line.substring(0, indent(line));
        return blanks.replace("\t", TAB) + line.strip();
    }

    private static int number(Location location) {
        return location.getLine().intValue();
    }
}
