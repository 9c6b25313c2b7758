package delivery.task;

import static delivery.task.TaskFixture.TASK;
import static delivery.task.TaskFixture.notMet;
import static delivery.task.TaskFixture.partial;
import static delivery.task.TaskFixture.proven;
import static delivery.task.TaskFixture.run;
import static delivery.task.TaskFixture.unfit;
import static delivery.task.TaskFixture.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.criteria.Cause;
import delivery.criteria.Result;
import delivery.failure.InvalidTask;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text that a run writes into the task's file. */
class TaskUpdateTest {

    private static final String GREEN = updated(TASK, run("green", Map.of()));

    @Test
    void aFileOfBacklogMdKeepsItsNumbersItsMarkersAndItsKeys() {
        String before = TaskFixture.flat(true);
        String after = updated(before, run("green", Map.of("BG-3", notMet("Nobody answered."))));

        assertThat(after).contains("- [x] #1 A new version", "- [ ] #4 The `*-preview` Service", "- [x] #16 The E2E",
                "- [ ] #17 Reviewed", "\ncreated_date: '2026-04-25 12:14'\nupdated_date: '2026-11-24 08:26'\n---\n",
                "\n  - Not met (2026-11-24 08:26 UTC): Nobody answered. <!-- acceptance: BG-3 -->\n- [x] #5 ")
                .doesNotContain("\nupdated:");
        for (String marker : List.of("AC:BEGIN", "AC:END", "DOD:BEGIN", "DOD:END", "SECTION:DESCRIPTION:BEGIN")) {
            assertThat(after).containsOnlyOnce("\n<!-- " + marker + " -->\n");
        }
        assertThat(updated(after, run("again", Map.of()))).contains("- [x] #4 The").doesNotContain("Nobody answered");
    }

    @Test
    void theKeyThatIsThereIsWritten() {
        assertThat(updated(TASK.replace("updated:", "updatedAt:"), run("a", Map.of())))
                .contains("\nupdatedAt: '2026-11-24 08:26'\n");
        assertThat(updated(TASK.replace("created:", "created_date:").replace("updated: '2025-11-03 17:40'\n", ""),
                run("a", Map.of()))).contains("\nupdated_date: '2026-11-24 08:26'\n---\n");
        assertThat(updated(TASK.replace("created:", "updated_date:"), run("a", Map.of()))).contains(
                "\nupdated_date: '2026-11-24 08:26'\nupdated: '2026-11-24 08:26'\n");
    }

    @Test
    void whatNoScenarioProvesStaysAsItIsAndKeepsItsSectionOpen() {
        String old = "  - [ ] The old ReplicaSet is scaled down.\n";
        String after = updated(TASK.replace(old, old + "  - [ ] Nobody is paged.\n"), run("a", Map.of()));

        assertThat(after).contains("- [ ] **Blue-Green Strategy:**\n  - [x] Argo CD",
                "  - [x] The old ReplicaSet is scaled down.\n  - [ ] Nobody is paged.\n- [x] **Canary",
                "\n- No scenario proves \"Nobody is paged.\"\n- Report: ");
        assertThat(updated(TASK.replace(old, old + "  - [x] Nobody is paged.\n"), run("a", Map.of())))
                .contains("- [x] **Blue-Green Strategy:**", "  - [x] Nobody is paged.\n");
    }

    @Test
    void whatIsProvenIsTickedAndItsSectionToo() {
        assertThat(GREEN).doesNotContain("[ ]").contains("- [x] **Setup:**\n  - [x] A new version of the application");
    }

    @Test
    void whatIsNotMetIsNotTickedAnyMoreAndSaysWhy() {
        String red = updated(GREEN, run("red", Map.of("RB-2", notMet("Users got version 2.\nWanted was 1."))));

        assertThat(red).contains("""
                - [ ] **Rollback:**
                  - [x] A rollback can be successfully triggered (`kubectl argo rollouts undo`).
                  - [ ] Traffic is fully restored to the previous stable version.
                    - Not met (2026-11-24 08:26 UTC): Users got version 2. Wanted was 1. <!-- acceptance: RB-2 -->
                - [x] **Documentation:**
                """);
    }

    @Test
    void theReasonIsReplacedAndGoesWithTheTick() {
        String red = updated(TASK, run("red", Map.of("RB-2", notMet("One."))));
        String still = updated(red, run("still", Map.of("RB-2", notMet("Two."))));

        assertThat(still).contains("stable version.\n    - Not met (2026-11-24 08:26 UTC): Two. <!--")
                .doesNotContain("One.");
        assertThat(updated(still, run("green", Map.of()))).isEqualTo(GREEN);
    }

