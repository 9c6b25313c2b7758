package delivery.features;

import delivery.steps.OutOfRange;
import io.cucumber.cucumberexpressions.Argument;
import io.cucumber.messages.types.Background;
import io.cucumber.messages.types.DataTable;
import io.cucumber.messages.types.Examples;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.Step;
import io.cucumber.messages.types.StepKeywordType;
import io.cucumber.messages.types.TableCell;
import io.cucumber.messages.types.TableRow;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of a scenario's steps: a situation, one action and its results, each in words that code implements. */
final class StepRules {

    private static final Pattern PLACE = Pattern.compile("<([^<>]+)>");
    private static final int DEEPEST_CAUSE = 10;

    private final Vocabulary vocabulary;
    private final Suggestions suggestions;

    /** A step as it runs, with the row of the examples that it comes from. */
    private record Used(String text, Optional<TableRow> row) {
    }

    StepRules(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.suggestions = new Suggestions(vocabulary);
    }

    List<Finding> of(FeatureFile file, Scenario scenario) {
        Path path = file.text().file();
        List<Finding> found = new ArrayList<>();
        if (scenario.getSteps().isEmpty()) {
            found.add(Finding.meaning(path, Features.line(scenario), "the scenario has no step",
                    "write what is done after When, and what is seen then after Then"));
            return found;
        }
        if (examples(path, scenario, found)) {
            Map<Step, StepKeywordType> keywords = keywords(path, scenario, found);
            scenario.getSteps().forEach(step -> 
                    found.addAll(step(path, step, keywords.get(step), uses(file, step))));
        }
        return found;
    }

    /** Checks a Background, whose steps run in every scenario below it exactly as written. */
    List<Finding> of(FeatureFile file, Background background) {
        Path path = file.text().file();
        List<Finding> found = new ArrayList<>();
        if (background.getSteps().isEmpty() && background.getDescription().isBlank()) {
            found.add(Finding.meaning(path, background.getLocation().getLine(), "the Background has no step",
                    "write what every scenario begins with after Given, or delete it"));
        }
        StepKeywordType last = StepKeywordType.UNKNOWN;
        for (Step step : background.getSteps()) {
            StepKeywordType keyword = step.getKeywordType().orElse(StepKeywordType.UNKNOWN);
            long line = step.getLocation().getLine();
            Matcher place = PLACE.matcher(step.getText());
            last = keyword == StepKeywordType.CONJUNCTION ? last : keyword;
            if (place.find()) {
                found.add(Finding.meaning(path, line, "a Background has no Examples, so nothing replaces "
                        + place.group(), "write the value, or move the step into the scenario that has the Examples"));
            } else if (last == StepKeywordType.ACTION || last == StepKeywordType.OUTCOME) {
                found.add(Finding.meaning(path, line, "a Background has only Given, and this step comes after "
                        + (last == StepKeywordType.ACTION ? "When" : "Then"), "move it into the scenarios"));
            } else {
                unsaid(path, step, keyword, last).ifPresent(found::add);
                found.addAll(step(path, step, last, List.of(new Used(step.getText(), Optional.empty()))));
            }
        }
        return found;
    }

    /** @return whether there is something to run */
    private static boolean examples(Path path, Scenario scenario, List<Finding> found) {
        TreeSet<String> places = new TreeSet<>();
        for (Step step : scenario.getSteps()) {
            Matcher place = PLACE.matcher(step.getText());
            while (place.find()) {
                places.add(place.group(1));
            }
        }
        boolean outline = scenario.getKeyword().strip().equals("Scenario Outline")
                || scenario.getKeyword().strip().equals("Scenario Template");
        if (scenario.getExamples().isEmpty() && (outline || !places.isEmpty())) {
            found.add(Finding.meaning(path, Features.line(scenario), outline ? "the outline has no Examples"
                    : "the scenario has " + places.stream().map(place -> "<" + place + ">")
                            .collect(Collectors.joining(" and ")) + " and no Examples",
                    places.isEmpty() ? "write \"Scenario:\", or else \"Examples:\" and a table below its steps"
                            : "write \"Examples:\" below its steps, and a table with the column"
                                    + (places.size() == 1 ? " " : "s ") + String.join(", ", places)));
            return false;
        }
        for (Examples examples : scenario.getExamples()) {
            if (examples.getTableBody().isEmpty()) {
                found.add(Finding.meaning(path, examples.getLocation().getLine(), "the Examples have no row",
                        "write one below the names of the columns, or delete them"));
                return false;
            }
            List<String> columns = examples.getTableHeader().orElseThrow().getCells().stream()
                    .map(TableCell::getValue).toList();
            for (Step step : scenario.getSteps()) {
                Matcher place = PLACE.matcher(step.getText());
                while (place.find()) {
                    if (!columns.contains(place.group(1))) {
                        found.add(Finding.meaning(path, step.getLocation().getLine(), "the Examples have no column \""
                                + place.group(1) + "\"", "theirs are " + String.join(", ", columns)));
                        return false;
                    }
                }
            }
            columns.stream().filter(column -> !places.contains(column)).findFirst().ifPresent(column ->
                    found.add(Finding.rule(path, examples.getTableHeader().orElseThrow().getLocation().getLine(),
                            "no step has <" + column + ">", "delete the column, or use it")));
        }
        return true;
    }

