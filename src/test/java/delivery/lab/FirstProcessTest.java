package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lab's first process is killed with all its descendants and gets the lab's network, so it must be the right one.
 */
class FirstProcessTest {

    /** A process with two children; the test chooses the network of the second one. */
    private static final String TREE = """
            sh -c 'sleep 30 & echo $! >"$0/helper"; sleep 30 & echo $! >"$0/other"; wait' %1$s &
            until [ -s %1$s/other ]; do sleep 0.05; done
            trap 'kill $(cat %1$s/helper %1$s/other) $! 2>/dev/null' EXIT
            """;

    @TempDir
    private Path folder;

    private String firstProcess(String network) {
        LabScripts lab = new LabScripts(folder).standIn("readlink",
                "case $1 in */$(cat " + folder + "/other)/ns/net) echo '" + network + "';; *) echo 'net:[1]';; esac");
        return lab.run(TREE.formatted(folder) + "first_process $! && echo of $(cat " + folder + "/other) || echo none")
                .output();
    }

    @Test
    void isTheChildThatIsInANetworkOfItsOwn() {
        assertThat(firstProcess("net:[2]")).matches("(\\d+)\nof \\1\n");
    }

    @Test
    void isNoneThatIsInThisMachines() {
        assertThat(firstProcess("net:[1]")).isEqualTo("none\n");
    }

    @Test
    void isNoneThatHasEndedMeanwhile() {
        assertThat(firstProcess("")).isEqualTo("none\n");
    }
}