    @Test
    void aReasonThatAPersonCopiedElsewhereIsNotDoubled() {
        String red = updated(TASK, run("red", Map.of("RB-2", notMet("One."))));
        String line = "    - Not met (2026-11-24 08:26 UTC): One. <!-- acceptance: RB-2 -->\n";
        String rollback = "  - [x] A rollback can be successfully triggered (`kubectl argo rollouts undo`).\n";
        String copied = red.replace(line, line + line).replace(rollback, rollback + line);

        assertThat(updated(copied, run("red", Map.of("RB-2", notMet("One."))))).isEqualTo(red);
        assertThat(updated(copied, run("green", Map.of()))).isEqualTo(GREEN);

        String astray = TASK.replace("for each test case.\n", "for each test case.\n" + line);
        assertThat(updated(astray, run("red", Map.of("DOC-1", notMet("Two.")))))
                .isEqualTo(updated(TASK, run("red", Map.of("DOC-1", notMet("Two.")))));
    }

    @Test
    void whereNothingWasLearnedTicksStayAndOthersGetTheReason() {
        String learned = updated(TASK, run("one", Map.of("RB-2", notMet("Two."), "CAN-A", unfit())));
        Map<String, Result> all = new HashMap<>();
        TaskFixture.CHECKLIST.criteria().forEach(criterion -> all.put(criterion.id(), unfit()));

        String after = updated(learned, run("two", all));

        assertThat(after.split("Not run \\(2026-11-24 08:26 UTC\\)")).as("reasons: RB-2, CAN-A").hasSize(3);
        assertThat(after).contains("[x] A rollback can be").contains("- [x] **Setup:**")
                .contains("stable version.\n    - Not run (2026-11-24 08:26 UTC): environment problem");
        assertThat(after).contains("<!-- acceptance: case BG-1 proven -->").contains("<!-- acceptance: run one -->");
    }

    @Test
    void aBoxThatIsNotApplicableStaysAsItIsAndAnOpenOneGetsTheReason() {
        Result none = Result.notApplicable("the delivery has no canary", Duration.ZERO);
        String after = updated(TASK, run("one", Map.of("RB-2", none, "RB-1", notMet("No."))));

        assertThat(after).contains("- [ ] **Rollback:**", "stable version.\n    - Not applicable (2026-11-24"
                + " 08:26 UTC): the delivery has no canary <!-- acceptance: RB-2 -->",
                "<!-- acceptance: case RB-2 not applicable"
                + " -->", "1 not met, 0 not run, 1 not applicable, of 16 criteria");
        String again = updated(after, run("two", Map.of("RB-2", none, "RB-1", notMet("No."))));
        assertThat(again).contains("case RB-2 not applicable").doesNotContain("run one");
        String ticked = updated(TASK, run("green", Map.of()));
        assertThat(updated(ticked, run("later", Map.of("RB-2", none)))).contains("- [x] **Rollback:**")
                .doesNotContain("Not applicable");
    }

    @Test
    void whatWasNotToBeProvedStaysAsItIs() {
        String red = updated(TASK, run("red", Map.of("RB-2", notMet("Two."))));

        String after = updated(red, partial("part", Map.of("CAN-1", notMet("Blue."))));

        assertThat(TaskFile.diff("t", red, after).lines()
                .filter(line -> line.startsWith("-") && !line.startsWith("---")))
                .startsWith("-- [x] **Canary Strategy:**", "-  - [x] Argo CD Application is updated to use the canary"
                        + " strategy (`rollouts.strategy=canary`).", "-<!-- acceptance: case CAN-1 proven -->")
                .hasSize(13);
        assertThat(after).contains("1 not met, 0 not run, of 1 criteria that were to be proved (16 in the task)")
                .containsSubsequence("run red -->", "case RB-2 not met", "run part -->", "case CAN-1 not met",
                        "end -->");
    }

    @Test
    void aRunThatIsRecordedInFullByLaterOnesIsGone() {
        String twice = updated(updated(TASK, partial("one", Map.of("RB-1", proven("RB-1")))),
                partial("two", Map.of("RB-2", proven("RB-2"))));
        String after = updated(twice, partial("three", Map.of("RB-1", notMet("No."))));

        assertThat(twice).contains("run one -->").contains("run two -->").contains("- [x] **Rollback:**");
        assertThat(after).doesNotContain("run one -->").contains("run two -->").contains("run three -->")
                .contains("- [ ] **Rollback:**");
    }

