package delivery.features;

import delivery.settings.Distance;
import delivery.text.Ellipsis;
import io.cucumber.messages.types.ParseError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explains why a file cannot be read as a feature. The parser continues after an error; only its first error counts.
 */
final class ParseErrorExplainer {

    private static final Pattern MESSAGE = Pattern.compile("(?s)\\((\\d+):\\d+\\): (.*)");
    private static final Pattern GOT = Pattern.compile("(?s).*, got '(.*)'");
    private static final Pattern LANGUAGE = Pattern.compile("\\s*#\\s*language\\s*:\\s*(\\S+)\\s*");
    private static final Pattern HEADING = Pattern.compile("\\s*([\\p{L}]+(?: [\\p{L}]+)?)\\s*:.*");
    private static final Pattern STEP = Pattern.compile("\\s*([\\p{L}*]+)\\b\\s*(.*)");

    private static final List<String> HEADINGS =
            List.of("Feature", "Scenario", "Scenario Outline", "Examples", "Background");
    private static final List<String> STEPS = List.of("Given", "When", "Then", "And", "But");
    /** Largest edit distance of a misspelt keyword from the right one. */
    private static final int NEAR = 2;

    private ParseErrorExplainer() {
    }

    /** Returns an error that makes the file unreadable or changes its meaning; empty if there is none. */
    static Optional<Finding> of(FeatureFile feature) {
        FeatureText text = feature.text();
        if (text.text().isBlank()) {
            return Optional.of(Finding.meaning(text.file(), 1, "the file is empty",
                    "begin it with \"Feature: \" and the name of the section, or delete it"));
        }
        return language(text).or(() -> misspelt(feature)).or(() -> error(feature)).or(() -> swallowed(feature))
                .or(() -> feature.feature().isPresent() ? Optional.empty()
                        : Optional.of(Finding.meaning(text.file(), 1, "there is no feature in it",
                                "begin it with \"Feature: \" and the name of the section")));
    }

