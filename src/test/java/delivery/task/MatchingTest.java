package delivery.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.criteria.Checklist;
import delivery.failure.Difference;
import delivery.failure.InvalidTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The differences between the task and the features are listed line by line. */
class MatchingTest {

    private static final String GONE = "  - [ ] The old ReplicaSet is scaled down.\n";
    private static final String BLOCKER =
            "The E2E environment from task-8 must be fully healthy and validated before starting.";

    @Test
    void theTaskAsItsUsersHaveItIsTheChecklist() {
        assertThat(differences(TaskFixture.TASK)).isEmpty();
    }

    @Test
    void tellsOfACriterionThatIsReworded() {
        assertThat(differences(TaskFixture.TASK.replace("ReplicaSet is scaled down.", "ReplicaSet is scaled to zero.")))
                .containsExactly("28: BG-6 is reworded: the task says \"The old ReplicaSet is scaled to zero.\","
                        + " the features say \"The old ReplicaSet is scaled down.\"");
    }

    @Test
    void wordsOfEveryScriptTellCriteriaApart(@TempDir Path folder) throws IOException {
        Path list = Files.writeString(folder.resolve("list.md"), "## 一\n- [ ] Service 旧的 副本集 <!-- A-1 -->\n");

        assertThat(new Matching(new TaskDocument("## 一\n- [ ] Service 全部 流量\n"), Checklist.read(list)).differences())
                .extracting(Difference::what)
                .containsExactly("A-1 is removed: the features have \"Service 旧的 副本集\" under \"一\"",
                        "no scenario proves \"Service 全部 流量\" under \"一\"");
    }

    @Test
    void noScenarioProvesACriterionThatIsAdded() {
        assertThat(more(TaskFixture.TASK.replace(GONE, GONE + "  - [ ] Nobody is paged.\n")))
                .containsExactly("29: Nobody is paged. of Blue-Green Strategy");
        assertThat(more(TaskFixture.TASK.replace(GONE, GONE + "- [x] #17 Nobody is paged.\n")))
                .containsExactly("29: Nobody is paged. of Acceptance Criteria");
        assertThat(more(TaskFixture.TASK.replace(GONE, GONE + "    - [ ] Its pods are gone.\n")))
                .containsExactly("29: Its pods are gone. of Blue-Green Strategy");
    }

    @Test
    void noScenarioProvesASectionThatIsAdded() {
        assertThat(more(TaskFixture.TASK.replace(GONE, GONE + "- [ ] **Speed:**\n  - [ ] It is fast.\n")))
                .containsExactly("30: It is fast. of Speed");
        assertThat(more(TaskFixture.TASK.replace(GONE, GONE + "- [ ] **Speed:**\n")))
                .containsExactly("29: **Speed:** of Acceptance Criteria");
    }

    @Test
    void boldWordsMakeNoSection() {
        for (String words : List.of("**Speed:** it is fast.", "**Speed:** and **size**", "Mind the **speed**")) {
            assertThat(more(TaskFixture.TASK.replace(GONE, GONE + "  - [ ] " + words + "\n")))
                    .containsExactly("29: " + words + " of Blue-Green Strategy");
        }
    }

    /** An added criterion may be a missing one in other words. */
    @Test
    void whatIsAddedIsReportedWithWhatIsRemoved() {
        assertThat(differences(TaskFixture.TASK.replace(GONE, "  - [ ] Nobody is paged.\n"))).containsExactly(
                "22: BG-6 is removed: the features have \"The old ReplicaSet is scaled down.\" under"
                        + " \"Blue-Green Strategy\"",
                "28: no scenario proves \"Nobody is paged.\" under \"Blue-Green Strategy\"");
    }

    @Test
    void aNumberBeforeTheWordsIsNoneOfThem() {
        assertThat(differences(TaskFixture.numbered(TaskFixture.TASK))).isEmpty();
        assertThat(more(TaskFixture.numbered(TaskFixture.TASK))).isEmpty();
        assertThat(differences(TaskFixture.numbered(TaskFixture.TASK).replace("scaled down.", "scaled to zero.")))
                .containsExactly("28: BG-6 is reworded: the task says \"The old ReplicaSet is scaled to zero.\","
                        + " the features say \"The old ReplicaSet is scaled down.\"");
        assertThat(differences(TaskFixture.TASK.replace("scaled down.", "scaled down #1."))).hasSize(1);
    }

