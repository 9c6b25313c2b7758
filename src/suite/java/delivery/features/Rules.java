package delivery.features;

import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Section;
import delivery.settings.Distance;
import io.cucumber.messages.types.Background;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.Tag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of the features: that they match the checklist, and use only words that every reader knows. */
final class Rules {

    private static final int LONGEST_LINE = 120;
    private static final String CRITERION = "@[A-Z]+-[A-Z0-9]+";
    private static final Pattern QUOTES = Pattern.compile("[“”„«»‘’‚‹›]");
    /** Words that a reader who does not know Kubernetes would not understand. */
    private static final Map<Pattern, String> FOREIGN = Map.of(
            Pattern.compile("\\bI\\b"), "\"I\": say what the release, the users or the Application do",
            Pattern.compile("(?i)\\bnamespaces?\\b"), "a namespace: say what users or the release see of it",
            Pattern.compile("(?i)\\b(?:label |matchL|pod)?selectors?\\b"),
            "a selector: name the Service or the version",
            Pattern.compile("\\b(?:apiVersion|kind|metadata|spec|status|template):"),
            "YAML: say in words what it stands for",
            Pattern.compile("(?:\\bapp|io/[\\w-]+)=\\w+"), "a label: name the version");

    private final Features features;
    private final Checklist checklist;
    private final Vocabulary vocabulary;
    private final StepRules steps;
    private final List<Finding> found = new ArrayList<>();
    private final Map<String, String> proved = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private boolean unclear;

    Rules(Features features, Checklist checklist, Vocabulary vocabulary) {
        this.features = features;
        this.checklist = checklist;
        this.vocabulary = vocabulary;
        this.steps = new StepRules(vocabulary);
        this.unclear = !features.allRead();
    }

    List<Finding> findings() {
        for (FeatureFile file : features.files()) {
            text(file);
            feature(file, file.feature().orElseThrow());
            swallowed(file, file.feature().orElseThrow().getDescription(), "Scenario:");
            for (Background background : Features.backgrounds(file.feature().orElseThrow())) {
                swallowed(file, background.getDescription(), "Background:");
                found.addAll(steps.of(file, background));
            }
            for (Scenario scenario : Features.scenarios(file)) {
                identity(file, scenario);
                swallowed(file, scenario.getDescription(), "Scenario:");
                found.addAll(steps.of(file, scenario));
            }
        }
        // If a file or a tag is unclear, it is also unclear which criteria are missing.
        if (!unclear) {
            checklist.criteria().stream().filter(criterion -> !proved.containsKey(criterion.id()))
                    .forEach(this::missing);
        }
        return found;
    }

