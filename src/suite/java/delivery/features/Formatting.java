package delivery.features;

import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A feature file in the project's format, see {@link FeatureLayout}: indented by the kind of each line, with tables in
 * columns, and without tabs and trailing blanks. Words, comments and texts do not change. Neither does the meaning: if
 * it would, the file is not changed.
 */
final class Formatting {

    private final FeatureFile before;
    private final List<String> lines;
    private final String after;

    private Formatting(FeatureFile file) {
        before = file;
        lines = file.text().lines();
        after = new FeatureLayout(file).text();
    }

    /**
     * Formats a file that can be read.
     *
     * @throws IllegalStateException if formatting would change the file's meaning, which must never happen
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

    /** Returns everything that Cucumber runs, without its location. */
    static List<String> meaning(FeatureFile file) {
        List<String> meaning = new ArrayList<>();
        for (Pickle pickle : file.pickles()) {
            meaning.add(pickle.getName() + pickle.getTags().stream().map(PickleTag::getName).toList());
            for (PickleStep step : pickle.getSteps()) {
                meaning.add(step.getType() + " " + step.getText() + step.getArgument().map(argument ->
                        argument.getDocString().map(text -> text.getMediaType() + text.getContent()).orElse("")
                                + argument.getDataTable()
                                .map(table -> table.getRows().stream().map(row -> row.getCells()
                                        .stream().map(cell -> cell.getValue()).toList()).toList().toString())
                                        .orElse(""))
                        .orElse(""));
            }
        }
        file.errors().forEach(error -> meaning.add(error.getMessage()));
        return meaning;
    }

    /** Returns the formatted file. */
    String text() {
        return after;
    }

    /** Returns the first line whose layout is wrong, with the reason; empty if all are right. */
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
        if (shall.isEmpty() && !is.isBlank()) {
            return form(line + 1, "there is no empty line above it");
        }
        if (is.isBlank()) {
            return form(line + 1, is.isEmpty() ? "there is an empty line too many"
                    : "there are blanks in an empty line");
        }
        String why = is.indexOf('\t') >= 0 ? "there is a tab, which each editor shows at another width"
                : is.endsWith(" ") && is.stripTrailing().equals(shall) ? "there are blanks at its end"
                : is.strip().startsWith("|") && indent(is) == indent(shall) ? "the table is not in columns"
                : is.strip().equals(shall.strip()) ? "the line begins in column " + (indent(is) + 1) + ", not in "
                        + (indent(shall) + 1)
                : "the words of the line are farther apart than they need be";
        return form(line + 1, why);
    }

    private Optional<Finding> form(int line, String why) {
        return Optional.of(new Finding(Finding.Kind.FORM, before.text().file(), line, why,
                "make format fixes all of it"));
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