    @Test
    void whereTheFileNamesNoSectionsTheWordsAloneDecide() {
        for (String text : List.of(TaskFixture.flat(false), TaskFixture.flat(true))) {
            assertThat(differences(text)).isEmpty();
            assertThat(more(text)).isEmpty();
            assertThat(differences(text.replace("scaled down.", "scaled to zero."))).hasSize(1)
                    .allMatch(difference -> difference.contains("BG-6 is reworded"));
            assertThat(differences(text.replaceFirst("- \\[ ] [^\n]*scaled down.\n", ""))).hasSize(1)
                    .allMatch(difference -> difference.startsWith("0: BG-6 is removed"));
            assertThat(more(text.replace("<!-- AC:END -->", "- [ ] #17 Nobody is paged.\n<!-- AC:END -->"))).hasSize(1)
                    .allMatch(box -> box.endsWith("Nobody is paged. of Acceptance Criteria"));
        }
    }

    /** Some sections have a heading; the remaining boxes are in one list. */
    @Test
    void aBoxOfASectionThatIsNamedBelongsThere() {
        String rollback = "  - [ ] Traffic is fully restored to the previous stable version.\n";
        assertThat(differences(TaskFixture.flat(true) + "\n## Rollback\n\nA note.\n")).hasSize(2)
                .allMatch(difference -> difference.matches("\\d+: RB-. is moved: the task has it under \"Acceptance"
                        + " Criteria\", the features under \"Rollback\""));
        assertThat(differences(TaskFixture.TASK.replace(rollback, "").replace("- [ ] **Rollback:**", rollback.strip()
                + "\n- [ ] **Rollback:**"))).hasSize(1).allMatch(difference -> difference.contains("RB-2 is moved"));
    }

    @Test
    void tellsOfACriterionThatIsRemoved() {
        assertThat(differences(TaskFixture.TASK.replace(GONE, ""))).containsExactly("22: BG-6 is removed: the features"
                + " have \"The old ReplicaSet is scaled down.\" under \"Blue-Green Strategy\"");
    }

    @Test
    void tellsOfACriterionThatIsMoved() {
        String canary = "- [ ] **Canary Strategy:**\n";
        assertThat(differences(TaskFixture.TASK.replace(GONE, "").replace(canary, canary + GONE))).containsExactly(
                "29: BG-6 is moved: the task has it under \"Canary Strategy\", the features under \"Blue-Green"
                        + " Strategy\"");
        assertThat(differences(TaskFixture.TASK.replace(GONE, GONE.strip() + "\n"))).containsExactly(
                "28: BG-6 is moved: the task has it under \"Acceptance Criteria\", the features under \"Blue-Green"
                        + " Strategy\"");
    }

    @Test
    void tellsOfACriterionInTheWrongPlace() {
        assertThat(differences(TaskFixture.TASK.replace(GONE, "  " + GONE))).containsExactly("28: BG-6 is in the"
                + " wrong place: beneath the box of line 27; the features have it right under \"Blue-Green Strategy\"");
        assertThat(differences(TaskFixture.TASK.replace("- [ ] **Documentation:**\n  - [ ]",
                "  - [ ] **Documentation:**\n    - [ ]"))).containsExactly(
                "38: DOC-1 is in the wrong place: its section is beneath the box of line 34");
    }

    @Test
    void tellsOfACriterionThatIsThereTwice() {
        assertThat(differences(TaskFixture.TASK.replace(GONE, GONE + GONE)))
                .containsExactly("29: BG-6 a second time; it is in line 28 already");
    }

    @Test
    void tellsOfACriterionWithoutABox() {
        for (String bullet : List.of("-", "- [-]", "- []")) {
            assertThat(differences(TaskFixture.TASK.replace(GONE, GONE.replace("- [ ]", bullet)))).containsExactly(
                    "28: BG-6 stands there without a box, or not where it belongs;"
                            + " make it \"- [ ] The old ReplicaSet is scaled down.\" under \"Blue-Green Strategy\"");
        }
    }