    /** Checks the order of the steps, and returns their keywords; "And" has that of the step before it. */
    private static Map<Step, StepKeywordType> keywords(Path path, Scenario scenario, List<Finding> found) {
        Map<Step, StepKeywordType> keywords = new LinkedHashMap<>();
        StepKeywordType last = StepKeywordType.UNKNOWN;
        boolean done = false;
        boolean seen = false;
        for (Step step : scenario.getSteps()) {
            StepKeywordType keyword = step.getKeywordType().orElse(StepKeywordType.UNKNOWN);
            long line = step.getLocation().getLine();
            unsaid(path, step, keyword, last).ifPresent(found::add);
            if (keyword == StepKeywordType.CONTEXT && last != StepKeywordType.UNKNOWN
                    && last != StepKeywordType.CONTEXT) {
                found.add(Finding.rule(path, line, "a Given comes after " + (seen ? "a Then" : "a When"),
                        "move it up: what is given comes first"));
            }
            if (keyword == StepKeywordType.ACTION && done) {
                found.add(Finding.rule(path, line, "a second When: a criterion is about one thing that is done",
                        last == StepKeywordType.ACTION ? "write And"
                                : "move it up to the first one and write And, or make the first one a Given"));
            }
            if (keyword == StepKeywordType.OUTCOME && !done) {
                found.add(Finding.rule(path, line, "a Then comes before any When",
                        "write what is done after When, before" + " it"));
                done = true;
            }
            last = keyword == StepKeywordType.CONJUNCTION ? last : keyword;
            done |= last == StepKeywordType.ACTION;
            seen |= last == StepKeywordType.OUTCOME;
            keywords.put(step, last);
        }
        if (!seen) {
            found.add(Finding.meaning(path, Features.line(scenario),
                    "the scenario has no Then: it would be green whatever"
                    + " happens", "write what is to be seen after Then"));
        } else if (!done) {
            found.add(Finding.rule(path, Features.line(scenario), "the scenario has no When", "write what is done"));
        }
        return keywords;
    }

    /** @param before keyword of the steps above it */
    private static Optional<Finding> unsaid(Path path, Step step, StepKeywordType keyword, StepKeywordType before) {
        return keyword == StepKeywordType.UNKNOWN
                || keyword == StepKeywordType.CONJUNCTION && before == StepKeywordType.UNKNOWN
                ? Optional.of(Finding.rule(path, step.getLocation().getLine(), "the step begins with \""
                        + step.getKeyword().strip() + "\", which does not say what it is",
                        "begin it with Given, When or Then"))
                : Optional.empty();
    }

    private List<Finding> step(Path path, Step step, StepKeywordType keyword, List<Used> uses) {
        long line = step.getLocation().getLine();
        List<Used> unknown = uses.stream().filter(use -> vocabulary.fitting(use.text()).size() != 1).toList();
        List<Finding> found = new ArrayList<>();
        for (Used use : unknown) {
            // If all rows are affected, the step itself is wrong.
            long where = unknown.size() == uses.size() ? line
                    : use.row().map(row -> row.getLocation().getLine()).orElse(line);
            List<StepDefinition> fitting = vocabulary.fitting(use.text());
            found.add(Finding.meaning(path, where, (fitting.isEmpty() ? "undefined step \"" : "several steps are \"")
                    + use.text() + "\"", fitting.isEmpty() ? suggestions.insteadOf(use.text())
                    : fitting.stream().map(StepDefinition::source).collect(Collectors.joining(" and "))));
        }
        for (Used use : uses) {
            List<StepDefinition> fitting = vocabulary.fitting(use.text());
            if (fitting.size() == 1) {
                long where = use.row().map(row -> row.getLocation().getLine()).orElse(line);
                role(path, line, fitting.get(0), use, keyword).ifPresent(found::add);
                below(path, step, fitting.get(0)).ifPresent(found::add);
                outOfRange(fitting.get(0).arguments(use.text())).ifPresent(refused ->
                        found.add(Finding.meaning(path, where, refused.getMessage(), "")));
            }
        }
        return found;
    }