    private void text(FeatureFile file) {
        Path path = file.text().file();
        List<String> lines = file.text().lines();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            long number = index + 1L;
            boolean name = line.strip().matches("(?:Feature|Scenario|Scenario Outline|Scenario Template|Example):.*");
            if (QUOTES.matcher(line).find() && !line.strip().startsWith("#")) {
                found.add(Finding.meaning(path, index + 1, "the quotation marks " + quotes(line)
                        + " are not those of a keyboard", "write \" or ', or leave them out"));
            }
            if (name) {
                continue; // the criterion's own words
            }
            if (line.length() > LONGEST_LINE) {
                found.add(Finding.rule(path, index + 1, "the line has " + line.length() + " characters",
                        "write " + LONGEST_LINE + " at most: break the description, or say it in fewer words"));
            }
            if (line.strip().indexOf('\t') >= 0) {
                found.add(Finding.rule(path, index + 1, "there is a tab between words", "write a blank"));
            }
            foreign(line).ifPresent(why -> found.add(Finding.rule(path, number, "a reader need not know "
                    + why.split(": ", 2)[0], why.split(": ", 2)[1])));
        }
    }

    private static Optional<String> foreign(String line) {
        return line.strip().startsWith("#") ? Optional.empty() : FOREIGN.entrySet().stream()
                .filter(word -> word.getKey().matcher(line).find()).map(Map.Entry::getValue).findFirst();
    }

    /** Finds steps whose keyword is misspelt or missing: they are part of the description above them, and never run. */
    private void swallowed(FeatureFile file, String description, String heading) {
        description.lines().map(String::strip).filter(line -> !vocabulary.fitting(line).isEmpty()
                || !vocabulary.fitting(line.replaceFirst("^\\S+\\s+", "")).isEmpty())
                .forEach(line -> found.add(Finding.meaning(file.text().file(), file.text().first(line).orElse(1),
                        "\"" + line
                        + "\" is read as a description, not as a step", "begin it with Given, When, Then, And"
                                + " or But, below \"" + heading + "\"")));
    }

    private static String quotes(String line) {
        return QUOTES.matcher(line).results().map(match -> match.group()).distinct()
                .reduce((one, other) -> one + " " + other).orElse("");
    }

    private void feature(FeatureFile file, Feature feature) {
        Path path = file.text().file();
        feature.getChildren().forEach(child -> child.getRule().ifPresent(rule -> found.add(Finding.rule(path,
                rule.getLocation().getLine(), "a Rule does not show in the report",
                "put its scenarios under the Feature"))));
        boolean known = tags(path, feature.getTags());
        misplaced(path, feature.getTags());
        List<String> sections = checklist.sections().stream().map(Section::name).toList();
        if (!sections.contains(feature.getName())) {
            unclear = true;
            found.add(Finding.meaning(path, feature.getLocation().getLine(), "the checklist has no section \""
                    + feature.getName() + "\"", "did you mean \""
                    + sections.stream().min(Comparator.comparingInt(section ->
                            Distance.between(section, feature.getName()))).orElseThrow() + "\"? The sections are "
                    + String.join(", ", sections)));
        } else if (known
                && feature.getTags().stream().map(Tag::getName).noneMatch(Tags.of(feature.getName())::equals)) {
            found.add(Finding.meaning(path, feature.getLocation().getLine(),
                    "missing tag: the feature needs its section's tag, " + Tags.of(feature.getName()),
                    "write it in the line above"));
        }
        if (Features.scenarios(file).isEmpty()) {
            found.add(Finding.meaning(path, feature.getLocation().getLine(), "there is no scenario in it",
                    "write one for each criterion of the section"));
        }
    }

    /** @return whether all of them are known */
    private boolean tags(Path path, List<Tag> tags) {
        boolean known = true;
        for (Tag tag : tags) {
            if (!Tags.all(checklist).contains(tag.getName())) {
                known = false;
                unclear = true;
                found.add(Finding.meaning(path, tag.getLocation().getLine(), "there is no tag " + tag.getName(),
                        Tags.insteadOf(tag.getName(), Tags.all(checklist))
                                + (tag.getName().matches(CRITERION) ? "; a criterion of your own needs a box in "
                                        + features.task() + " first: - [ ] its words <!-- " + tag.getName().substring(1)
                                        + " -->" : "")));
            }
        }
        return known;
    }

    /** A criterion's tag anywhere but above its scenario would have other scenarios prove it. */
    private void misplaced(Path path, List<Tag> tags) {
        tags.stream().filter(tag -> checklist.criterion(tag.getName().substring(1)).isPresent()).forEach(tag ->
                found.add(Finding.meaning(path, tag.getLocation().getLine(), tag.getName() + " is a criterion's tag,"
                        + " and this is not its scenario", "write it in the line above the scenario")));
    }

    /** Checks which criterion a scenario proves; only the first problem is reported. */
    private void identity(FeatureFile file, Scenario scenario) {
        Path path = file.text().file();
        String where = path + ":" + Features.line(scenario);
        if (!tags(path, Stream.concat(scenario.getTags().stream(), scenario.getExamples().stream()
                .flatMap(examples -> examples.getTags().stream())).toList())) {
            return;
        }
        scenario.getExamples().forEach(examples -> misplaced(path, examples.getTags()));
        List<Criterion> criteria = scenario.getTags().stream()
                .flatMap(tag -> checklist.criterion(tag.getName().substring(1)).stream()).distinct().toList();
        if (criteria.size() != 1) {
            unclear = true;
            found.add(Finding.meaning(path, Features.line(scenario), "the scenario has " + (criteria.isEmpty()
                    ? "no tag of a criterion" : "the tags of several criteria"), criteria.isEmpty()
                    ? "write " + withWords(scenario.getName()).map(criterion -> "@" + criterion.id())
                            .orElse("one of " + ids()) + " in the line above it"
                    : "leave it one, and give the other criterion a scenario of its own"));
            return;
        }
        Criterion criterion = criteria.get(0);
        String earlier = proved.putIfAbsent(criterion.id(), where);
        if (earlier != null) {
            unclear = true;
            found.add(Finding.meaning(path, Features.line(scenario), "@" + criterion.id()
                    + " is the tag of the scenario in "
                    + earlier + " already", withWords(scenario.getName()).filter(named -> !named.equals(criterion))
                            .map(named -> "these are the words of @" + named.id())
                            .orElse("one scenario proves a criterion: write one Scenario Outline with examples, or"
                                    + " delete"
                                    + " one of them")));
            return;
        }
        if (!criterion.words().equals(scenario.getName())) {
            found.add(Finding.meaning(path, Features.line(scenario), "the scenario's name is not the criterion's words",
                    "write \"" + criterion.words() + "\""));
            return;
        }
        String feature = file.feature().orElseThrow().getName();
        if (!criterion.section().equals(feature)
                && checklist.sections().stream().anyMatch(section -> section.name().equals(feature))) {
            found.add(Finding.meaning(path, Features.line(scenario), "@" + criterion.id() + " is of the section \""
                    + criterion.section() + "\", and this is \"" + feature
                    + "\"", "move it to the feature of its section"));
            return;
        }
        String same = names.putIfAbsent(scenario.getName(), where);
        if (same != null) {
            found.add(Finding.meaning(path, Features.line(scenario), "the scenario in " + same + " has the same name",
                    "the report would show only one of them; give it another name"));
        }
    }

    private Optional<Criterion> withWords(String words) {
        return checklist.criteria().stream().filter(criterion -> criterion.words().equals(words)).findFirst();
    }

    private void missing(Criterion criterion) {
        String file = features.files().stream().filter(feature -> feature.feature().orElseThrow().getName()
                        .equals(criterion.section())).map(feature -> feature.text().file().toString()).findFirst()
                .orElse("a feature file named after the section");
        found.add(Finding.meaning(features.task(), features.lineOf(criterion), "no scenario proves " + criterion.id(),
                "add to " + file + ": @" + criterion.id() + " and \"Scenario: " + criterion.words() + "\""));
    }

    private String ids() {
        return String.join(" ", checklist.criteria().stream().map(criterion -> "@" + criterion.id()).toList());
    }
}