    @Test
    void aSectionWaitsForTheCriterionOfTheDescriptionThatHasNoBox() {
        Map<String, Result> boxes =
                Map.of("CAN-1", proven("1"), "CAN-2", proven("2"), "CAN-3", proven("3"), "CAN-4", proven("4"));
        String without = updated(TASK, partial("one", boxes));
        assertThat(without)
                .contains("- [ ] **Canary Strategy:**\n  - CAN-A, from the description: The canary release is"
                + " judged by analysis. Not run yet <!-- acceptance: CAN-A -->\n  - [x] ");

        String red = updated(without, partial("two", Map.of("CAN-A", notMet("It went on."))));
        assertThat(red).contains("- [ ] **Canary Strategy:**\n  - CAN-A, from the description: The canary release is"
                + " judged by analysis. Not met (2026-11-24 08:26 UTC): It went on. <!-- acceptance: CAN-A -->\n");
        // The earlier verdict is known only from the history.
        assertThat(updated(red, partial("three", boxes))).contains("Not met (2026-11-24 08:26 UTC): It went on.");

        String green = updated(red, partial("four", Map.of("CAN-A", proven("A"))));
        assertThat(green).contains("- [x] **Canary Strategy:**\n  - [x] Argo CD");
        assertThat(updated(green, partial("five", boxes))).contains("- [x] **Canary Strategy:**\n  - [x] Argo CD");
    }

    @Test
    void aRunThatRanNothingIsNoNews() {
        Map<String, Result> all = new HashMap<>();
        TaskFixture.CHECKLIST.criteria().forEach(criterion -> all.put(criterion.id(),
                Result.notRun(Cause.SELECTION, "One setting is wrong", Duration.ZERO)));

        assertThat(updated(TASK, run("none", all))).isEqualTo(TASK);
        assertThat(updated(TASK, partial("none", Map.of()))).isEqualTo(TASK);
    }

    @Test
    void theHistoryTellsTheRunAndEachCase() {
        assertThat(GREEN).contains("""
                <!-- acceptance: run green -->
                ### Run green on 2026-11-24

                - 2026-11-24T08:24:10Z to 2026-11-24T08:26:10Z (UTC)
                - Target: the embedded lab, https://198.18.0.1:6443
                - 16 proven, 0 not met, 0 not run, of 16 criteria that were to be proved (16 in the task)
                - Report: [allure.html](<../reports/allure.html>)

                <!-- acceptance: case SET-1 proven -->
                """).contains("""
                #### BG-6: The old ReplicaSet is scaled down.

                Proven after 12.3 s: what proves BG-6

                ```console
                # 2026-11-24T08:25:10.500Z
                $ kubectl get rollout -n x
                seen
                ```

                """);
    }

    @Test
    void whatAPersonWroteAroundTheRunsStays() {
        String mine = GREEN.replace("<!-- acceptance: begin", "Before.\n\n<!-- acceptance: begin")
                .replace("<!-- acceptance: end -->\n", "<!-- acceptance: end -->\n\n#### After\n\n- [ ] mine\n");

        assertThat(updated(mine, run("again", Map.of()))).isEqualTo(mine.replace("run green -->", "run again -->")
                .replace("Run green on", "Run again on"));
    }

    @Test
    void theBlockIsFoundWhereverAPersonMovedIt() {
        int begin = GREEN.indexOf("<!-- acceptance: begin");
        int end = GREEN.indexOf("<!-- acceptance: end -->\n") + "<!-- acceptance: end -->\n".length();
        String moved = GREEN.substring(0, begin) + GREEN.substring(end) + "\n## Runs\n\n" + GREEN.substring(begin, end);

        assertThat(updated(moved, run("green", Map.of()))).isEqualTo(moved);
    }

    @Test
    void aBlockWithoutItsEndIsLeftAloneAndReported() {
        assertThatThrownBy(() -> updated(GREEN.replace("<!-- acceptance: end -->", ""), run("a", Map.of())))
                .isInstanceOf(InvalidTask.class)
                .hasMessageContaining("line 48: begins the history of runs, and the line"
                        + " \"<!-- acceptance: end -->\" is not there any more");
        assertThatThrownBy(() -> updated(GREEN.replaceAll("<!-- acceptance: begin.*", ""), run("a", Map.of())))
                .isInstanceOf(InvalidTask.class).hasMessageContaining("which does not begin above it");
        assertThatThrownBy(() ->
                updated(GREEN + GREEN.substring(GREEN.indexOf("<!-- acceptance: begin")), run("a", Map.of())))
                .isInstanceOf(InvalidTask.class).hasMessageContaining("a second time");
    }

    @Test
    void whatCouldNotBeReadBackIsNotWritten() {
        assertThatThrownBy(() ->
                updated(TASK.replace("<!-- Update with timestamps, commands and outcomes for each test -->",
                "```"), run("a", Map.of())))
                .isInstanceOf(InvalidTask.class).hasMessageContaining("begun and never ended");
    }

