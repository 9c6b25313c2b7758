package delivery.edits;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.acceptance.ProvedRun;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proof that an edit of a feature does what it says without a change of code. Features are copied, edited as a person
 * would edit them and run on the lab; the history and the evidence then show what the run really did. Run with {@code
 * make edits}.
 */
class EditedFeatures {

    private static final Path RESULTS = Path.of(System.getProperty("allure.results.directory"));
    private static final Path HISTORY = Path.of(System.getProperty("delivery.reports"), "session-history.md");

    @TempDir
    private Path folder;

    @BeforeEach
    void copyFeatures() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("features"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void anotherNumberOfRequestsOverAnotherTime() throws IOException {
        edit("blue-green.feature", "200 requests are sent to the preview Service over 4 seconds",
                "500 requests are sent to the preview Service over 8 seconds");
        assertThat(verdicts("@BG-3")).containsExactly("BG-3 PROVEN");
        assertThat(Files.readString(HISTORY)).contains("for i in $(seq 500)");
        assertThat(evidence()).anyMatch(text -> text.contains("500 requests from"));
    }

    @Test
    void moreReplicas() throws IOException {
        edit("canary.feature", scenario("CAN-2"), "users have the old version, released by canary",
                "users have the old version on 5 pods, released by canary");
        assertThat(verdicts("@CAN-2")).containsExactly("CAN-2 PROVEN");
        assertThat(evidence()).anyMatch(text -> text.contains("A weight of 20% of 5 pods makes 1"));
    }

    @Test
    void otherStepsOfTheCanaryJudgedByAnotherTolerance() throws IOException {
        edit("canary.feature", scenario("CAN-3"), "    Given users have the old version, released by canary\n",
                """
                    Given users have the old version, released by canary
                    And the canary's steps are 10%, 40% and 80%, each until promoted
                    And shares are judged by 2,000 requests, within 5 points
                """);
        assertThat(verdicts("@CAN-3")).containsExactly("CAN-3 PROVEN");
        assertThat(evidence()).anyMatch(text -> text.contains("of 2000") && Stream.of("10%", "40%", "80%")
                .allMatch(text::contains) && text.contains("35.00%–45.00% accepted") && !text.contains("60%"));
    }

    @Test
    void stepsOfTheCanaryFromATable() throws IOException {
        edit("canary.feature", scenario("CAN-4"), "    Given the new version waits at the last pause of its canary\n",
                """
                    Given the canary's steps are:
                      | share | then                     |
                      | 30%   | analysis, until promoted |
                      | 70%   | for 3 seconds            |
                    And the new version waits at the last pause of its canary
                """);
        assertThat(verdicts("@CAN-4")).containsExactly("CAN-4 PROVEN");
        assertThat(Files.readString(HISTORY)).contains("\"setWeight\":30", "\"templateName\":\"sample-api\"",
                "\"setWeight\":70", "\"duration\":\"3s\"");
    }

    @Test
    void anotherVersionAfterAnother() throws IOException {
        edit("blue-green.feature", scenario("BG-2"), """
                    Given users have the old version, released by blue-green
                    When the new version is released
                """, """
                    Given users have the new version, released by blue/green
                    When the newer version is released
                """);
        assertThat(verdicts("@BG-2")).containsExactly("BG-2 PROVEN");
        String history = Files.readString(HISTORY);
        assertThat(history).containsPattern("app create \\S+-bg-2-\\S+ .*image.tag=\\S+-1\\.1\\.0`");
        assertThat(history).containsPattern("app set \\S+-bg-2-\\S+ .*image.tag=\\S+-1\\.2\\.0`");
    }

    @Test
    void anotherDelay() throws IOException {
        edit("blue-green.feature", scenario("BG-6"), "    Given the new version waits on preview\n", """
                    Given the new version waits on preview
                    And the old version is kept for 12 seconds after a switch
                """);
        assertThat(verdicts("@BG-6")).containsExactly("BG-6 PROVEN");
        // The controller keeps times in whole seconds, so that the delay may be one second shorter.
        assertThat(Files.readString(HISTORY)).containsPattern("scaled down (1[1-9]|2[0-2])\\.?\\d* s after the switch");
    }

    @Test
    void anotherRowOfExamples() throws IOException {
        edit("canary.feature", "      | faulty | fails    |",
                "      | good   | succeeds | is paused | the old and the new version |\n      | faulty | fails    |");
        assertThat(verdicts("@CAN-A")).containsExactly("CAN-A PROVEN");
        // The report also has an entry for each criterion that was not run.
        assertThat(texts("-result.json")).filteredOn(result -> result.contains("\"name\":\"CAN-A: "))
                .as("scenarios that ran")
                .hasSize(3).allMatch(result -> result.contains("\"status\":\"passed\""));
    }

    @Test
    void aVersionThatIsTheWrongOneIsRed() throws IOException {
        edit("blue-green.feature", scenario("BG-4"), "every request was answered by the old version",
                "every request was answered by the next version");
        Summary summary = prove("@BG-4");
        assertThat(summary.exitCode()).isEqualTo(1);
        assertThat(summary.lines()).filteredOn(Summary.Line::selected).singleElement().satisfies(line ->
                assertThat(line.result().reason()).contains("200 requests to the stable Service",
                        "must be answered by version acceptance-", "200 were answered by version 1.0.0"));
    }

    @Test
    void aStepThatThereIsNotIsReportedBeforeAnythingIsDeployed() throws IOException {
        edit("blue-green.feature", "When the release is promoted", "When the release is promotd");
        Summary summary = prove("@BG-5");
        assertThat(summary.exitCode()).isEqualTo(2);
        assertThat(Files.readString(HISTORY)).doesNotContain("app create");
    }

    private List<String> verdicts(String tags) {
        return prove(tags).lines().stream().filter(Summary.Line::selected)
                .map(line -> line.criterion().id() + " " + (line.result().verdict() == Verdict.PROVEN ? "PROVEN"
                        : line.result().verdict() + ": " + line.result().reason())).collect(Collectors.toList());
    }

    private Summary prove(String tags) {
        return ProvedRun.prove(tags,
                Map.of("delivery.features", folder.toString(), "cucumber.features", folder.toString()));
    }

    /** Returns the texts that the run attached. */
    private static List<String> evidence() throws IOException {
        return texts("-attachment");
    }

    private static List<String> texts(String kind) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(RESULTS)) {
            for (Path file : files.filter(file -> file.toString().contains(kind)).toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static String scenario(String id) {
        return "@" + id + "\\b";
    }

    private void edit(String name, String text, String instead) throws IOException {
        edit(name, "", text, instead);
    }

    /** Edits only the part of the file after the first occurrence of {@code behind}. */
    private void edit(String name, String behind, String text, String instead) throws IOException {
        Path file = folder.resolve(name);
        String all = Files.readString(file);
        String[] parts = behind.isEmpty() ? new String[] {"", all} : all.split("(?<=" + behind + ")", 2);
        assertThat(parts[1]).as(name + " behind " + behind).contains(text);
        int at = parts[1].indexOf(text);
        Files.writeString(file, parts[0] + parts[1].substring(0, at) + instead
                + parts[1].substring(at + text.length()));
    }
}
