package delivery.features;

import io.cucumber.messages.types.Background;
import io.cucumber.messages.types.DocString;
import io.cucumber.messages.types.Examples;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.Location;
import io.cucumber.messages.types.Rule;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.Step;
import io.cucumber.messages.types.TableRow;
import io.cucumber.messages.types.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The layout of a feature file, line by line. It is the same as that of the formatter in Cucumber's language service,
 * which the VS Code extension uses, so that neither changes the other's output.
 */
final class FeatureLayout {

    private static final int STEP = 2;
    private static final String TAB = "  ";
    /** JavaScript's {@code parseFloat} reads the beginning; cells that begin with a number are aligned right. */
    private static final String NUMBER = "[+-]?(\\d|\\.\\d|Infinity).*";

    private final List<String> lines;
    /** Indentation in columns, by line number. */
    private final TreeMap<Integer, Integer> indents = new TreeMap<>();
    /** Lines that begin with a keyword; in a description the same words are not keywords. */
    private final Set<Integer> keywords = new HashSet<>();
    /** Lines of headings, with the indentation of their descriptions. */
    private final Map<Integer, Integer> described = new TreeMap<>();
    /** Lines that an empty line precedes. */
    private final Set<Integer> apart = new HashSet<>();
    /** Empty lines that are kept because they are in a description. */
    private final Set<Integer> empty = new HashSet<>();
    /** Lines of headings that have steps. */
    private final Set<Integer> withSteps = new HashSet<>();
    /** Complete new text of lines. */
    private final Map<Integer, String> whole = new TreeMap<>();
    /** Lines to drop, because their words were moved to another line. */
    private final Set<Integer> gone = new HashSet<>();

    FeatureLayout(FeatureFile file) {
        lines = file.text().lines();
        Feature feature = file.feature().orElseThrow();
        tags(feature.getTags(), 0);
        heading(feature.getLocation(), 0);
        feature.getChildren().forEach(child -> {
            child.getBackground().ifPresent(background -> background(background, STEP));
            child.getScenario().ifPresent(scenario -> scenario(scenario, STEP));
            child.getRule().ifPresent(this::rule);
        });
        descriptions();
    }

    private void rule(Rule rule) {
        opens(rule.getTags(), rule.getLocation(), STEP);
        rule.getChildren().forEach(inner -> {
            inner.getBackground().ifPresent(background -> background(background, 2 * STEP));
            inner.getScenario().ifPresent(scenario -> scenario(scenario, 2 * STEP));
        });
    }

    private void background(Background background, int indent) {
        opens(List.of(), background.getLocation(), indent);
        steps(background.getLocation(), background.getSteps(), indent + STEP);
    }

    private void scenario(Scenario scenario, int indent) {
        opens(scenario.getTags(), scenario.getLocation(), indent);
        steps(scenario.getLocation(), scenario.getSteps(), indent + STEP);
        for (Examples examples : scenario.getExamples()) {
            opens(examples.getTags(), examples.getLocation(), indent + STEP);
            List<TableRow> table = new ArrayList<>();
            examples.getTableHeader().ifPresent(table::add);
            table.addAll(examples.getTableBody());
            table(table, indent + 2 * STEP);
        }
    }

    private void opens(List<Tag> tags, Location location, int indent) {
        apart.add(tags.isEmpty() ? number(location) : number(tags.get(0).getLocation()));
        tags(tags, indent);
        heading(location, indent);
    }

    private void tags(List<Tag> tags, int indent) {
        Set<Integer> on = tags.stream().map(tag -> number(tag.getLocation()))
                .collect(Collectors.toCollection(TreeSet::new));
        on.forEach(line -> indents.put(line, indent));
        // Cucumber's syntax tree omits a comment after tags: it must not get lost.
        if (!tags.isEmpty() && on.stream().noneMatch(line -> lines.get(line - 1).contains("#"))) {
            int first = number(tags.get(0).getLocation());
            whole.put(first, " ".repeat(indent) + tags.stream().map(Tag::getName).collect(Collectors.joining(" ")));
            on.stream().filter(line -> line != first).forEach(gone::add);
        }
    }

    private void heading(Location location, int indent) {
        int line = number(location);
        indents.put(line, indent);
        keywords.add(line);
        described.put(line, indent + STEP);
    }