    @Test
    void noOutcomeCanPassForMarkdown() {
        String outcome = "a --> ``` | b\n<!-- acceptance: end -->\r\n```\n## Session History\n- [ ] box";
        TaskRun run =
                TaskFixture.run("a", run("a", Map.of("BG-1", notMet(outcome))).summary(), "echo '```` |'", outcome,
                "nothing");

        String after = updated(TASK, run);

        assertThat(after)
                .contains("`````console\n# 2026-11-24T08:25:10.500Z\n$ echo '```` |'\na --> ``` | b <!-- acceptance:"
                + " end --> ``` ## Session History - [ ] box\n`````\n")
                .contains("(2026-11-24 08:26 UTC): a --&gt; \\`\\`\\`"
                + " \\| b &lt;!-- acceptance: end --&gt; \\`\\`\\` ## Session History - \\[ \\] box <!-- acceptance:"
                + " BG-1 -->");
        assertThat(updated(after, run("green", Map.of()))).isEqualTo(GREEN);
    }

    @Test
    void aListThatEndsTheFileIsWrittenToAsAnyOther() {
        int list = TASK.indexOf("## Acceptance Criteria");
        int blockers = TASK.indexOf("## Blockers");
        for (String rest : List.of(TASK.substring(blockers), TASK.substring(blockers).replace("## Session", "## My"))) {
            String text = TASK.substring(0, list) + rest + "\n" + TASK.substring(list, blockers).stripTrailing();

            String red = updated(text, run("red", Map.of("DOC-1", notMet("No."))));

            assertThat(red).contains(
                    "for each test case.\n    - Not met (2026-11-24 08:26 UTC): No. <!-- acceptance: DOC-1 -->");
            assertThat(red).doesNotEndWith("\n");
            assertThat(updated(red, run("red", Map.of("DOC-1", notMet("No."))))).isEqualTo(red);
            assertThat(updated(red, run("green", Map.of()))).isEqualTo(updated(text, run("green", Map.of())));
        }
    }

    @Test
    void aLongStoryIsTheReports() {
        assertThat(updated(TASK, run("a", Map.of("BG-1", notMet("y".repeat(5_000))))))
                .contains("Not met after 4.0 s: " + "y".repeat(999) + "…\n");
    }

    @Test
    void noSecretIsWritten() {
        TaskRun run = TaskFixture.run("a", run("a", Map.of("BG-1", notMet("hidden is refused"),
                "BG-2", proven("hidden"), "CAN-A", notMet("hidden"))).summary(), "x", "y", "hidden");

        assertThat(updated(TASK, run)).doesNotContain("hidden").contains("(redacted) is refused");
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        String after = updated(TASK, run("a", Map.of("BG-1", notMet("🚀".repeat(400)))));

        assertThat(after).contains("): " + "🚀".repeat(299) + "… <!-- acceptance: BG-1 -->");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "updated: 2025-11-03|updated: 2026-11-24",
        "updated: '2025-11-03'|updated: '2026-11-24'",
        "updated: \"2025-11-03 17:40\"|updated: \"2026-11-24 08:26\"",
        "updated: 2025-11-03 17:40|updated: 2026-11-24 08:26",
        "updated:   2025-11-03T17:40:01Z   # by hand|updated:   2026-11-24T08:26:10Z   # by hand",
        "updated: 2025-11-03T17:40:01.123Z|updated: 2026-11-24T08:26:10.500Z",
        "updated: 2025-11-03T17:40:01+02:00|updated: 2026-11-24T10:26:10+02:00",
        "updated : 03.11.2025|updated : 24.11.2026",
        "updated: yesterday|updated: 2026-11-24",
        "updated: ''|updated: '2026-11-24'",
        "updated:|updated: 2026-11-24",
        "created: '2025-11-03 17:40'|created: '2025-11-03 17:40'/updated: '2026-11-24 08:26'",
        "updated_date: 2025-11-03|updated_date: 2026-11-24",
    })
    void theFrontMatterSaysWhenItWasUpdated(String line, String after) {
        Shape shape = Shape.plain().start("", List.of("id: x", line));

        assertThat(updated(shape.text(), run("a", Map.of())))
                .startsWith("---\nid: x\n" + after.replace("/", "\n") + "\n---\n");
    }

    @Test
    void anUpdatedOfSomethingElseStays() {
        Shape shape = Shape.plain().start("", List.of("review:", "  updated: 2025-11-03"));

        assertThat(updated(shape.text(), run("a", Map.of())))
                .startsWith("---\nreview:\n  updated: 2025-11-03\nupdated: 2026-11-24\n---\n");
    }

    @Test
    void anUpdatedThatIsNoDateIsReported() {
        for (String lines : new String[] {"updated:\n  - 2025-11-03", "updated: |\n  x", "updated: '2025"}) {
            Shape shape = Shape.plain().start("", List.of(lines.split("\n")));
            assertThatThrownBy(() -> updated(shape.text(), run("a", Map.of()))).isInstanceOf(InvalidTask.class)
                    .hasMessageContaining("line 2: \"updated:\" has").hasMessageContaining("write one date there");
        }
    }
}
