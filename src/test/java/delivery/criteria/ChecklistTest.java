package delivery.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.InvalidChecklist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecklistTest {

    @TempDir
    Path folder;

    @Test
    void theTaskHasItsCriteriaInItsOrder() {
        Checklist task = Checklist.read(Path.of("features/task-9.md"));

        assertThat(task.criteria()).extracting(Criterion::id).containsExactly(
                "SET-1", "BG-1", "BG-2", "BG-3", "BG-4", "BG-5", "BG-6",
                "CAN-1", "CAN-2", "CAN-3", "CAN-4", "CAN-A", "RB-1", "RB-2", "DOC-1", "PRE-1");
        assertThat(task.sections()).extracting(Section::name).containsExactly(
                "Setup", "Blue-Green Strategy", "Canary Strategy", "Rollback", "Documentation", "Blockers");
        assertThat(task.criterion("BG-5")).hasValue(new Criterion("BG-5", "Blue-Green Strategy",
                "Manual promotion (`kubectl argo rollouts promote`)"
                        + " successfully switches traffic to the new version."));
        assertThat(task.criterion("BG-7")).isEmpty();
    }

    @Test
    void blockersAndDocumentationAreKnownByTheirSections() {
        Checklist task = Checklist.read(Path.of("features/task-9.md"));

        assertThat(task.criteria().stream().filter(task::isBlocker)).extracting(Criterion::id)
                .containsExactly("PRE-1");
        assertThat(task.documentation()).extracting(Criterion::id).containsExactly("DOC-1");
    }

    @Test
    void boxesStandUnderASectionBoxOrAHeading() {
        Checklist checklist = parsed("""
                ## First
                - [x] **Inner:**
                    - [X] Ticked. <!-- A-1 -->
                * [ ] Plain. <!--A-2-->
                ## Second ##
                  - [ ] Indented. <!-- A-3 -->
                - no box
                """);

        assertThat(checklist.criteria()).containsExactly(
                new Criterion("A-1", "Inner", "Ticked."),
                new Criterion("A-2", "First", "Plain."),
                new Criterion("A-3", "Second", "Indented."));
    }

    @Test
    void aNumberBeforeTheWordsIsNoneOfThem() {
        assertThat(parsed(
                "## A\n<!-- AC:BEGIN -->\n- [ ] #1 One. <!-- A-1 -->\n- [x] #22  Two #2. <!-- A-2 -->\n<!-- AC:END"
                        + " -->\n")
                .criteria()).containsExactly(new Criterion("A-1", "A", "One."), new Criterion("A-2", "A", "Two #2."));
    }

    @Test
    void knowsWhatTheTaskAsksForInItsDescriptionOnly() {
        Checklist checklist = parsed("- [ ] One. <!-- A-1 -->\n- [ ] Two. <!-- A-2, from the description -->\n");

        assertThat(checklist.criteria()).filteredOn(checklist::isFromDescription).extracting(Criterion::id)
                .containsExactly("A-2");
        assertThat(checklist.criterion("A-2").orElseThrow().words()).isEqualTo("Two.");
    }

    @Test
    void aBoxWithoutIdIsRefused() {
        assertThatThrownBy(() -> parsed("## A\n\n- [ ] Words. <!-- A-1 -->\n- [ ] Words.\n"))
                .isInstanceOf(InvalidChecklist.class)
                .hasMessageContaining("task.md:4: this box has no id; end the line with");
        assertThatThrownBy(() -> parsed("- [ ] Words. <!-- a-1 -->\n")).hasMessageContaining("task.md:1");
        assertThatThrownBy(() -> parsed("- [ ] <!-- A-1 -->\n")).hasMessageContaining("task.md:1");
    }

    @Test
    void anIdTwiceIsRefused() {
        assertThatThrownBy(() -> parsed("- [ ] One. <!-- A-1 -->\n- [ ] Two. <!-- A-1 -->\n"))
                .hasMessageContaining("task.md:2: the id A-1 is that of line 1 already");
    }

    @Test
    void nothingToProveIsRefused() {
        assertThatThrownBy(() -> parsed("## Acceptance Criteria\n\n- none\n"))
                .isInstanceOf(InvalidChecklist.class).hasMessageContaining("has no box");
    }

    @Test
    void aFileThatIsNotThereOrNoTextIsNamed() throws IOException {
        assertThatThrownBy(() -> Checklist.read(folder.resolve("other.md")))
                .isInstanceOf(InvalidChecklist.class).hasMessageContaining("other.md: cannot be read");

        Files.write(folder.resolve("binary.md"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> Checklist.read(folder.resolve("binary.md"))).isInstanceOf(InvalidChecklist.class);
    }

    private Checklist parsed(String text) {
        Path file = folder.resolve("task.md");
        try {
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new AssertionError(unwritable);
        }
        return Checklist.read(file);
    }
}
