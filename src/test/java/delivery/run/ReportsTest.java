package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.criteria.Checklist;
import delivery.criteria.Result;
import delivery.criteria.Results;
import delivery.criteria.Summary;
import delivery.failure.EnvironmentNotFit;
import delivery.report.AllureReport;
import delivery.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {

    private static final List<String> FILES =
            List.of("criteria.md", "exit-code", "run.json", "run.schema.json", "junit.xml", "allure.html");

    @TempDir
    Path folder;

    private Reports reports;
    private Path written;

    @BeforeEach
    void aRunThatIsToWriteItsReports() {
        written = folder.resolve("reports");
        reports = new Reports(written, new AllureReport(folder.resolve("results"), Path.of("target/renderer")));
        reports.begin();
    }

    @ParameterizedTest
    @ValueSource(strings = {"criteria.md", "exit-code", "run.json", "junit.xml", "allure.html"})
    void oneThatCannotBeWrittenKeepsNoOtherFromIt(String file) throws IOException {
        Files.deleteIfExists(written.resolve(file));
        Files.createDirectories(written.resolve(file).resolve("in the way"));
        write();

        assertThatThrownBy(() -> reports.requireWritten()).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining(file);
        assertThat(FILES).filteredOn(other -> !other.equals(file)
                && !(file.equals("run.json") && other.equals("run.schema.json")))
                .allSatisfy(other -> assertThat(written.resolve(other)).isNotEmptyFile());
    }

    @Test
    void aRunThatIsKilledLeavesNoExitCodeOfAnEarlierOne() throws IOException {
        write(0);
        reports.begin();

        assertThat(written.resolve("exit-code")).hasContent("4");
    }

    @Test
    void aRunThatCouldNotWriteThemDoesNotEndAsIfAllWereWell() throws IOException {
        Files.createDirectories(written.resolve("junit.xml").resolve("in the way"));
        write(0);

        assertThat(written.resolve("exit-code")).hasContent("3");
    }

    @Test
    void whereNoneCanBeWrittenNothingIsBegun() throws IOException {
        Reports nowhere = new Reports(Files.writeString(folder.resolve("file"), "").resolve("reports"),
                new AllureReport(folder.resolve("results"), Path.of("target/renderer")));
        assertThatThrownBy(nowhere::begin).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("cannot be written");

        Reports noResults = new Reports(folder.resolve("reports"),
                new AllureReport(folder.resolve("file").resolve("results"), Path.of("target/renderer")));
        assertThatThrownBy(noResults::begin).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aHistoryThatCannotBeUsedIsReportedOnceAndEveryReportIsThere() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.writeString(kept.resolve("history.json"), "broken");
        reports.keepHistoryIn(kept);
        write();

        assertThatCode(() -> reports.requireWritten()).doesNotThrowAnyException();
        assertThat(FILES).allSatisfy(file -> assertThat(written.resolve(file)).isNotEmptyFile());
        assertThat(reports.notes()).singleElement().asString().contains("history.json is not a history of Allure's",
                "shows this run only");
        assertThat(kept.resolve("history.json")).hasContent("broken");
    }

    @Test
    void aHistoryThatCannotBeWrittenIsReportedAndEveryReportIsThere() throws IOException {
        reports.keepHistoryIn(Files.writeString(folder.resolve("file"), "").resolve("below"));
        write();

        assertThatCode(() -> reports.requireWritten()).doesNotThrowAnyException();
        assertThat(FILES).allSatisfy(file -> assertThat(written.resolve(file)).isNotEmptyFile());
        assertThat(reports.notes()).singleElement().asString().contains("cannot be written, this run is not in it");
    }

    @Test
    void whatIsNotApplicableIsNotToBeRunAgain() throws IOException {
        Path task = Files.writeString(folder.resolve("task.md"),
                "## A\n- [ ] One. <!-- A-1 -->\n- [ ] Two. <!-- A-2 -->\n");
        Results results = new Results();
        results.started("A-1");
        results.ended("A-1", Result.notApplicable("no canary", Duration.ZERO));
        Summary summary = results.summary(Checklist.read(task), Set.of("A-1", "A-2"));
        Instant now = Instant.now();
        reports.write(summary, summary.exitCode(), code -> RunRecord.of("k7x2p", now, now, summary, code, List.of(),
                Map.of(), null, Map.of("suite", "1"), new RunRecord.Reproduce("mvn test -Pacceptance", List.of())),
                now);

        assertThat(written.resolve("again")).hasContent("@A-2");
    }

    private void write() throws IOException {
        write(1);
    }

    private void write(int exitCode) throws IOException {
        Path task = folder.resolve("task.md");
        Files.writeString(task, "## A\n- [ ] One. <!-- A-1 -->\n");
        Summary summary = new Results().summary(Checklist.read(task), Set.of());
        Instant now = Instant.now();
        reports.write(summary, exitCode, code -> RunRecord.of("k7x2p", now, now, summary, code, List.of(),
                Map.of("BUILD", "login -p hunter2hunter2"), null, Map.of("suite", "1"),
                new RunRecord.Reproduce("mvn test -Pacceptance", List.of())), now);
    }

    /** A server for CI may publish what it finds, whatever became of the run. */
    @Test
    void aRunThatBeginsRemovesTheReportsOfTheOneBefore() throws IOException {
        List<String> all =
                List.of("allure.html", "criteria.md", "run.json", "junit.xml", "session-history.md", "again");
        Files.createDirectories(written);
        for (String name : all) {
            Files.writeString(written.resolve(name), "earlier");
        }
        reports.begin();
        assertThat(written).isDirectoryNotContaining(file -> all.contains(file.getFileName().toString()));
        assertThat(written.resolve("exit-code")).hasContent("4");
    }

    @Test
    void aSecretOfTheSettingsIsInNoReport() throws IOException {
        reports.begin();
        reports.redact(text -> text.replace("hunter2hunter2", "(redacted)"));
        reports.describe(Map.of("BUILD", "login -p hunter2hunter2"));
        write();
        assertThat(written.resolve("run.json")).content().contains("login -p (redacted)").doesNotContain("hunter2");
        assertThat(folder.resolve("results").resolve("environment.properties")).content().contains("(redacted)")
                .doesNotContain("hunter2");
    }

    /** A program that reads the record and one that reads the code see the same. */
    @Test
    void theRecordHasTheExitCodeOfARunWhoseReportsCannotBeWritten() throws IOException {
        reports.begin();
        Files.createDirectories(written.resolve("junit.xml").resolve("in the way"));
        write(0);
        assertThat(written.resolve("exit-code")).hasContent("3");
        assertThat(written.resolve("run.json")).content().contains("\"exitCode\" : 3");
    }
}
