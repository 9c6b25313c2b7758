package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.criteria.Checklist;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import delivery.failure.InvalidSelection;
import delivery.report.AllureReport;
import delivery.run.Run;
import io.cucumber.core.cli.Main;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small features run by Cucumber itself with the plugins of a run, and their outcomes in Allure's results. */
class VerdictInReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RESULTS = "allure.results.directory";

    @TempDir
    Path folder;

    private AllureLifecycle before;
    private Run run;
    private Summary summary;

    @BeforeEach
    void aRunWithoutAnythingToProveOn() {
        before = Allure.getLifecycle();
        Path results = folder.resolve("results");
        run = new Run(Checklist.read(Path.of("features/task-9.md")), folder.resolve("reports"),
                new AllureReport(results, folder.resolve("no renderer")));
        run.begin(Map.of(), new Properties(), Optional.of(new InvalidSelection("nothing is reached in this test")),
                Map.of());
        SuiteRun.ofTest(run);
        System.setProperty(RESULTS, results.toString());
    }

    @AfterEach
    void theLifecycleIsAsBefore() {
        Allure.setLifecycle(before);
        SuiteRun.none();
        System.clearProperty(RESULTS);
    }

    @Test
    void aProvenCriterionShowsFirstWhatItsScenarioSaw() throws IOException {
        JsonNode result = prove("BG-3", "    Then 200 requests are seen");

        assertThat(result.path("status").asText()).isEqualTo("passed");
        assertThat(result.path("name").asText()).startsWith("BG-3: The `*-preview` Service");
        assertThat(result.path("descriptionHtml").asText())
                .startsWith("<p>200 requests were seen by bearer (redacted)</p>");
        assertThat(labels(result, "feature")).containsExactly("2 Blue-Green Strategy");
        assertThat(labels(result, "story")).isEmpty();
        assertThat(line("BG-3").result().seen()).isEqualTo("200 requests were seen by bearer (redacted)");
    }

    @Test
    void everyRowOfAnOutlineHasWhatItSawItself() throws IOException {
        write("""
                Feature: Canary Strategy
                  @CAN-A
                  Scenario Outline: The canary release is judged by analysis.
                    Then <n> requests are seen
                    Examples:
                      | n |
                      | 1 |
                      | 2 |
                """);
        List<JsonNode> results = cucumber();

        assertThat(results).extracting(result -> result.path("descriptionHtml").asText().substring(0, 14))
                .containsExactlyInAnyOrder("<p>1 requests ", "<p>2 requests ");
        assertThat(results).extracting(result -> result.path("historyId").asText()).doesNotHaveDuplicates();
        assertThat(line("CAN-A").result().seen()).contains("1 requests were", "; 2 requests were");
    }

    @Test
    void aCriterionThatIsNotMetSaysSoBeforeAnyTraceAndTheTraceIsOfOurCode() throws IOException {
        JsonNode result = prove("BG-3", "    Then it is not so");

        assertThat(result.path("status").asText()).isEqualTo("failed");
        assertThat(result.at("/statusDetails/message").asText())
                .startsWith("Expected: so, token=(redacted)\nLast seen: not so\nSeen on the way:");
        assertThat(result.at("/statusDetails/trace").asText().lines()).hasSizeBetween(2, 5)
                .allMatch(line -> line.equals("java.lang.AssertionError") || line.startsWith("\tat delivery.")
                        || line.startsWith("\tat ✽."));
        assertThat(result.at("/steps/0/statusDetails/message").asText()).isEqualTo("Expected: so, token=(redacted)");
        assertThat(result.at("/steps/0/statusDetails/trace").isMissingNode()).isTrue();
        assertThat(result.toString()).doesNotContain("s3cret");
        assertThat(line("BG-3").result().sentence()).isEqualTo("Expected: so, token=(redacted). Last seen: not so");
    }

    @Test
    void aCriterionThatIsNotApplicableIsSkippedAndSaysWhy() throws IOException {
        JsonNode result = prove("CAN-2", "    Given a delivery without a canary");

        assertThat(result.path("status").asText()).isEqualTo("skipped");
        assertThat(result.at("/statusDetails/message").asText())
                .isEqualTo("Not applicable: The delivery releases by blue-green alone");
        assertThat(line("CAN-2").result().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void anAssertionIsItsSentenceWhereverItIsRead() throws IOException {
        String sentence = "seconds from the switch on: expected to be between [4, 15] but was 30";
        JsonNode result = prove("BG-3", "    Then a number is not as expected");

        assertThat(result.at("/statusDetails/message").asText()).isEqualTo(sentence);
        assertThat(result.at("/steps/0/statusDetails/message").asText()).isEqualTo(sentence);
        assertThat(line("BG-3").result().reason()).isEqualTo(sentence);
    }

    @Test
    void whatTheEnvironmentCannotCarryIsSkippedWithTheReason() throws IOException {
        JsonNode result = prove("BG-3", "    Given an environment that is not fit");

        assertThat(result.path("status").asText()).isEqualTo("skipped");
        assertThat(result.at("/statusDetails/message").asText()).isEqualTo("Not run: environment problem:"
                + " The gateway does not answer with password=(redacted) Start it.");
        assertThat(result.has("historyId")).as("it was never tried").isFalse();
    }

    @Test
    void theCheckBeforeAllOthersIsRedForIt() throws IOException {
        assertThat(prove("PRE-1", "    Given an environment that is not fit").path("status").asText())
                .isEqualTo("failed");
        assertThat(run.summary(Set.of("PRE-1")).exitCode()).isEqualTo(3);
    }

    @Test
    void aStepThatNoCodeCarriesOutIsRedAndSaidInWords() throws IOException {
        JsonNode result = prove("BG-3", "    Then 200 requests are seen\n    Then pigs fly");

        assertThat(result.path("status").asText()).isEqualTo("broken");
        assertThat(result.at("/statusDetails/message").asText())
                .startsWith("Not run: a step is undefined: no code carries out \"Then pigs fly\" (")
                .contains("a.feature:5)");
        assertThat(result.path("steps")).extracting(step -> step.path("status").asText())
                .containsExactly("passed", "broken");
        assertThat(result.path("descriptionHtml").asText()).doesNotContain("200 requests");
    }

    @Test
    void aStepThatFitsTwiceIsRedAndSaidInWords() throws IOException {
        JsonNode result = prove("BG-3", "    Then this fits twice");

        assertThat(result.path("status").asText()).isEqualTo("broken");
        assertThat(result.at("/statusDetails/message").asText()).startsWith("Not run: a step is ambiguous");
    }

    @Test
    void aFaultOfTheSuiteIsCalledSo() throws IOException {
        JsonNode result = prove("BG-3", "    Then the suite breaks");

        assertThat(result.path("status").asText()).isEqualTo("broken");
        assertThat(result.at("/statusDetails/message").asText())
                .isEqualTo("Not run: internal error in the suite: IllegalStateException: no such thing");
    }

    @Test
    void aProofThatSaysNothingIsReported() throws IOException {
        assertThat(prove("BG-3", "    Then nothing is said").path("descriptionHtml").asText())
                .contains("says nothing of what it saw");
    }

    private JsonNode prove(String id, String steps) throws IOException {
        write("Feature: Any\n  @" + id + "\n  Scenario: Any words\n" + steps + "\n");
        List<JsonNode> results = cucumber();
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private void write(String feature) throws IOException {
        Files.writeString(folder.resolve("a.feature"), feature);
    }

    private List<JsonNode> cucumber() throws IOException {
        Main.run("--glue", "delivery.acceptance.stub", folder.resolve("a.feature").toString());
        List<JsonNode> results = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("results"), "*-result.json")) {
            for (Path file : files) {
                results.add(JSON.readTree(file.toFile()));
            }
        }
        return results;
    }

    private Summary.Line line(String id) {
        if (summary == null) {
            summary = run.summary(Set.of(id));
        }
        return summary.lines().stream().filter(line -> line.criterion().id().equals(id)).findFirst().orElseThrow();
    }

    private static Set<String> labels(JsonNode result, String name) {
        List<String> values = new ArrayList<>();
        result.path("labels").forEach(label -> {
            if (label.path("name").asText().equals(name)) {
                values.add(label.path("value").asText());
            }
        });
        return values.stream().collect(Collectors.toSet());
    }
}
