package delivery.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * VS Code's Cucumber extension uses Cucumber's language service, which reads the glue as source: it must know every
 * step and parameter, report no false error, and format as {@code make format} does. The test needs Node.js, and npm's
 * registry once.
 */
@Timeout(300)
class LanguageServiceTest {

    private static final Path PROGRAM = Path.of("src/test/language-service");
    private static final Path INSTALLED = Path.of("target/language-service");
    private static final Path GLUE = Path.of("src/suite/java/delivery/steps");
    private static final int SECONDS = 120;

    @TempDir
    private static Path folder;

    private static JsonNode report;

    @BeforeAll
    static void ask() throws IOException, InterruptedException {
        install();
        formattedFeatures();
        Path answer = folder.resolve("report.json");
        assertThat(run(answer, "node", PROGRAM.resolve("report.mjs").toString(), INSTALLED.toString(), GLUE.toString(),
                folder.toString())).as(Files.readString(answer)).isZero();
        report = new ObjectMapper().readTree(answer.toFile());
    }

    private static void install() throws IOException, InterruptedException {
        Path lock = INSTALLED.resolve("package-lock.json");
        if (Files.exists(lock) && Files.mismatch(lock, PROGRAM.resolve("package-lock.json")) < 0
                && Files.isDirectory(INSTALLED.resolve("node_modules"))) {
            return;
        }
        Files.createDirectories(INSTALLED);
        Files.copy(PROGRAM.resolve("package.json"), INSTALLED.resolve("package.json"),
                StandardCopyOption.REPLACE_EXISTING);
        Path log = folder.resolve("npm.log");
        Path wanted = PROGRAM.resolve("package-lock.json");
        Files.copy(wanted, lock, StandardCopyOption.REPLACE_EXISTING);
        int code = -1;
        try {
            code = run(log, "npm", "ci", "--prefix", INSTALLED.toString(), "--omit=optional", "--ignore-scripts",
                    "--no-audit", "--no-fund");
        } catch (IOException noNode) {
            Files.writeString(log, noNode.getMessage());
        }
        if (code != 0) {
            Files.delete(lock);
        }
        assumeTrue(code == 0, "Cucumber's language service could not be installed by npm: " + Files.readString(log));
    }

    private static int run(Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            return process.waitFor(SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Formats the project's features, those of the tests that can be parsed, and one with every element of Gherkin. */
    private static void formattedFeatures() throws IOException {
        for (Path from : List.of(Path.of("features"), Path.of("src/test/resources/broken"))) {
            for (FeatureFile file : Features.read(from).files()) {
                Files.writeString(folder.resolve(from.getFileName() + "-" + file.text().file().getFileName()),
                        Formatting.of(file).text());
            }
        }
        Files.writeString(folder.resolve("all.feature"), Formatting.of(FeatureFile.parse(
                new FeatureText(Path.of("all.feature"), """
                # of the whole file

                @a
                @b   @c
                Feature:   All
                   what it
                     is

                   about
                 Background:
                  * first
                 # of the scenario
                 @d
                 Scenario: One
                   why
                  # of the step
                  Given a text
                      \"\"\"json
                      {
                    less

                        "a": 1 }
                      \"\"\"
                  And a table
                  |a|b c|
                  |10%|\\||
                  |200 requests|中\\\\\\n|
                 Rule: R
                  Scenario Outline: <x>
                   Then <x>
                   @e
                   Examples: some
                   more
                   |x|
                   |1|
                # the end
                """))).text());
    }

    @Test
    void knowsEveryStepAndEveryParameter() {
        Vocabulary vocabulary = Vocabulary.read();
        assertThat(texts("errors")).isEmpty();
        assertThat(texts("steps")).containsExactlyElementsOf(
                vocabulary.steps().stream().map(StepDefinition::source).sorted().toList());
        assertThat(texts("parameters")).containsExactlyElementsOf(
                vocabulary.parameters().keySet().stream().sorted().toList());
    }

    @Test
    void reportsNoErrorThatIsNone() {
        assertThat(texts("findings")).filteredOn(finding -> finding.contains("/features-")).isEmpty();
        assertThat(texts("findings")).as("one that is one").anyMatch(finding ->
                finding.contains("step-with-a-typo.feature:") && finding.contains("Undefined step"));
    }

    @Test
    void formatsAsMakeFormatDoes() throws IOException {
        assertThat(report.path("formatted")).hasSizeGreaterThan(40);
        for (var file : report.path("formatted").properties()) {
            assertThat(file.getValue().asText()).as(file.getKey())
                    .isEqualTo(Files.readString(Path.of(file.getKey()), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theEditorLooksWhereTheGlueIs() throws IOException {
        assertThat(new ObjectMapper().readTree(Path.of(".vscode/settings.json").toFile()).path("cucumber.glue").get(0)
                .asText()).isEqualTo(GLUE + "/*.java");
    }

    private static List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        report.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
