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

/**
 * {@code make acceptance} ends as the run did, whatever Maven makes of it: with stand-ins for Maven and the program.
 */
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
        // As it should be.
        "0,0,0", "1,1,1", "2,2,2", "3,3,3", "4,4,4",
        // Java's own 1, and a process that was killed.
        "4,1,4", "4,137,4",
        // A run that says it did not prove everything, and one that left nothing.
        "1,0,4", "'',0,4", "no,0,4", "'0 0',0,4"})
    void theCodeIsTheRunsOwn(String written, int program, int code) throws Exception {
        assertThat(make(COMPILES, "echo " + written + " >reports/exit-code; exit " + program)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"exit 0", "exit 1", "kill -9 $$", "rm -rf reports; exit 0", "mv reports other; exit 0"})
    void aRunThatWroteNoneHasNotHappened(String program) throws Exception {
        assertThat(make(COMPILES, program)).isEqualTo(4);
    }

    /** Such as -DskipTests or testFailureIgnore: Maven compiles, or nothing has happened. */
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

    /** Without make, too: a property counts only where the pom says nothing. */
    @Test
    void noPropertyTurnsMavensVerdict() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsOnlyOnce("<testFailureIgnore>false</testFailureIgnore>")
                .containsOnlyOnce("<rerunFailingTestsCount>0</rerunFailingTestsCount>")
                .containsOnlyOnce("<skipTests>false</skipTests>").containsOnlyOnce("<skip>false</skip>");
    }

    /** What the recipe ended with, as make prints it: make's own exit code is 0 or 2. */
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
