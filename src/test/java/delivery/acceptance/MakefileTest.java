package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code make acceptance} ends as the run did, whatever Maven makes of it: with stand-ins for Maven. */
class MakefileTest {

    private static final int LONGEST_SECONDS = 60;

    @TempDir
    private Path folder;

    @BeforeEach
    void aCheckout() throws IOException {
        Files.copy(Path.of("Makefile"), folder.resolve("Makefile"));
        Files.createDirectories(folder.resolve("reports"));
        Files.createDirectories(folder.resolve("src"));
    }

    @ParameterizedTest
    @CsvSource({
        // As it should be.
        "0,0,0", "1,1,1", "2,1,2", "3,1,3", "4,1,4",
        // testFailureIgnore, --fail-never: Maven ends well, the run did not.
        "1,0,1", "2,0,2", "3,0,3", "4,0,4",
        // Something failed that the run does not know of.
        "0,1,4",
        // What no run writes is no exit code of one.
        "'',0,4", "no,0,4", "7,0,4", "'0 0',0,4"})
    void theCodeIsTheRunsOwn(String written, int maven, int code) throws Exception {
        assertThat(make("mkdir -p reports; echo " + written + " >reports/exit-code; exit " + maven)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"exit 0", "exit 1", "exit 137", "kill -9 $$"})
    void aRunThatWroteNoneHasNotHappened(String maven) throws Exception {
        assertThat(make(maven)).isEqualTo(4);
    }

    @Test
    void theCodeOfAnEarlierRunIsNotThisOnes() throws Exception {
        Files.writeString(folder.resolve("reports/exit-code"), "0\n");
        assertThat(make("exit 0")).isEqualTo(4);
    }

    @Test
    void aCodeThatCannotBeRemovedIsNotThisRuns() throws Exception {
        Files.createDirectories(folder.resolve("reports/exit-code/in-the-way"));
        assertThat(make("exit 0")).isNotZero();
    }

    /** Without make, too: a property counts only where the pom says nothing. */
    @Test
    void noPropertyTurnsMavensVerdict() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml"))).containsOnlyOnce("<testFailureIgnore>false</testFailureIgnore>")
                .containsOnlyOnce("<rerunFailingTestsCount>0</rerunFailingTestsCount>")
                .containsOnlyOnce("<skipTests>false</skipTests>").containsOnlyOnce("<skip>false</skip>");
    }

    /** What the recipe ended with, as make prints it: make's own exit code is 0 or 2. */
    private int make(String maven) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("maven.sh"), maven + "\n");
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder("make", "acceptance", "MVN=sh " + script).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        String words = Files.readString(said);
        assertThat(process.exitValue()).as(words).isIn(0, 2);
        return process.exitValue() == 0 ? 0 : Integer.parseInt(words.replaceAll("(?s).* Error (\\d+).*", "$1"));
    }
}
