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

/** Whoever waits for a first build knows beforehand what it takes, and on the way how long it still takes here. */
class BuildEstimateTest {

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aMachine() {
        lab = new LabScripts(folder);
    }

    /** Of the work, in seconds of another machine, so much was done in so many seconds of this one. */
    @ParameterizedTest
    @CsvSource({"5, 0, 600, '0:05 min so far, about 10:00 min left'",
            "60, 20, 620, '1:00 min so far, about 30:00 min left'",
            "60, 120, 620, '1:00 min so far, about 4:10 min left'",
            "90, 0, 600, '1:30 min so far, about 10:00 min left'"})
    void theEstimateFollowsTheMachine(int seconds, int done, int work, String said) {
        assertThat(lab.run("so_far " + seconds + " " + done + " " + work).output()).isEqualTo(said + "\n");
    }

    @Test
    void whatIsCompiledSaysHowFarAComponentIs() throws IOException {
        Files.writeString(folder.resolve("log"), """
                go: downloading golang.org/x/net v0.58.0
                internal/goarch
                fmt
                golang.org/x/net/http2
                # something/else
                ./main.go:3: a warning
                """);
        String progress = "progress etcd " + folder.resolve("log");
        assertThat(lab.run("CONF[etcd.packages]=12; " + progress).output()).isEqualTo("250\n");
        assertThat(lab.run("CONF[etcd.packages]=3; " + progress).output()).as("it is still to be linked")
                .isEqualTo("950\n");
        assertThat(lab.run("CONF[etcd.packages]=; " + progress).output()).isEqualTo("0\n");
        Files.writeString(Files.createDirectories(folder.resolve("cache/seconds")).resolve("etcd"), "77 6\n");
        assertThat(lab.run("CONF[etcd.packages]=12; " + progress + "; known_seconds etcd").output())
                .isEqualTo("500\n77\n");
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
