package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.lab.LabScripts.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment of the calling shell changes nothing in the launcher's behaviour. */
class CallersShellTest {

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aMachine() {
        lab = new LabScripts(folder);
    }

    private String seen(String script) {
        Outcome outcome = lab.run(script);
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        return outcome.output().strip();
    }

    @Test
    void aFolderOfTheSameNameInCdpathIsNotTaken() throws IOException {
        Files.createDirectories(folder.resolve("other/lab"));
        lab.ofCopy("lab");
        lab.set("CDPATH", folder + "/other");
        assertThat(seen("cd " + folder + " && . lab/settings.sh && echo $LAB_HOME")).isEqualTo(folder + "/lab");
    }

    @Test
    void aHomeThatIsNotSetIsTheUsersOwn() {
        lab.standIn("getent", "echo root:x:0:0:root:" + folder + "/of-user:/bin/sh");
        lab.unset("HOME").unset("LAB_CACHE").unset("LAB_STATE");
        assertThat(seen("echo $LAB_STATE; env | grep ^HOME=")).isEqualTo(folder
                + "/of-user/.local/state/progressive-delivery-lab/lab\nHOME=" + folder + "/of-user");
    }

    /** Pods are not root, and the files in an image keep the permissions that they have here. */
    @Test
    void whatIsWrittenCanBeReadByPods() {
        assertThat(seen("umask 077; . \"$LAB/settings.sh\"; umask")).isEqualTo("0022");
    }

    @Test
    void programsSpeakTheLanguageThatTheirWordsAreReadIn() {
        lab.set("LC_ALL", "de_DE.UTF-8").set("POSIXLY_CORRECT", "1").set("TAR_OPTIONS", "--wrong");
        assertThat(lab.run("echo $LC_ALL; env | grep -c -e POSIXLY -e TAR_OPTIONS; shopt -o posix; true").output())
                .contains("C\n0\n", "off");
    }

    @Test
    void theShellOfTheLabHasTheLanguageOfItsCaller() {
        lab.set("LC_ALL", "de_DE.UTF-8");
        assertThat(lab.run("lab_pid() { :; }; lab_env() { echo ARGOCD_SERVER=https://x ARGOCD_SERVER_CRT=y; };"
                + " argocd_token() { echo t; }; ARGOCD_SERVER_CRT=y; mkdir -p \"$LAB_STATE\";"
                + " echo /bin >\"$LAB_STATE/path\"; lab_shell env").output()).contains("LC_ALL=de_DE.UTF-8");
    }

    @Test
    void aStateBehindASymbolicLinkIsTheFolderItself() throws IOException {
        Files.createDirectories(folder.resolve("disk/state"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("disk/state"));
        lab.set("LAB_STATE", folder + "/link/");
        assertThat(seen("echo $LAB_STATE")).isEqualTo(folder + "/disk/state");
        lab.set("LAB_STATE", "state");
        assertThat(seen("echo $LAB_STATE")).isEqualTo("state");
    }

    @Test
    void aFolderOfVersionsThatIsNotThereIsReported() {
        lab.set("LAB_VERSIONS", folder + "/none");
        Outcome outcome = lab.run("true");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("LAB_VERSIONS=" + folder + "/none is not a folder");
    }

    /** A user who compiles for another machine has set that in the environment, or in Go's own settings. */
    @Test
    void theLabIsBuiltForThisMachine() {
        lab.standIn("go", "case $2 in GOHOSTARCH) echo amd64;; GOVERSION) echo go1.99.1;; *) echo /none;; esac");
        lab.set("GOOS", "windows").set("GOARCH", "arm64");
        assertThat(seen("prepare_go; env | grep -e ^GOOS= -e ^GOARCH= | sort")).isEqualTo("GOARCH=amd64\nGOOS=linux");
    }
}
