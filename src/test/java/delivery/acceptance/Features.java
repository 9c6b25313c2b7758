package delivery.acceptance;

import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.tagexpressions.Expression;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The feature files as Cucumber reads them, held against the checklist. */
final class Features {

    private static final Pattern TAG = Pattern.compile("@[^\\s()]+");

    /** A scenario, or one row of an outline's examples. */
    record Scenario(String file, String feature, String name, Set<String> tags, int steps) {
    }

    private final List<Scenario> scenarios = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Features() {
    }

    /** Reads all feature files of a folder. What cannot be parsed is a problem, with file and line. */
    static Features read(Path folder) throws IOException {
        Features features = new Features();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".feature")).sorted().toList()) {
                features.parse(file);
            }
        }
        if (features.scenarios.isEmpty() && features.problems.isEmpty()) {
            features.problems.add(folder + ": there is no scenario in it");
        }
        return features;
    }

    private void parse(Path file) throws IOException {
        String feature = "";
        int before = scenarios.size();
        GherkinParser parser = GherkinParser.builder().includeSource(false).build();
        for (Envelope envelope : parser.parse(file).toList()) {
            envelope.getParseError().ifPresent(error -> problems.add(file + ":"
                    + error.getMessage().replaceFirst("^\\((\\d+):\\d+\\): ", "$1: ")));
            feature = envelope.getGherkinDocument().flatMap(document -> document.getFeature())
                    .map(Feature::getName).orElse(feature);
            Optional<Pickle> pickle = envelope.getPickle();
            if (pickle.isPresent()) {
                Set<String> tags = new LinkedHashSet<>();
                for (PickleTag tag : pickle.get().getTags()) {
                    tags.add(tag.getName());
                }
                scenarios.add(new Scenario(file.toString(), feature, pickle.get().getName(), tags,
                        pickle.get().getSteps().size()));
            }
        }
        if (scenarios.size() == before && problems.stream().noneMatch(problem -> problem.startsWith(file.toString()))) {
            problems.add(file + ": there is no scenario in it; an outline without Examples has none either");
        }
    }

    /** Everything that keeps the features from being the checklist, in words, with the file; empty if nothing does. */
    List<String> problems(Checklist checklist) {
        List<String> found = new ArrayList<>(problems);
        Set<String> covered = new TreeSet<>();
        for (Scenario scenario : scenarios) {
            String where = scenario.file() + ": \"" + scenario.name() + "\" ";
            List<Criterion> criteria = criteria(scenario, checklist);
            if (scenario.steps() == 0) {
                found.add(where + "has no step");
            }
            if (criteria.size() != 1) {
                found.add(where + "has " + (criteria.isEmpty() ? "no tag" : "several tags")
                        + " of a criterion; give it one of " + ids(checklist));
                continue;
            }
            Criterion criterion = criteria.get(0);
            covered.add(criterion.id());
            if (!criterion.words().equals(scenario.name())) {
                found.add(where + "is tagged @" + criterion.id() + ", whose words are \"" + criterion.words() + "\"");
            }
            if (!criterion.section().equals(scenario.feature())) {
                found.add(where + "is in the feature \"" + scenario.feature() + "\", its criterion in the section \""
                        + criterion.section() + "\"");
            }
        }
        // With a file unread, what it holds is not missing.
        if (problems.isEmpty()) {
            for (Criterion criterion : checklist.criteria()) {
                if (!covered.contains(criterion.id())) {
                    found.add("no scenario is tagged @" + criterion.id() + ": \"" + criterion.words() + "\"");
                }
            }
        }
        return found;
    }

    /**
     * Ids of the criteria that a tag expression selects; all for an empty one.
     *
     * @throws InvalidSelection if the expression cannot be read, names a tag that no scenario has, or selects
     *     nothing; the message says which tags there are
     */
    Set<String> selected(String expression, Checklist checklist) {
        Set<String> known = new TreeSet<>();
        scenarios.forEach(scenario -> known.addAll(scenario.tags()));
        Matcher named = TAG.matcher(expression);
        while (named.find()) {
            if (!known.contains(named.group())) {
                throw new InvalidSelection("cucumber.filter.tags names " + named.group()
                        + ", which no scenario has; the tags are " + String.join(" ", known));
            }
        }
        Expression selection;
        try {
            selection = TagExpressionParser.parse(expression);
        } catch (TagExpressionException e) {
            throw new InvalidSelection("cucumber.filter.tags cannot be read: " + e.getMessage().strip()
                    + " Write it like '@canary and not @CAN-3'");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Scenario scenario : scenarios) {
            if (selection.evaluate(List.copyOf(scenario.tags()))) {
                criteria(scenario, checklist).forEach(criterion -> ids.add(criterion.id()));
            }
        }
        if (ids.isEmpty()) {
            throw new InvalidSelection("cucumber.filter.tags=" + expression
                    + " selects no scenario; the tags are " + String.join(" ", known));
        }
        return ids;
    }

    /** How many scenarios a tag expression that can be read selects, by the id of their criterion. */
    Map<String, Integer> scenarios(String expression, Checklist checklist) {
        Expression selection = TagExpressionParser.parse(expression);
        Map<String, Integer> scenariosOfId = new TreeMap<>();
        scenarios.stream().filter(scenario -> selection.evaluate(List.copyOf(scenario.tags())))
                .flatMap(scenario -> criteria(scenario, checklist).stream())
                .forEach(criterion -> scenariosOfId.merge(criterion.id(), 1, Integer::sum));
        return scenariosOfId;
    }

    private static List<Criterion> criteria(Scenario scenario, Checklist checklist) {
        return checklist.criteria().stream()
                .filter(criterion -> scenario.tags().contains("@" + criterion.id())).toList();
    }

    private static String ids(Checklist checklist) {
        return String.join(" ", checklist.criteria().stream().map(criterion -> "@" + criterion.id()).toList());
    }
}
