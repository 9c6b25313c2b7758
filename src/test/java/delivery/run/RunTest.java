package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.criteria.Cause;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import delivery.failure.InvalidSettings;
import delivery.failure.InvalidTask;
import delivery.report.AllureReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run and the task's own file. Nothing is proved here: the kubeconfig names a cluster without an address. */
class RunTest {

    private static final Checklist CHECKLIST = Checklist.read(Path.of("features/task-9.md"));
    private static final Set<String> ALL =
            CHECKLIST.criteria().stream().map(Criterion::id).collect(Collectors.toSet());

    @TempDir
    private Path folder;
    private Path task;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aTaskAndACluster() throws IOException {
        task = Files.copy(Path.of("features/task-9.md"), folder.resolve("task-9.md"));
        Path renderer = Files.createDirectories(folder.resolve("renderer/allure/bin")).resolve("allure");
        Files.writeString(renderer,
                "while [ \"$1\" != --output ]; do shift; done; mkdir -p \"$2\" && echo '</body>' >"
                        + " \"$2/index.html\"\n");
        environment.put("TASK", task.toString());
        environment.put("KUBECONFIG", Files.createFile(folder.resolve("kubeconfig")).toString());
    }

    @Test
    void tellsTheTaskWhatItProved() throws IOException {
        Run run = begun();
        CHECKLIST.criteria().forEach(criterion -> end(run, criterion, Result.proven(Duration.ofSeconds(1))));

        Summary summary = run.finish(ALL);

        assertThat(summary.exitCode()).isZero();
        assertThat(Checklist.read(task).criteria()).isEqualTo(CHECKLIST.criteria());
        assertThat(exitCode()).isEqualTo("0\n");
        assertThat(Files.readString(task)).doesNotContain("[ ]")
                .contains("- Report: [allure.html](<reports/allure.html>)");
    }

    @Test
    void aTaskWithACriterionMoreIsPartlyProved() throws IOException {
        edit("## Blockers\n", "## Blockers\n\n- [ ] #17 Nobody is paged.\n");
        Run run = begun();
        CHECKLIST.criteria().forEach(criterion -> end(run, criterion, Result.proven(Duration.ofSeconds(1))));

        assertThat(run.finish(ALL).exitCode()).isEqualTo(2);
        assertThat(exitCode()).isEqualTo("2\n");
        assertThat(folder.resolve("reports/run.json")).content()
                .contains("\"result\" : \"partial\"", "Nobody is paged.");
        assertThat(Files.readString(task)).contains("- [ ] #17 Nobody is paged.\n", "- [x] The E2E environment");
    }

    @Test
    void aTaskThatDiffersIsReportedBeforeAnythingIsProved() throws IOException {
        edit("scaled down", "gone");
        Run run = begun();

        assertThatThrownBy(() -> run.require(criterion("BG-1"), "scenario")).isInstanceOf(InvalidTask.class)
                .hasMessageContaining("BG-6 is reworded");
        assertThatThrownBy(() -> run.require(criterion("PRE-1"), "scenario")).isInstanceOf(InvalidTask.class);
    }

    @Test
    void aTaskThatIsNotThereIsReportedBeforeAnythingIsProved() {
        environment.put("TASK", folder.resolve("other.md").toString());
        assertThatThrownBy(() -> begun().require(criterion("BG-1"), "scenario")).isInstanceOf(InvalidSettings.class)
                .hasMessage("One setting is wrong:\n  TASK (\"" + folder.resolve("other.md")
                        + "\") is not a file that can be" + " read; give the path of one file");
    }

    @Test
    void aDryRunNeedsATask() {
        environment.remove("TASK");
        environment.put("TASK_DRY_RUN", "true");
        assertThatThrownBy(() -> begun().require(criterion("BG-1"), "scenario")).isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("TASK_DRY_RUN is set and TASK is not; set TASK to the task's own Markdown file");
    }

