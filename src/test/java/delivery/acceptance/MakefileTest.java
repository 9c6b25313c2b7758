package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit code of {@code make acceptance} is that of the run, whatever Maven does; both are stand-ins here. */
class MakefileTest {

    private static final int LONGEST_SECONDS = 60;
    private static final String COMPILES = "mkdir -p target; echo here >target/classpath";

    @TempDir
    private Path folder;

    @BeforeEach
    void aCheckout() throws IOException {
        Files.copy(Path.of("Makefile"), folder.resolve("Makefile"));
        Files.writeString(folder.resolve("pom.xml"), "");
        for (String sources : List.of("main", "suite", "trials", "test")) {
            Files.createDirectories(folder.resolve("src").resolve(sources));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Runs whose exit code is also in their record.
        "0,0,0", "1,1,1", "2,2,2", "3,3,3", "4,4,4",
        // Java's own 1, and a process that was killed.
        "4,1,4", "4,137,4",
        // Runs whose record has another exit code, and one that left no record.
        "1,0,4", "'',0,4", "no,0,4", "'0 0',0,4"})
    void theCodeIsTheRunsOwn(String written, int program, int code) throws Exception {
        assertThat(make(COMPILES, "echo " + written + " >reports/exit-code; exit " + program)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"exit 0", "exit 1", "kill -9 $$", "rm -rf reports; exit 0", "mv reports other; exit 0"})
    void aRunThatWroteNoneHasNotHappened(String program) throws Exception {
        assertThat(make(COMPILES, program)).isEqualTo(4);
    }

    /** Nothing may run unless Maven has compiled, even with flags such as -DskipTests or testFailureIgnore. */
    @ParameterizedTest
    @CsvSource({"exit 0", "exit 1", "mkdir -p target; touch target/classpath"})
    void whereMavenCompilesNothingNothingIsRun(String maven) throws Exception {
        assertThat(make(maven, "echo 0 >reports/exit-code; exit 0")).isEqualTo(4);
    }

    @Test
    void theCodeOfAnEarlierRunIsNotThisOnes() throws Exception {
        Files.createDirectories(folder.resolve("reports"));
        Files.writeString(folder.resolve("reports/exit-code"), "0\n");
        assertThat(make(COMPILES, "exit 0")).isEqualTo(4);
    }

    @Test
    void aCodeThatCannotBeReplacedIsNotThisRuns() throws Exception {
        Files.createDirectories(folder.resolve("reports/exit-code/in-the-way"));
        assertThat(make(COMPILES, "exit 0")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAG=@canary", "LINES=features/canary.feature:24", "NAMES=Traffic"})
    void aMistypedSelectionSelectsNotEverything(String selection) throws Exception {
        Process process = new ProcessBuilder("make", "-n", "acceptance", selection).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile()).start();
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("said"))).contains(selection.replaceAll("=.*", "")
                + " selects nothing: use TAGS, NAME or LINE");
    }

    /** Holds without make, too: a property counts only where the pom sets no value. */
    @Test
    void noPropertyTurnsMavensVerdict() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsOnlyOnce("<testFailureIgnore>false</testFailureIgnore>")
                .containsOnlyOnce("<rerunFailingTestsCount>0</rerunFailingTestsCount>")
                .containsOnlyOnce("<skipTests>false</skipTests>").containsOnlyOnce("<skip>false</skip>");
    }

    /** Returns the exit code of the recipe, as make prints it: make's own is 0 or 2. */
    private int make(String maven, String program) throws IOException, InterruptedException {
        Path compiler = Files.writeString(folder.resolve("maven.sh"), maven + "\n");
        Path suite = Files.writeString(folder.resolve("src/suite/acceptance"), "#!/bin/sh\n" + program + "\n");
        assertThat(suite.toFile().setExecutable(true)).isTrue();
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder("make", "acceptance", "MVN=sh " + compiler).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        String words = Files.readString(said);
        assertThat(process.exitValue()).as(words).isIn(0, 2);
        return process.exitValue() == 0 ? 0
                : Integer.parseInt(words.replaceAll("(?s).*acceptance\\] Error (\\d+).*", "$1"));
    }
}
