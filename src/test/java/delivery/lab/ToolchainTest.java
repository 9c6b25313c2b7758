package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that a build needs and this machine lacks is reported in one line before anything is fetched. */
class ToolchainTest {

    private static final String WITHOUT_GO = "command() { [ \"$2\" != go ] && builtin command \"$@\"; }\n";

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aMachine() {
        lab = new LabScripts(folder);
    }

    @Test
    void aGoThatKnowsNoToolchainsIsRefused() {
        lab.standIn("go", "case \"$2\" in GOVERSION) echo go1.19.8;; *) echo;; esac");
        lab.fails("check_go", "Go 1.19.8 is too old", "https://go.dev/dl");
    }

    @Test
    void aGoThatIsKeptFromFetchingANewerOneIsReportedWithTheVariable() {
        lab.standIn("go", "case \"$2\" in GOVERSION) echo go1.24.4;; *) echo local;; esac");
        lab.passes("check_go");
        lab.set("GOTOOLCHAIN", "local");
        lab.fails("check_go", "Go 1.24.4", "export GOTOOLCHAIN=auto");
        lab.set("GOTOOLCHAIN", "auto");
        lab.passes("check_go");
        lab.set("GOTOOLCHAIN", "go1.24.4+auto");
        lab.passes("check_go");
        lab.set("GOTOOLCHAIN", "path");
        lab.fails("check_go", "export GOTOOLCHAIN=auto");
    }

    @Test
    void aGoThatIsNewEnoughNeedsNoToolchain() {
        lab.standIn("go", "case \"$2\" in GOVERSION) echo go1.99.1;; *) echo local;; esac");
        lab.passes("check_go");
    }

    /** This happens with sudo -E if sudoers has a secure_path. */
    @Test
    void aGoThatPathHasLostIsFoundAndTheCommandThatKeepsItIsNamed() {
        lab.standIn(folder.resolve("of-user/go/bin/go"), "echo go1.99.1");
        lab.standIn("getent", "echo someone:x:1000:1000::" + folder + "/of-user:/bin/sh");
        lab.set("SUDO_USER", "someone");
        lab.fails(WITHOUT_GO + "GO_PLACES=(); check_go",
                "Go is in " + folder + "/of-user/go/bin", "sudo -E env \"PATH=$PATH\" make lab");
    }

    @Test
    void aMissingGoIsReportedWithWhereToGetIt() {
        lab.fails(WITHOUT_GO + "GO_PLACES=(); check_go", "Go is not installed", "https://go.dev/dl");
    }

    @Test
    void aGoThatDoesNotAnswerIsReportedWithItsWords() {
        lab.standIn("go", "echo No version is set for command go >&2; exit 126");
        lab.fails("check_go", "does not tell its version (No version is set for command go)");
    }

    @Test
    void aCacheWhereNothingCanBeWrittenOrRunIsReportedOnce() throws IOException {
        lab.set("LAB_CACHE", "/proc/none");
        lab.fails("check_build_disk", "LAB_CACHE=/proc/none cannot be written", "set LAB_CACHE to a folder that can");
        lab.set("LAB_CACHE", folder + "/cache");
        lab.standIn("df", "printf '%s\\n' head 'disk 1 1 99999999 1% /'");
        lab.passes("check_build_disk");
        lab.standIn("cp", "echo 'exit 126' >\"$2\"; chmod +x \"$2\"");
        lab.fails("check_build_disk", "no program can be run in LAB_CACHE=", "noexec");
        Files.delete(folder.resolve("bin/cp"));
        lab.standIn("df",
                "case $1 in -Pi) echo head; echo disk 9999 1 1000 1% /;; *) echo; echo d 1 1 99999999;; esac");
        lab.fails("check_build_disk", "500000 files", "has 1000 inodes left");
        lab.standIn("df", "case $1 in -Pi) echo head; echo disk 0 0 0 - /;; *) echo; echo d 1 1 99999999;; esac");
        lab.passes("check_build_disk");
        assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith(".lab"));
    }

    /** Without the lock file, a build used to wait for ever for another build. */
    @Test
    void aBuildThatCannotTakeItsLockEnds() {
        lab.set("LAB_CACHE", "/proc/none");
        lab.fails("check_build() { :; }; lab_build", "LAB_CACHE=/proc/none cannot be written");
    }
}
