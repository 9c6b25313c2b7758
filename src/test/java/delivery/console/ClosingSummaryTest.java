package delivery.console;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.criteria.Cause;
import delivery.criteria.Checklist;
import delivery.criteria.ExitCode;
import delivery.criteria.Result;
import delivery.criteria.Results;
import delivery.criteria.Summary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosingSummaryTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final Results results = new Results();

    @Test
    void aGreenRunEndsWithTheListTheReportAndWhatTheCodeSays() throws IOException {
        ran("A-1", Result.proven("all 200 by 1.1.0", SECOND));

        String text = ClosingSummary.text(summary("A-1"), Optional.empty(), "took 1 s", "file:///allure.html");

        assertThat(text).isEqualTo("""

                Part
                  ✔ A-1    One.
                           proven: all 200 by 1.1.0 (1.0s)
                  – A-2    Two.
                           not run: not selected in this run
                  – A-3    Three.
                           not run: not selected in this run
                1 proven, 0 not met, 0 not run of 1 selected; 3 in the task.

                took 1 s
                report: file:///allure.html
                exit code 0: every selected criterion is proven""".replace("\n", System.lineSeparator()));
    }

    @Test
    void harmToTheLiveReleaseEndsAGreenRunAs3AndHidesNothingThatIsNotMet() throws IOException {
        ran("A-1", Result.proven("all 200 by 1.1.0", SECOND));
        assertThat(ClosingSummary.text(summary("A-1"), Optional.of("3 of 614 requests failed."), "took 1 s",
                "file:///x"))
                .contains("Live release: 3 of 614 requests failed.")
                .endsWith("exit code 3: every criterion that could be proved is, and the live release was harmed");
        ran("A-2", Result.notMet("it is not", SECOND));
        assertThat(ClosingSummary.text(summary("A-1", "A-2"), Optional.of("3 of 614 requests failed."), "took 1 s",
                "file:///x")).contains("Live release: 3 of 614 requests failed.")
                .endsWith("exit code 1: a criterion is not met");
    }

    @Test
    void aTaskWithCriteriaThatNoScenarioProvesIsPartlyProved() throws IOException {
        ran("A-1", Result.proven("all 200 by 1.1.0", SECOND));

        assertThat(ClosingSummary.text(summary("A-1").withOthers(List.of("\"Nobody is paged.\"")), Optional.empty(),
                "took 1 s", "file:///x")).contains(
                "In the task, but no scenario proves it: \"Nobody is paged.\".").endsWith("exit code 2: partial: every"
                        + " selected criterion is proven, and the task has criteria that no scenario proves");
    }

    @Test
    void aRunWithCriteriaThatAreNotApplicableIsPartlyProvedAndSaysWhy() throws IOException {
        ran("A-1", Result.proven("all 200 by 1.1.0", SECOND));
        ran("A-2", Result.notApplicable("The delivery has no canary", Duration.ZERO));

        assertThat(ClosingSummary.text(summary("A-1", "A-2"), Optional.empty(), "took 1 s", "file:///x"))
                .contains("  ○ A-2    Two.",
                "not applicable: The delivery has no canary", "Why:" + System.lineSeparator().replace("\r", "")
                        + "  ○ A-2: The delivery has no canary").endsWith("exit code 2: partial: every selected"
                        + " criterion is proven that is applicable to this delivery");
    }

    @Test
    void aRedRunTellsEachCauseOnceAndWhatIsNotMetFirst() throws IOException {
        ran("A-1", Result.notRun(Cause.ENVIRONMENT, "Argo CD does not answer\nSee 'make lab-status'", SECOND));
        ran("A-2", Result.notMet("Expected: 100% of %s\nLast seen: 3%\nSeen on the way: more", SECOND));
        ran("A-3", Result.notRun(Cause.ENVIRONMENT, "Argo CD does not answer\n  See 'make lab-status'", SECOND));

        assertThat(ClosingSummary.text(summary("A-1", "A-2", "A-3"), Optional.empty(), "took 1 s",
                "file:///allure.html")).endsWith("""
                Why:
                  ✘ A-2: Expected: 100% of %s. Last seen: 3%
                  – A-1, A-3: Argo CD does not answer. See 'make lab-status'
                took 1 s
                report: file:///allure.html
                exit code 1: a criterion is not met""");
    }

    @Test
    void aCauseIsASentenceOfTwoLinesAtMost() {
        assertThat(FailureCauses.of(Result.notMet("one", SECOND))).isEqualTo("one");
        assertThat(FailureCauses.of(Result.notMet("2 settings are wrong:\n  A is\n  B is", SECOND)))
                .isEqualTo("2 settings are wrong: A is");
        assertThat(FailureCauses.of(Result.proven(SECOND))).isEmpty();
        assertThat(FailureCauses.of(Result.notMet("cause " + "x".repeat(500) + "\nmore", SECOND))).hasSize(400)
                .startsWith("cause x").endsWith("x…");
    }

    @Test
    void eachSignHasAColourAndIsWhatTheCharsetCanShow() {
        assertThat(ClosingSummary.coloured("  ✘ A-2: …", new Glyphs(StandardCharsets.US_ASCII)).get(0).toAnsi())
                .isEqualTo("  \u001b[31mx\u001b[0m A-2: ...");
        assertThat(ClosingSummary.coloured("it is ✔\n", new Glyphs(StandardCharsets.UTF_8)).get(0).toAnsi())
                .isEqualTo("it is ✔");
    }

    @Test
    void theReadmeSaysTheSameOfEachExitCode() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (int code = 0; code <= 4; code++) {
            assertThat(readme).contains("| " + code + " | " + ExitCode.values()[code].meaning() + " |");
        }
    }

    private void ran(String id, Result result) {
        results.started(id);
        results.ended(id, result);
    }

    private Summary summary(String... selected) throws IOException {
        Path file = folder.resolve("task.md");
        Files.writeString(file,
                "## Part\n- [ ] One. <!-- A-1 -->\n- [ ] Two. <!-- A-2 -->\n- [ ] Three. <!-- A-3 -->\n");
        return results.summary(Checklist.read(file), Set.of(selected));
    }
}
