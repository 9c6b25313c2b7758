package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimate of a first build: what it takes, before it begins, and how long it still takes on this machine. */
class BuildEstimateTest {

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aMachine() {
        lab = new LabScripts(folder);
    }

    /**
     * The total work and the part that is done, in milliseconds of another machine, and the seconds that part took
     * here.
     */
    @ParameterizedTest
    @CsvSource({"5, 0, 600000, '0:05 min so far, about 10:00 min left'",
            "60, 20000, 620000, '1:00 min so far, about 30:00 min left'",
            "60, 120000, 620000, '1:00 min so far, about 4:10 min left'",
            "90, 0, 600000, '1:30 min so far, about 10:00 min left'",
            "90, 700000, 600000, '1:30 min so far, about 0:00 min left'"})
    void theEstimateFollowsTheMachine(int seconds, int done, int work, String said) {
        assertThat(lab.run("time_left " + seconds + " " + done + " " + work).output()).isEqualTo(said + "\n");
    }

    /**
     * Counts the code to compile in each package and the programs to link; until every group has its list, the total is
     * the estimate known before.
     */
    @Test
    void whatIsCompiledSaysHowFarABuildIs() throws IOException {
        Path log = folder.resolve("log");
        Files.writeString(log, """
                go: downloading golang.org/x/net v0.58.0
                internal/goarch
                golang.org/x/net/http2
                # something/else
                ./main.go:3: a warning
                internal/goarch
                """);
        String script = "MS_A_PACKAGE=10; MS_A_MB=1000; MS_A_PROGRAM=500; MS_A_MODULE=100; BUILD_WORK=9000;"
                + " BUILD_FOLDERS=(" + folder + "/group0); GROUPS_OF_GO=('etcd kubernetes');"
                + " declare -A MODULES_OF=([etcd]=$(module_file etcd)); work_done " + log;
        assertThat(lab.run(script).output()).isEqualTo("40 9000\n");
        Files.writeString(Files.createDirectories(folder.resolve("group0")).resolve("packages"),
                "1000000 golang.org/x/net/http2\n500000 internal/goarch\n3000000 lab/kubernetes\n");
        assertThat(lab.run(script).output()).isEqualTo("1520 5530\n");
        Files.writeString(Files.createDirectories(folder.resolve("group0/bin")).resolve("kubernetes"), "");
        assertThat(lab.run(script).output()).isEqualTo("2020 5530\n");
        Files.writeString(Files.createDirectories(folder.resolve("cache/go")).resolve("compiled"), "lab/kubernetes\n");
        assertThat(lab.run(script).output()).as("what an interrupted build left").isEqualTo("2020 2520\n");
        Files.writeString(folder.resolve("group0.fetched"), "go: downloading example.org/a v1.0.0\n".repeat(3));
        assertThat(lab.run(script).output()).isEqualTo("2320 2820\n");
    }

    /** Shared packages are compiled once; a machine that has built before knows how fast it is. */
    @Test
    void whatIsKnownBeforehandIsScaledToTheMachine() throws IOException {
        String known = "CONF[etcd.seconds]=100; CONF[coredns.seconds]=80; CONF[helm.seconds]=40;"
                + " CONF[traefik.seconds]=20; known_seconds etcd coredns helm traefik; known_seconds traefik";
        assertThat(lab.run(known).output()).isEqualTo("130\n20\n");
        Files.writeString(Files.createDirectories(folder.resolve("cache")).resolve("speed"), "200\n");
        assertThat(lab.run(known).output()).isEqualTo("260\n20\n");
    }

    @Test
    void aFirstStartSaysOnceWhatItDoes() throws IOException {
        lab.standIn("df", "printf '%s\\n' head 'disk 1 1 44040192 1% /'");
        assertThat(lab.run("missing_packages() { echo 'jq curl '; }; announce").output().lines()).hasSize(5)
                .anyMatch(line -> line.matches("lab: .*first start.*about \\d+:\\d\\d min.*"))
                .anyMatch(line -> line.contains("install Debian packages: jq curl"))
                .anyMatch(line -> line.contains(folder + "/cache") && line.contains("of which 42 are free"))
                .anyMatch(line -> line.contains(folder + "/state") && line.contains("198.18.0.0/15"));
        Files.createDirectories(folder.resolve("cache/components"));
        assertThat(lab.run("announce").output()).isEmpty();
    }
}
