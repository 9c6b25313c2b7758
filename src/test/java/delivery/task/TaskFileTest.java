package delivery.task;

import static delivery.task.TaskFixture.CHECKLIST;
import static delivery.task.TaskFixture.TASK;
import static delivery.task.TaskFixture.notMet;
import static delivery.task.TaskFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.InvalidTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFileTest {

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void aTask() throws IOException {
        file = Files.writeString(folder.resolve("task-9.md"), TASK);
    }

    @Test
    void isReplacedAsAWholeWithItsModeAndNothingBeside() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        Object inode = Files.getAttribute(file, "unix:ino");

        assertThat(task(false).record(run("abcde", Map.of("BG-6", notMet("No."))))).isEqualTo("TASK: " + file
                + ": 13 of 14 criteria ticked, and the Session History has the 16 cases of run abcde");

        assertThat(Files.readString(file)).contains("- [x] **Setup:**")
                .contains("- Not met (2026-11-24 08:26 UTC): No.");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-rw-r--");
        assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(inode);
        assertThat(names()).containsExactly("task-9.md");
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.md"), file);

        new TaskFile(link, CHECKLIST, false).record(run("a", Map.of()));

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).contains("- [x] **Setup:**");
    }

    @Test
    void theReportIsLinkedFromWhereTheTaskIs() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("tasks (old)"));
        Path there = Files.writeString(inner.resolve("task-9.md"), TASK);
        TaskRun run = run("a", Map.of());
        TaskRun elsewhere = new TaskRun("a", run.begun(), run.ended(), run.target(),
                folder.resolve("the reports/allure.html"), run.summary(), run.entries(), run.redaction());

        new TaskFile(there, CHECKLIST, false).record(elsewhere);

        assertThat(Files.readString(there)).contains("- Report: [allure.html](<../the%20reports/allure.html>)\n");
    }

    @Test
    void aDryRunShowsTheDifferenceAndWritesNothing() throws IOException {
        Files.writeString(file, TASK.stripTrailing().replace("\n", "\r\n"));
        byte[] before = Files.readAllBytes(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        TaskFile task = task(true);

        task.check();
        String shown = task.record(run("abcde", Map.of()));

        assertThat(shown)
                .startsWith("TASK_DRY_RUN, nothing is written. It would be " + file + ": 14 of 14 criteria ticked")
                .contains("\n--- " + file + "\n+++ " + file + "\n@@ -4,7 +4,7 @@\n status: To Do\r\n")
                .contains("\n-updated: '2025-11-03 17:40'\r\n+updated: '2026-11-24 08:26'\r\n")
                .contains("\n-- [ ] **Setup:**\r\n").contains("\n+- [x] **Setup:**\r\n");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(names()).containsExactly("task-9.md");
    }

    @Test
    void theDifferenceTellsOfALastLineWithoutEnding() {
        assertThat(TaskFile.diff("t", "a\nb", "a\nc")).isEqualTo("--- t\n+++ t\n@@ -1,2 +1,2 @@\n a\n-b\n"
                + "\\ No newline at end of file\n+c\n\\ No newline at end of file");
    }

    @Test
    void theSameRunTwiceGivesTheSameBytes() throws IOException {
        task(false).record(run("a", Map.of()));
        byte[] once = Files.readAllBytes(file);

        task(false).record(run("a", Map.of()));

        assertThat(Files.readAllBytes(file)).isEqualTo(once);
    }

    @Test
    void anEditMadeBetweenTheCheckAndTheEndOfTheRunIsKept() throws IOException {
        TaskFile task = task(false);
        task.check();
        Files.writeString(file, TASK.replace("- Document all", "- Tell Zoë\n- Document all").replace("To Do", "Doing"));

        task.record(run("a", Map.of()));

        assertThat(Files.readString(file)).contains("- Tell Zoë\n").contains("status: Doing")
                .contains("[x] **Setup:**");
    }

    @Test
    void anEditSavedWhileTheFileIsBroughtUpToDateIsKept() throws IOException {
        TaskRun run = run("a", Map.of());
        AtomicBoolean saved = new AtomicBoolean();
        TaskRun during =
                new TaskRun("a", run.begun(), run.ended(), run.target(), run.report(), run.summary(), run.entries(),
                text -> {
                    if (!saved.getAndSet(true)) {
                        assertThatCode(() -> Files.writeString(file, TASK.replace("To Do", "Doing")))
                                .doesNotThrowAnyException();
                    }
                    return text;
                });

        task(false).record(during);

        assertThat(Files.readString(file)).contains("status: Doing").contains("[x] **Setup:**");
        assertThat(names()).containsExactly("task-9.md");
    }

    @Test
    void aFileThatDiffersIsNotTouched() throws IOException {
        Files.writeString(file, TASK.replace("scaled down", "gone"));

        assertThatThrownBy(task(false)::check).isInstanceOf(InvalidTask.class)
                .hasMessageContaining("line 28: BG-6 is reworded");
        assertThatThrownBy(() -> task(false).record(run("a", Map.of()))).isInstanceOf(InvalidTask.class);
        assertThat(Files.readString(file)).isEqualTo(TASK.replace("scaled down", "gone"));
        assertThat(names()).containsExactly("task-9.md");
    }

    @Test
    void theCheckChangesNothing() throws IOException {
        assertThatCode(task(false)::check).doesNotThrowAnyException();
        assertThat(Files.readString(file)).isEqualTo(TASK);
        assertThat(names()).containsExactly("task-9.md");
    }

    @Test
    void whatIsNoTextInUtf8IsReported() throws IOException {
        Files.write(file, TASK.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(task(false)::check).isInstanceOf(InvalidTask.class)
                .hasMessage("TASK: " + file + " is not a text in UTF-8; save it in that encoding");
    }

    @Test
    void whatIsMissingAFolderOrEmptyIsReported() throws IOException {
        assertThatThrownBy(new TaskFile(folder, CHECKLIST, false)::check)
                .hasMessageContaining(" is not a file; name the");
        assertThatThrownBy(new TaskFile(folder.resolve("x"), CHECKLIST, false)::check)
                .hasMessageContaining("x is not there; name the");
        Files.writeString(file, " \n\n");
        assertThatThrownBy(task(false)::check).hasMessageContaining(" is empty; name the");
        Files.writeString(file, "");
        assertThatThrownBy(task(false)::check).hasMessageContaining(" is empty; name the");
    }

    @Test
    void aFileThatWasMadeReadOnlyStaysAsItIs() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        assertThatThrownBy(task(false)::check).isInstanceOf(InvalidTask.class)
                .hasMessageContaining("is read-only; make it");
        assertThatThrownBy(() -> task(false).record(run("a", Map.of()))).hasMessageContaining("is read-only");
        assertThat(Files.readString(file)).isEqualTo(TASK);
    }

    private TaskFile task(boolean dryRun) {
        return new TaskFile(file, CHECKLIST, dryRun);
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(there -> there.getFileName().toString()).toList().stream();
        }
    }
}