    private static Optional<Finding> language(FeatureText text) {
        List<String> lines = text.lines();
        for (int index = 0; index < lines.size(); index++) {
            Matcher language = LANGUAGE.matcher(lines.get(index));
            if (language.matches() && !language.group(1).equals("en")) {
                return Optional.of(Finding.meaning(text.file(), index + 1, "the features are in English, and not in \""
                        + language.group(1)
                        + "\"", "delete this line, and write Feature, Scenario, Given, When, Then"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> error(FeatureFile feature) {
        return feature.errors().stream().map(ParseError::getMessage).map(MESSAGE::matcher).filter(Matcher::matches)
                .min(Comparator.comparingInt(message -> Integer.parseInt(message.group(1))))
                .map(first -> said(feature.text(), Integer.parseInt(first.group(1)), first.group(2)));
    }

    private static Finding said(FeatureText text, int line, String message) {
        Matcher got = GOT.matcher(message);
        if (message.contains("inconsistent cell count")) {
            return Finding.meaning(text.file(), line,
                    "this row has another number of cells than the first row of its table",
                    "give it as many, each between two |");
        }
        if (message.startsWith("unexpected end of file")) {
            return unclosed(text).map(opened -> Finding.meaning(text.file(), opened,
                    "the text that begins here has no end", "close it with a line of \"\"\""))
                    .orElseGet(() ->
                            Finding.meaning(text.file(), lastLine(text), "the file ends too early: a tag stands"
                            + " before nothing", "write the scenario, or delete the tag"));
        }
        if (got.matches()) {
            return unexpected(text, line, got.group(1).strip());
        }
        if (message.contains("whitespace")) {
            return Finding.meaning(text.file(), line, "a tag has a blank in it", "write it in one piece, as in @CAN-3");
        }
        return Finding.meaning(text.file(), line, "this line cannot be read: " + message.strip(),
                "compare it with another feature file");
    }

    private static Finding unexpected(FeatureText text, int line, String got) {
        String cut = Ellipsis.to(60, got);
        if (got.startsWith("Feature:")) {
            return Finding.meaning(text.file(), line, "a second feature begins here", "give it a file of its own");
        }
        if (got.startsWith("Background:")) {
            return background(text, line);
        }
        if (got.startsWith("Examples:")) {
            return Finding.meaning(text.file(), line, "Examples stand here with no steps before them",
                    "put them after the steps of a Scenario Outline");
        }
        if (text.lines().stream().limit(line - 1L).noneMatch(before -> before.strip().startsWith("Feature:"))) {
            return Finding.meaning(text.file(), line, "there is no \"Feature:\" before this",
                    "begin the file with \"Feature: \" and the name of the section");
        }
        if (got.startsWith("|")) {
            return Finding.meaning(text.file(), line, "a table stands here with no step and no Examples before it",
                    "write \"Examples:\" before it, or delete it");
        }
        Matcher step = STEP.matcher(got);
        Optional<String> near = step.matches() ? nearest(step.group(1), STEPS) : Optional.empty();
        return Finding.meaning(text.file(), line, "\"" + cut + "\" begins with no keyword",
                near.map(keyword -> "did you mean \"" + keyword + " " + step.group(2) + "\"?")
                        .orElse("begin it with Given, When, Then, And or But"));
    }

    private static Finding background(FeatureText text, int line) {
        List<String> above = text.lines().stream().limit(line - 1L).map(String::strip)
                .filter(before -> !before.isEmpty() && !before.startsWith("#")).toList();
        if (above.get(above.size() - 1).startsWith("@")) {
            return Finding.meaning(text.file(), line, "a Background has no tag",
                    "put the tag above the Feature or above the scenarios that it is for");
        }
        return above.stream()
                .noneMatch(before -> before.matches("(?:Scenario|Scenario Outline|Scenario Template|Example):.*"))
                ? Finding.meaning(text.file(), line, "a second Background begins here",
                        "put its steps into the first one")
                : Finding.meaning(text.file(), line, "a Background stands after a scenario",
                        "put it before the first one");
    }

    /** Finds a misspelt heading anywhere: as part of a description it would not even be an error. */
    private static Optional<Finding> misspelt(FeatureFile feature) {
        List<String> lines = feature.text().lines();
        boolean quoted = false;
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            quoted ^= line.startsWith("\"\"\"") || line.startsWith("```");
            Matcher heading = HEADING.matcher(line);
            if (quoted || !heading.matches() || known(heading.group(1))) {
                continue;
            }
            Optional<String> near = nearest(heading.group(1), HEADINGS);
            if (near.isPresent()) {
                return Optional.of(Finding.meaning(feature.text().file(), index + 1, "\"" + heading.group(1)
                        + ":\" is not a keyword", "did you mean \"" + near.get() + ":\"?"));
            }
        }
        return Optional.empty();
    }

    private static boolean known(String word) {
        return HEADINGS.contains(word) || List.of("Rule", "Example", "Scenarios", "Scenario Template").contains(word);
    }

    /** Finds steps in a description, which are read as mere words and never run. */
    private static Optional<Finding> swallowed(FeatureFile feature) {
        List<String> descriptions = new ArrayList<>();
        feature.feature().ifPresent(read -> {
            descriptions.add(read.getDescription());
            read.getChildren().forEach(child -> {
                child.getScenario().ifPresent(scenario -> descriptions.add(scenario.getDescription()));
                child.getBackground().ifPresent(background -> descriptions.add(background.getDescription()));
            });
        });
        return descriptions.stream().flatMap(String::lines).map(String::strip)
                .filter(line -> STEPS.stream().anyMatch(keyword -> line.startsWith(keyword + " ")))
                .findFirst().map(line -> Finding.meaning(feature.text().file(), feature.text().first(line).orElse(1),
                        "\"" + line + "\" is read as a description, not as a step",
                        "write a line \"Scenario: …\" before it"));
    }

    private static Optional<String> nearest(String word, List<String> keywords) {
        return keywords.stream()
                .filter(keyword -> Distance.between(lower(word), lower(keyword)) <= (keyword.length() > 3 ? NEAR : 1))
                .min(Comparator.comparingInt(keyword -> Distance.between(word, keyword)));
    }

    private static String lower(String word) {
        return word.toLowerCase(java.util.Locale.ROOT);
    }

    private static Optional<Integer> unclosed(FeatureText text) {
        Optional<Integer> opened = Optional.empty();
        String delimiter = "";
        List<String> lines = text.lines();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (opened.isEmpty() && (line.startsWith("\"\"\"") || line.startsWith("```"))) {
                opened = Optional.of(index + 1);
                delimiter = line.substring(0, 3);
            } else if (opened.isPresent() && line.equals(delimiter)) {
                opened = Optional.empty();
            }
        }
        return opened;
    }

    private static int lastLine(FeatureText text) {
        List<String> lines = text.lines();
        int last = lines.size();
        while (last > 1 && lines.get(last - 1).isBlank()) {
            last--;
        }
        return last;
    }
}