    private static List<Used> uses(FeatureFile file, Step step) {
        Map<String, TableRow> rows = new LinkedHashMap<>();
        Features.scenarios(file).forEach(scenario -> scenario.getExamples().forEach(examples ->
                examples.getTableBody().forEach(row -> rows.put(row.getId(), row))));
        List<Used> uses = new ArrayList<>();
        for (Pickle pickle : file.pickles()) {
            for (PickleStep used : pickle.getSteps()) {
                if (used.getAstNodeIds().contains(step.getId())) {
                    uses.add(new Used(used.getText(), used.getAstNodeIds().stream().filter(rows::containsKey)
                            .map(rows::get).findFirst()));
                }
            }
        }
        return uses;
    }

    private static Optional<Finding> role(Path path, long line, StepDefinition step, Used use,
            StepKeywordType keyword) {
        boolean fits = switch (keyword) {
            case CONTEXT -> step.role() != StepDefinition.Role.THEN;
            case ACTION -> step.role() == StepDefinition.Role.WHEN;
            case OUTCOME -> step.role() == StepDefinition.Role.THEN;
            case UNKNOWN, CONJUNCTION -> true;
        };
        if (fits) {
            return Optional.empty();
        }
        return Optional.of(Finding.meaning(path, line, "\"" + use.text() + "\" is " + switch (step.role()) {
            case GIVEN -> "what is given";
            case WHEN -> "what is done";
            case THEN -> "what is seen";
        }, "write it after " + switch (step.role()) {
            case GIVEN -> "Given";
            case WHEN -> "When";
            case THEN -> "Then";
        }));
    }

    /** Checks that the code takes the table or text below a step. */
    private Optional<Finding> below(Path path, Step step, StepDefinition definition) {
        long line = step.getLocation().getLine();
        if (definition.below().isEmpty()) {
            return step.getDataTable().isPresent() || step.getDocString().isPresent()
                    ? Optional.of(Finding.meaning(path, line + 1, "\"" + step.getText() + "\" takes nothing below it",
                            "delete the " + (step.getDataTable().isPresent() ? "table" : "text")))
                    : Optional.empty();
        }
        if (step.getDataTable().isEmpty()) {
            return Optional.of(Finding.meaning(path, line, "\"" + step.getText() + "\" needs a table below it",
                    "reports/steps.md shows one"));
        }
        return vocabulary.table(definition.below().get())
                .flatMap(reader -> table(path, step.getDataTable().get(), reader));
    }

    /** Reads a table as Cucumber does, but row by row, so that the message can name the wrong one. */
    private static Optional<Finding> table(Path path, DataTable table, Method reader) {
        List<String> columns = table.getRows().get(0).getCells().stream().map(TableCell::getValue).toList();
        if (table.getRows().size() == 1) {
            return Optional.of(Finding.meaning(path, table.getLocation().getLine(), "the table has no row",
                    "write one below the names of the columns"));
        }
        for (TableRow row : table.getRows().subList(1, table.getRows().size())) {
            try {
                Vocabulary.invoke(reader,
                        io.cucumber.datatable.DataTable.create(List.of(columns, row.getCells().stream()
                        .map(TableCell::getValue).toList())));
            } catch (OutOfRange refused) {
                return Optional.of(Finding.meaning(path, row.getLocation().getLine(), refused.getMessage(), ""));
            }
        }
        return Optional.empty();
    }

    private static Optional<OutOfRange> outOfRange(List<Argument<?>> arguments) {
        for (Argument<?> argument : arguments) {
            try {
                argument.getValue();
            } catch (RuntimeException refused) {
                Throwable cause = refused;
                for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
                    if (cause instanceof OutOfRange outOfRange) {
                        return Optional.of(outOfRange);
                    }
                    cause = cause.getCause();
                }
                throw refused;
            }
        }
        return Optional.empty();
    }
}
