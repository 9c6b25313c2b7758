package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compiler takes both cores for minutes: none may go on after the command that started it has ended in any way. */
@Timeout(60)
class BuildEndsTest {

    @TempDir
    private Path folder;

    private LabScripts lab;
    private List<ProcessHandle> compilers = List.of();

    @BeforeEach
    void aMachine() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("started").toString()).start().waitFor()).isZero();
        lab = new LabScripts(folder).only("etcd").standIn("df", "printf '%s\\n' head 'disk 1 1 99999999 1% /'");
    }

    @AfterEach
    void nothingStays() {
        compilers.forEach(ProcessHandle::destroyForcibly);
    }

    /** @param building what it also does once its compiler runs */
    private void go(String building) {
        lab.standIn("go", """
                case "$1 $2" in
                    "env GOVERSION") echo go1.99.1 ;;
                    "env "*) echo /none ;;
                    "build "*)
                        sleep 600 &
                        compiler=$!
                        @BUILDING@
                        echo $$ $compiler >'@FOLDER@/started'
                        wait ;;
                esac""".replace("@FOLDER@", folder.toString()).replace("@BUILDING@", building));
    }

    /** Starts a build, and waits until go and its compiler run. */
    private Process build() throws IOException {
        Process build = lab.launch("build");
        compilers = Arrays.stream(Files.readString(folder.resolve("started")).strip().split(" "))
                .map(id -> ProcessHandle.of(Long.parseLong(id)).orElseThrow()).toList();
        assertThat(compilers).hasSize(2).allMatch(ProcessHandle::isAlive);
        return build;
    }

    private void end(Process build, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(build.pid())).start().waitFor()).isZero();
        assertThat(build.waitFor(20, TimeUnit.SECONDS)).as("the command ends").isTrue();
        for (ProcessHandle compiler : compilers) {
            assertThat(compiler.onExit()).as("%s ends", compiler.info().command()).succeedsWithin(20, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP", "QUIT", "KILL"})
    void whateverTheSignal(String signal) throws IOException, InterruptedException {
        go("");
        end(build(), signal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void evenIfItIsDeafToSignals(String signal) throws IOException, InterruptedException {
        go("trap '' INT TERM HUP");
        end(build(), signal);
    }

    @Test
    void aBuildThatFailsSaysWhatItSaidAndWhereTheRestIs() {
        lab.standIn("go", """
                case "$1 $2" in
                    "env GOVERSION") echo go1.99.1 ;;
                    "env "*) echo /none ;;
                    "build "*) echo 'undefined: Something'; exit 1 ;;
                esac""");
        LabScripts.Outcome outcome = lab.end(lab.launch("build"));
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("undefined: Something", "failed; the whole output is in " + folder);
    }
}
