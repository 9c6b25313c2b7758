package delivery.features;

import delivery.criteria.Checklist;
import delivery.failure.InvalidSelection;
import io.cucumber.tagexpressions.Expression;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The scenarios that a person selected, with the same properties that Cucumber reads: a run that selects nothing, or
 * names a tag, name or line that does not exist, must not look like one that proves something.
 *
 * @param tags     tag expression; empty for all
 * @param name     regular expression for names; empty for all
 * @param features files, folders or lines of files, separated by commas; empty for all
 */
public record Selection(String tags, String name, String features) {

    /** Names of the properties that select scenarios. */
    public static final String TAGS = "cucumber.filter.tags";
    public static final String NAME = "cucumber.filter.name";
    public static final String FEATURES = "cucumber.features";

    /** All scenarios. */
    public static final Selection EVERYTHING = new Selection("", "", "");

    private static final Pattern TAG = Pattern.compile("@[^\\s()]+");
    private static final Pattern LINES = Pattern.compile("(.*?)((?::\\d{1,9})+)");

    /** Returns the selection that the properties make. */
    public static Selection of(Properties properties) {
        return new Selection(properties.getProperty(TAGS, ""), properties.getProperty(NAME, ""),
                properties.getProperty(FEATURES, ""));
    }

    /**
     * Returns the ids of the criteria that are selected.
     *
     * @throws InvalidSelection if something cannot be read or does not exist, or nothing is selected; the message lists
     *     the existing values
     */
    public Set<String> criteria(Features all, Checklist checklist) {
        return scenarios(all, checklist).keySet();
    }

    /**
     * Returns the number of selected scenarios, by the id of their criterion.
     *
     * @throws InvalidSelection under the same conditions as {@link #criteria(Features, Checklist)}
     */
    public Map<String, Integer> scenarios(Features all, Checklist checklist) {
        Expression expression = expression(all);
        Pattern named = named();
        List<Features.Row> rows = features.isBlank() ? all.rows() : inFiles(all.rows());
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (Features.Row row : rows) {
            if (expression.evaluate(List.copyOf(row.tags())) && named.matcher(row.name()).find()) {
                row.tags().stream().map(tag -> tag.substring(1)).filter(id -> checklist.criterion(id).isPresent())
                        .forEach(id -> ids.merge(id, 1, Integer::sum));
            }
        }
        if (ids.isEmpty()) {
            throw new InvalidSelection(this + " selects no scenario; the tags are " + String.join(" ", known(all)));
        }
        return ids;
    }

    private static Set<String> known(Features all) {
        Set<String> known = new TreeSet<>();
        all.rows().forEach(row -> known.addAll(row.tags()));
        return known;
    }

    private Expression expression(Features all) {
        Set<String> known = known(all);
        Matcher tag = TAG.matcher(tags);
        while (tag.find()) {
            if (!known.contains(tag.group())) {
                throw new InvalidSelection(TAGS + " names " + tag.group() + ", which no scenario has; "
                        + Tags.insteadOf(tag.group(), known));
            }
        }
        try {
            return TagExpressionParser.parse(tags);
        } catch (TagExpressionException e) {
            throw new InvalidSelection(TAGS + " cannot be read: " + e.getMessage().strip()
                    + " Write it like '@canary and not @CAN-3'");
        }
    }

    private Pattern named() {
        try {
            return Pattern.compile(name);
        } catch (PatternSyntaxException e) {
            throw new InvalidSelection(NAME + "=" + name + " cannot be read: " + e.getDescription()
                    + ". Write some words of the name, with a dot for each sign that is not a letter");
        }
    }

    private List<Features.Row> inFiles(List<Features.Row> rows) {
        List<Features.Row> selected = new ArrayList<>();
        for (String part : features.split(",")) {
            Matcher lines = LINES.matcher(part.strip());
            Path path = Path.of(lines.matches() ? lines.group(1) : part.strip()).toAbsolutePath().normalize();
            if (!Files.exists(path)) {
                throw new InvalidSelection(FEATURES + " names " + path + ", which there is not");
            }
            List<Features.Row> inFile = rows.stream()
                    .filter(row -> row.file().toAbsolutePath().normalize().startsWith(path)).toList();
            if (!lines.matches()) {
                selected.addAll(inFile);
                continue;
            }
            for (String line : lines.group(2).substring(1).split(":")) {
                int number = Integer.parseInt(line);
                List<Features.Row> there = inFile.stream().filter(row -> row.lines().contains(number)).toList();
                if (there.isEmpty()) {
                    throw new InvalidSelection(FEATURES + " names " + part.strip() + ", and line " + number
                            + " is not the one on which a scenario or a row of examples begins" + inFile.stream()
                            .map(Features.Row::line).filter(begin -> begin <= number).max(Comparator.naturalOrder())
                            .map(begin -> "; did you mean " + lines.group(1) + ":" + begin + "?").orElse(""));
                }
                selected.addAll(there);
            }
        }
        return selected;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!tags.isBlank()) {
            parts.add(TAGS + "=" + tags);
        }
        if (!name.isBlank()) {
            parts.add(NAME + "=" + name);
        }
        if (!features.isBlank()) {
            parts.add(FEATURES + "=" + features);
        }
        return parts.isEmpty() ? "the whole of features" : String.join(" with ", parts);
    }
}