    @Test
    void tellsOfBoxesThatAreCommentedOutOrCode() {
        assertThat(differences(TaskFixture.TASK.replace(GONE, "\n<!--\n" + GONE + "-->\n"))).hasSize(1)
                .allMatch(difference -> difference.contains("BG-6 is removed"));
        assertThat(differences(TaskFixture.TASK.replace(GONE, "  ```\n" + GONE + "  ```\n"))).hasSize(1)
                .allMatch(difference -> difference.contains("BG-6 is removed"));
    }

    @Test
    void tellsOfABlockerThatIsRewordedMovedOrRemoved() {
        assertThat(differences(TaskFixture.TASK.replace("fully healthy and validated", "up and healthy")))
                .hasSize(1).allMatch(difference -> difference.startsWith("42: PRE-1 is reworded"));
        assertThat(differences(TaskFixture.TASK.replace(BLOCKER, ""))).hasSize(1)
                .allMatch(difference -> difference.startsWith("40: PRE-1 is removed"));
        assertThat(differences(TaskFixture.TASK.replace("## Blockers", "## Risks"))).hasSize(1)
                .allMatch(difference -> difference.startsWith("42: PRE-1 stands there without a box, or not where"));
        assertThat(more(TaskFixture.TASK.replace(BLOCKER, BLOCKER + "\n\n- [ ] Enough disk.")))
                .containsExactly("44: Enough disk. of Blockers");
    }

    @Test
    void aCriterionOfTheDescriptionMayHaveABoxAndIsHeldToItsWordsThen() {
        String last = "  - [ ] Manual promotion successfully shifts all traffic to the new version.\n";
        assertThat(differences(TaskFixture.TASK.replace(last,
                last + "  - [ ] The canary release is judged by analysis.\n"))).isEmpty();
        assertThat(differences(TaskFixture.TASK.replace(last,
                last + "  - [ ] The canary release is judged by good analysis.\n"))).hasSize(1)
                .allMatch(difference -> difference.startsWith("34: CAN-A is reworded"));
    }

    @Test
    void anIdInACommentIsStrongerThanWords() {
        assertThat(differences(TaskFixture.TASK.replace("scaled down.", "gone. <!-- BG-6 -->"))).containsExactly(
                "28: BG-6 is reworded: the task says \"The old ReplicaSet is gone.\","
                        + " the features say \"The old ReplicaSet is scaled down.\"");
        assertThat(differences(TaskFixture.TASK.replace("scaled down.", "scaled down. <!-- BG-7 -->"))).hasSize(2)
                .anyMatch(difference -> difference.startsWith("28: no scenario proves BG-7 \"The old"));
    }

    @Test
    void boxesUnderOtherHeadingsAreSomebodyElses() {
        assertThat(differences(TaskFixture.TASK + "\n## Definition of Done\n\n- [ ] **Documentation:**\n"
                + "  - [ ] The old ReplicaSet is scaled down.\n- [ ] Reviewed\n")).isEmpty();
    }

    @Test
    void everyLineIsReportedAtOnceAndTheFileIsNamed() {
        String text = TaskFixture.TASK.replace("scaled down.", "gone.").replace("fully restored", "restored");
        assertThatThrownBy(() -> TaskFixture.updated(text, TaskFixture.run("a", Map.of())))
                .isInstanceOf(InvalidTask.class)
                .hasMessageStartingWith("TASK: task-9.md is not brought up to date: its criteria are not those")
                .hasMessageContaining("\n  line 28: BG-6 is reworded")
                .hasMessageContaining("\n  line 36: RB-2 is reworded");
    }

    @Test
    void anotherFileIsReportedInOneSentence() {
        assertThatThrownBy(() -> TaskFixture.updated("# Notes\n\n- [ ] Milk\n", TaskFixture.run("a", Map.of())))
                .isInstanceOf(InvalidTask.class).hasMessageContaining("has no box of any criterion");
    }

    /** Returns the criteria that only the task has, where nothing else is wrong with it. */
    private static List<String> more(String text) {
        Matching matching = new Matching(new TaskDocument(text), TaskFixture.CHECKLIST);
        assertThat(matching.differences()).isEmpty();
        return matching.withoutScenario().stream()
                .map(box -> box.index() + 1 + ": " + box.words() + " of " + box.section()).toList();
    }

    private static List<String> differences(String text) {
        return new Matching(new TaskDocument(text), TaskFixture.CHECKLIST).differences().stream()
                .map(difference -> difference.line() + ": " + difference.what()).toList();
    }
}