    private void steps(Location heading, List<Step> steps, int indent) {
        if (!steps.isEmpty()) {
            withSteps.add(number(heading));
        }
        for (Step step : steps) {
            indents.put(number(step.getLocation()), indent);
            keywords.add(number(step.getLocation()));
            step.getDataTable().ifPresent(table -> table(table.getRows(), indent + STEP));
            step.getDocString().ifPresent(text -> text(text, indent + STEP));
        }
    }

    /** Finds descriptions: all other lines below a heading. Their indentation relative to each other is kept. */
    private void descriptions() {
        Set<Integer> parts = new HashSet<>(indents.keySet());
        parts.addAll(whole.keySet());
        described.forEach((heading, indent) -> {
            List<Integer> own = new ArrayList<>();
            for (int line = heading + 1; line <= lines.size() && !parts.contains(line); line++) {
                String text = lines.get(line - 1).strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    own.add(line);
                }
            }
            if (own.isEmpty()) {
                return;
            }
            int least = own.stream().mapToInt(line -> indent(expanded(lines.get(line - 1)))).min().orElse(0);
            own.forEach(line -> indents.put(line, indent + indent(expanded(lines.get(line - 1))) - least));
            for (int line = own.get(0); line < own.get(own.size() - 1); line++) {
                if (lines.get(line - 1).isBlank()) {
                    empty.add(line);
                }
            }
            if (withSteps.contains(heading)) {
                int below = own.get(own.size() - 1) + 1;
                while (lines.get(below - 1).isBlank()) {
                    below++;
                }
                apart.add(below);
            }
        });
    }

    /** Moves a text's lines together with its delimiter: their relative indentation is part of the meaning. */
    private void text(DocString text, int indent) {
        int line = number(text.getLocation());
        int own = indent(lines.get(line - 1));
        indents.put(line, indent);
        int number = line + 1;
        for (; !lines.get(number - 1).strip().equals(text.getDelimiter()); number++) {
            String written = lines.get(number - 1);
            // Cucumber also strips trailing blanks from a line that begins before the delimiter.
            whole.put(number, " ".repeat(indent) + (indent(written) < own ? written.strip() : written.substring(own)));
        }
        indents.put(number, indent);
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
                String blanks = " ".repeat(widths[column] - width(cell));
                text.append(' ').append(cell.matches(NUMBER) ? blanks + cell : cell + blanks).append(" |");
            }
            whole.put(number(row.getLocation()), " ".repeat(indent) + text);
        }
    }

    private static String cell(TableRow row, int column) {
        return row.getCells().get(column).getValue().replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n");
    }

    /** Returns the width in terminal columns: two for each Chinese, Japanese or Korean character. */
    private static int width(String text) {
        return text.codePoints().map(sign -> sign >= 0x3000 && sign <= 0x9fff || sign >= 0xac00 && sign <= 0xd7af
                || sign >= 0xff01 && sign <= 0xff60 ? 2 : 1).sum();
    }

    /** Returns the formatted file. */
    String text() {
        List<String> result = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (gone.contains(number) || line.isBlank() && !empty.contains(number) && !whole.containsKey(number)) {
                continue;
            }
            if (apart.contains(number)) {
                result.add("");
            }
            if (whole.containsKey(number)) {
                result.add(whole.get(number));
            } else {
                result.add(line.isBlank() ? "" : " ".repeat(indentOf(number)) + words(number, line));
            }
        }
        return String.join("\n", result) + "\n";
    }

    /** Returns a line's indentation; a comment has that of the next line, which it describes. */
    private int indentOf(int number) {
        for (int next = number; next <= lines.size(); next++) {
            if (indents.containsKey(next)) {
                return Math.max(0, indents.get(next));
            }
            if (whole.containsKey(next)) {
                return indent(whole.get(next));
            }
        }
        return indents.headMap(number).isEmpty() ? 0 : STEP;
    }

    private String words(int number, String line) {
        String text = line.strip();
        return !keywords.contains(number) ? text : text.replaceFirst("^(Given|When|Then|And|But|\\*|Feature:|Rule:"
                + "|Background:|Scenario(?: Outline| Template)?:|Examples?:|Scenarios:)\\s+", "$1 ");
    }

    private static String expanded(String line) {
        String blanks = line.substring(0, indent(line));
        return blanks.replace("\t", TAB) + line.strip();
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static int number(Location location) {
        return location.getLine().intValue();
    }
}
