package delivery.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The catalogue of all steps and parameters for people who write features, generated from the code itself. */
public final class StepCatalogue {

    private final Vocabulary vocabulary;

    public StepCatalogue(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Writes the catalogue as Markdown, creating the folder if necessary. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, markdown());
    }

    String markdown() {
        StringBuilder text = new StringBuilder("""
                # The steps

                The steps that a feature can use. `make check` writes this file from the code of the steps.
                Given is the situation before, When is the action, Then is the observation, and `And` repeats the keyword
                above it. Of words with `/` between them, write any one; words in brackets can be left out.
                """);
        String noun = "";
        for (StepDefinition step : vocabulary.steps()) {
            if (!step.noun().equals(noun)) {
                noun = step.noun();
                text.append("\n## ").append(noun).append("\n\n| | step | for example |\n|---|---|---|\n");
            }
            text.append("| ").append(role(step)).append(" | `").append(step.source()).append("` | ")
                    .append(vocabulary.example(step))
                    .append(step.below().isPresent() ? " (and a table, see below)" : "")
                    .append(" |\n");
        }
        text.append("\n# The parameters\n\n| in a step | meaning | range | spellings |\n|---|---|---|---|\n");
        for (Parameter parameter : vocabulary.parameters().values()) {
            text.append("| `{").append(parameter.name()).append("}` | ").append(parameter.meaning()).append(" | ")
                    .append(parameter.range().isEmpty() ? "as listed" : parameter.range()).append(" | ")
                    .append(parameter.spellings().stream().map(spelling -> "`" + spelling + "`")
                            .collect(Collectors.joining(", "))).append(" |\n");
        }
        return text.append("""

                # Tables

                The canary's steps, one row each. `then` is `until promoted`, `for 5 seconds` or `analysis` (the chart's
                own), or several of them with commas:

                ```
                And the canary's steps are:
                  | share | then                     |
                  |   10% | analysis, until promoted |
                  |   50% | for 5 seconds            |
                ```
                """).toString();
    }

    private static String role(StepDefinition step) {
        String name = step.role().name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** Returns sentences that show each step once. */
    List<String> examples() {
        return vocabulary.steps().stream().map(vocabulary::example).toList();
    }
}
