package delivery.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Set<String> BOTH = Set.of("A-1", "A-2");

    @TempDir
    Path folder;

    private final Results results = new Results();
    private Checklist checklist;

    @BeforeEach
    void aTaskWithTwoCriteria() throws IOException {
        Path file = folder.resolve("task.md");
        Files.writeString(file, "## Part\n- [ ] One `a`. <!-- A-1 -->\n- [ ] Two. <!-- A-2 -->\n");
        checklist = Checklist.read(file);
    }

    @Test
    void allProvenEndsWithZero() {
        ran("A-1", Result.proven(SECOND));
        ran("A-2", Result.proven(SECOND));

        assertThat(summary(BOTH).exitCode()).isZero();
        assertThat(summary(BOTH).count(Verdict.PROVEN)).isEqualTo(2);
    }

    /** The good version may have been tried, and the faulty one not. */
    @Test
    void someOfItsExamplesDoNotProveACriterion() {
        results.expect(Map.of("A-1", 2, "A-2", 1));
        ran("A-1", Result.proven(SECOND));
        ran("A-2", Result.proven(SECOND));
        assertThat(of("A-1", BOTH).verdict()).isEqualTo(Verdict.NOT_RUN);
        assertThat(of("A-1", BOTH).reason()).isEqualTo("only 1 of its 2 examples ran");
        assertThat(of("A-2", BOTH).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(summary(BOTH).exitCode()).isEqualTo(2);
        ran("A-1", Result.notMet("wrong", SECOND));
        assertThat(of("A-1", BOTH).verdict()).isEqualTo(Verdict.NOT_MET);
    }

    @Test
    void aSelectedCriterionWithoutScenarioIsNotRunAndNotGreen() {
        ran("A-1", Result.proven(SECOND));

        assertThat(of("A-2", BOTH)).isEqualTo(
                Result.notRun(Cause.SELECTION, "no scenario ran for it", Duration.ZERO));
        assertThat(summary(BOTH).exitCode()).isEqualTo(2);
    }

    @Test
    void aCriterionThatWasNotSelectedIsShownButNotCounted() {
        ran("A-1", Result.proven(SECOND));

        assertThat(of("A-2", Set.of("A-1")).reason()).isEqualTo("not selected in this run");
        assertThat(summary(Set.of("A-1")).exitCode()).isZero();
        assertThat(summary(Set.of("A-1")).count(Verdict.NOT_RUN)).isZero();
    }

    @Test
    void nothingSelectedIsNotGreen() {
        assertThat(summary(Set.of()).exitCode()).isEqualTo(2);
    }

    @Test
    void aScenarioThatDidNotEndIsTheSuitesFault() {
        ran("A-1", Result.proven(SECOND));
        results.started("A-2");

        assertThat(of("A-2", BOTH).cause()).isEqualTo(Cause.SUITE);
        assertThat(summary(BOTH).exitCode()).isEqualTo(4);
    }

    @Test
    void oneScenarioOfSeveralDecides() {
        ran("A-1", Result.proven(SECOND));
        ran("A-1", Result.notRun(Cause.ENVIRONMENT, "no gateway", SECOND));
        ran("A-2", Result.proven(SECOND));
        assertThat(of("A-1", BOTH)).isEqualTo(
                Result.notRun(Cause.ENVIRONMENT, "no gateway", Duration.ofSeconds(2)));
        assertThat(summary(BOTH).exitCode()).isEqualTo(3);

        ran("A-1", Result.notMet("old version served", SECOND));
        assertThat(of("A-1", BOTH)).isEqualTo(Result.notMet("old version served", Duration.ofSeconds(3)));
        assertThat(summary(BOTH).exitCode()).isEqualTo(1);
    }

    @Test
    void theSuitesFaultWeighsMoreThanTheEnvironments() {
        ran("A-1", Result.notRun(Cause.ENVIRONMENT, "no gateway", SECOND));
        ran("A-2", Result.notRun(Cause.SUITE, "interrupted", SECOND));

        assertThat(summary(BOTH).exitCode()).isEqualTo(4);
    }

    @Test
    void ofSeveralScenariosTheOneThatAPersonMustHearOfFirstDecides() {
        ran("A-1", Result.proven(SECOND));
        ran("A-1", Result.notApplicable("no canary", SECOND));
        assertThat(of("A-1", BOTH)).isEqualTo(Result.notApplicable("no canary", Duration.ofSeconds(2)));
        ran("A-1", Result.notRun(Cause.SELECTION, "left out", SECOND));
        assertThat(of("A-1", BOTH).reason()).isEqualTo("left out");
        ran("A-1", Result.notRun(Cause.ENVIRONMENT, "no gateway", SECOND));
        assertThat(of("A-1", BOTH).reason()).isEqualTo("no gateway");
        ran("A-1", Result.notRun(Cause.SUITE, "interrupted", SECOND));
        ran("A-1", Result.notRun(Cause.ENVIRONMENT, "no gateway", SECOND));
        assertThat(of("A-1", BOTH).reason()).isEqualTo("interrupted");
        ran("A-1", Result.notMet("old version served", SECOND));
        ran("A-1", Result.notRun(Cause.SUITE, "interrupted", SECOND));
        assertThat(of("A-1", BOTH).reason()).isEqualTo("old version served");
    }

    @Test
    void anIdThatIsNotInTheChecklistIsNotGreen() {
        ran("A-1", Result.proven(SECOND));
        ran("B-9", Result.proven(SECOND));

        assertThat(summary(Set.of("A-1")).unknown()).containsExactly("B-9");
        assertThat(summary(Set.of("A-1")).exitCode()).isEqualTo(2);
        assertThat(summary(Set.of("A-1", "Z-1")).unknown()).containsExactly("B-9", "Z-1");
    }

    @Test
    void anEndWithoutBeginIsRefused() {
        assertThatThrownBy(() -> results.ended("A-1", Result.proven(SECOND))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aProvenCriterionTellsWhatEachOfItsScenariosSaw() {
        ran("A-1", Result.proven("all 200 by 1.1.0", SECOND));
        ran("A-1", Result.proven("aborted", SECOND));
        ran("A-2", Result.proven("all 200 by 1.1.0", SECOND));
        ran("A-2", Result.notMet("one by 1.0.0", SECOND));

        assertThat(of("A-1", BOTH).seen()).isEqualTo("aborted; all 200 by 1.1.0");
        assertThat(of("A-2", BOTH).seen()).isEmpty();
        assertThat(new CriteriaReport(summary(BOTH)).markdown()).contains("proven: aborted; all 200 by 1.1.0 (2.0s)");
    }

    @Test
    void aResultIsSound() {
        assertThatThrownBy(() -> Result.notMet(" ", SECOND)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Result.notRun(Cause.CRITERION, "x", SECOND))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Result(Verdict.PROVEN, Cause.SUITE, "", "", SECOND))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSentenceOfAFailureIsWhatWasExpectedAndSeenAndNotTheWholeStory() {
        assertThat(Result.notMet(
                "Expected: served by 1.1.0\nLast seen: 1.0.0\nSeen on the way:\n  0.1 s 1.0.0\nLook: x",
                SECOND).sentence()).isEqualTo("Expected: served by 1.1.0. Last seen: 1.0.0");
        assertThat(Result.notMet("[phase of the analysis] \nexpected: \"Successful\"\n but was: \"Failed\"", SECOND)
                .sentence()).isEqualTo("[phase of the analysis] expected: \"Successful\" but was: \"Failed\"");
        assertThat(Result.notRun(Cause.ENVIRONMENT, "No gateway. Start it.", SECOND).sentence())
                .isEqualTo("environment problem: No gateway. Start it.");
        assertThat(Result.notRun(Cause.SELECTION, "not selected in this run", SECOND).sentence())
                .isEqualTo("not selected in this run");
        assertThat(Result.proven("a secret", SECOND).with(text -> text.replace("secret", "*")).seen()).isEqualTo("a *");
    }

    @Test
    void aScenarioTellsWhatItSawOnceAndInItsOrder() {
        Observations observations = new Observations();
        observations.saw("one", "b");
        observations.saw("two", "x");
        observations.saw("one", "a");
        observations.saw("one", "b");
        assertThat(observations.sentence("one")).isEqualTo("b; a");
        assertThat(observations.sentence("three")).isEmpty();
    }

    @Test
    void manyThreadsLoseNoResult() {
        IntStream.range(0, 500).parallel().forEach(number -> ran(number % 2 == 0 ? "A-1" : "A-2",
                number == 333 ? Result.notMet("the one", SECOND) : Result.proven(SECOND)));

        assertThat(of("A-2", BOTH).verdict()).isEqualTo(Verdict.NOT_MET);
        assertThat(of("A-1", BOTH)).isEqualTo(Result.proven(Duration.ofSeconds(250)));
    }

    @Test
    void theReportListsEveryCriterionWithVerdictReasonAndTime() throws IOException {
        ran("A-1", Result.proven(Duration.ofMillis(1500)));
        ran("A-2", Result.notMet("Expected: served by 1.1.0\nLast seen: <none>", SECOND));
        ran("B-9", Result.proven(SECOND));
        CriteriaReport report = new CriteriaReport(summary(BOTH));
        report.write(folder.resolve("reports/criteria.md"));

        assertThat(folder.resolve("reports/criteria.md")).hasContent("""
                # Acceptance criteria

                1 proven, 1 not met, 0 not run of 2 selected; 2 in the task.

                ## Part

                - [x] ✔ **A-1** One `a`.\\
                      proven (1.5s)
                - [ ] ✘ **A-2** Two.\\
                      not met: Expected: served by 1.1.0. Last seen: &lt;none> (1.0s)

                Not in the checklist: B-9.
                """);
        assertThat(report.console()).isEqualToNormalizingNewlines("""
                Part
                  ✔ A-1    One `a`.
                           proven (1.5s)
                  ✘ A-2    Two.
                           not met: Expected: served by 1.1.0. Last seen: <none> (1.0s)
                Not in the checklist: B-9.
                1 proven, 1 not met, 0 not run of 2 selected; 2 in the task.
                """);
    }

    @Test
    void aLongReasonIsCutInTheList() {
        ran("A-1", Result.notRun(Cause.ENVIRONMENT, "x".repeat(1_000), SECOND));

        assertThat(new CriteriaReport(summary(BOTH)).console())
                .contains("– A-1", "not run, environment problem: xxx", "x… (1.0s)",
                        "not run: no scenario ran for it");
    }

    private void ran(String id, Result result) {
        results.started(id);
        results.ended(id, result);
    }

    private Summary summary(Set<String> selected) {
        return results.summary(checklist, selected);
    }

    private Result of(String id, Set<String> selected) {
        return summary(selected).lines().stream()
                .filter(line -> line.criterion().id().equals(id))
                .findFirst().orElseThrow().result();
    }
}