    @Test
    void aTaskThatWasSpoiledMeanwhileEndsAGreenRunAs2AndItsReportsAreThere() throws IOException {
        Run run = begun();
        CHECKLIST.criteria().forEach(criterion -> end(run, criterion, Result.proven(Duration.ofSeconds(1))));
        edit("scaled down", "gone");
        String spoiled = Files.readString(task);

        assertThatThrownBy(() -> run.finish(ALL)).isInstanceOf(InvalidTask.class)
                .hasMessageContaining("BG-6 is reworded");
        assertThat(folder.resolve("reports/run.json")).content().contains("\"exitCode\" : 2");

        assertThat(exitCode()).isEqualTo("2\n");
        assertThat(Files.readString(folder.resolve("reports/criteria.md"))).contains("16 proven");
        assertThat(Files.readString(task)).isEqualTo(spoiled);
    }

    @Test
    void aTaskThatWasSpoiledMeanwhileDoesNotHideWhatWasNotMet() throws IOException {
        Run run = begun();
        CHECKLIST.criteria().forEach(criterion -> end(run, criterion, Result.notMet("No.", Duration.ofSeconds(1))));
        edit("scaled down", "gone");

        assertThatThrownBy(() -> run.finish(ALL)).isInstanceOf(InvalidTask.class);

        assertThat(exitCode()).isEqualTo("1\n");
    }

    /** The pre-check throws before it has written any evidence, and that must not fail the documentation criterion. */
    @Test
    void anEnvironmentThatIsNotFitMakesNoCriterionNotMet() throws IOException {
        environment.remove("TASK");
        Run run = begun();
        Criterion check = CHECKLIST.criterion("PRE-1").orElseThrow();
        run.journal(check);
        end(run, check, Result.notMet(Cause.ENVIRONMENT, "No node is ready.", Duration.ofSeconds(1)));

        Summary summary = run.finish(Set.of("PRE-1"));

        assertThat(summary.exitCode()).isEqualTo(3);
        assertThat(exitCode()).isEqualTo("3\n");
        assertThat(Files.readString(folder.resolve("reports/criteria.md")))
                .doesNotContain("differs from what was done");
    }

    @Test
    void aHistoryThatIsNotRightIsTheSuitesFaultWhereNobodyAskedForTheDocumentation() throws IOException {
        environment.remove("TASK");
        Run run = begun();
        Criterion proved = CHECKLIST.criterion("BG-1").orElseThrow();
        run.journal(proved);
        end(run, proved, Result.proven(Duration.ofSeconds(1)));

        assertThat(run.finish(Set.of("BG-1")).exitCode()).isEqualTo(4);
    }

    @Test
    void aHistoryThatIsNotRightIsNoDocumentation() throws IOException {
        environment.remove("TASK");
        Run run = begun();
        run.journal(CHECKLIST.criterion("BG-1").orElseThrow());
        CHECKLIST.criteria().forEach(criterion -> end(run, criterion, Result.proven(Duration.ofSeconds(1))));

        Summary summary = run.finish(ALL);

        assertThat(summary.exitCode()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("reports/criteria.md")))
                .contains("The Session History of the whole run differs from what was done: BG-1 has no entry");
    }

    private static Criterion criterion(String id) {
        return CHECKLIST.criterion(id).orElseThrow();
    }

    private Run begun() {
        Run run = new Run(CHECKLIST, folder.resolve("reports"),
                new AllureReport(folder.resolve("results"), folder.resolve("renderer")));
        run.begin(environment, new Properties(), Optional.empty(), Map.of());
        return run;
    }

    private static void end(Run run, Criterion criterion, Result result) {
        run.started(criterion);
        run.ended(criterion, result);
    }

    private void edit(String words, String instead) throws IOException {
        Files.writeString(task, Files.readString(task).replace(words, instead));
    }

    private String exitCode() throws IOException {
        return Files.readString(folder.resolve("reports/exit-code"));
    }
}
