package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.lab.LabScripts.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that a machine may lack is told in one line that says what to do. */
class HostTest {

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aMachine() {
        lab = new LabScripts(folder);
    }

    private void passes(String script) {
        assertThat(lab.run(script)).isEqualTo(new Outcome(0, ""));
    }

    private void fails(String script, String... words) {
        Outcome outcome = lab.run(script);
        assertThat(outcome.exit()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output().strip()).contains(words).startsWith("lab: ").hasLineCount(1);
    }

    @Test
    void aGoThatKnowsNoToolchainsIsRefused() {
        lab.standIn("go", "case \"$2\" in GOVERSION) echo go1.19.8;; *) echo;; esac");
        fails("check_go", "Go 1.19.8 is too old", "https://go.dev/dl");
    }

    @Test
    void aGoThatIsKeptFromFetchingANewerOneIsToldTheVariable() {
        lab.standIn("go", "case \"$2\" in GOVERSION) echo go1.24.4;; *) echo local;; esac");
        passes("check_go");
        lab.set("GOTOOLCHAIN", "local");
        fails("check_go", "Go 1.24.4", "export GOTOOLCHAIN=auto");
        lab.set("GOTOOLCHAIN", "auto");
        passes("check_go");
        lab.set("GOTOOLCHAIN", "go1.24.4+auto");
        passes("check_go");
        lab.set("GOTOOLCHAIN", "path");
        fails("check_go", "export GOTOOLCHAIN=auto");
    }

    @Test
    void aGoThatIsNewEnoughNeedsNoToolchain() {
        lab.standIn("go", "case \"$2\" in GOVERSION) echo go1.99.1;; *) echo local;; esac");
        passes("check_go");
    }

    /** As sudo -E does, where sudoers has a secure_path. */
    @Test
    void aGoThatPathHasLostIsFoundAndTheCommandThatKeepsItIsTold() {
        lab.standIn(folder.resolve("of-user/go/bin/go"), "echo go1.99.1");
        lab.standIn("getent", "echo someone:x:1000:1000::" + folder + "/of-user:/bin/sh");
        lab.set("SUDO_USER", "someone");
        fails(WITHOUT_GO + "GO_PLACES=(); check_go",
                "Go is in " + folder + "/of-user/go/bin", "sudo -E env \"PATH=$PATH\" make lab");
    }

    @Test
    void noGoIsToldWhereToGetIt() {
        fails(WITHOUT_GO + "GO_PLACES=(); check_go", "Go is not installed", "https://go.dev/dl");
    }

    private static final String WITHOUT_GO = "command() { [ \"$2\" != go ] && builtin command \"$@\"; }\n";

    @Test
    void whoIsNotRootIsToldToKeepPath() {
        lab.standIn("id", "echo 1000");
        fails("check_root", "sudo -E env \"PATH=$PATH\"");
        lab.standIn("id", "echo 0");
        passes("check_root");
    }

    @Test
    void aStateWhereNoContainerCanHaveItsLayersIsRefused() {
        lab.standIn("unshare", "exit 1");
        fails("check_overlay", folder.resolve("state").toString(), "set LAB_STATE to a volume");
        lab.standIn("unshare", "case \"$*\" in *lowerdir=*upperdir=*workdir=*) exit 0;; *) exit 1;; esac");
        passes("check_overlay");
        assertThat(folder.toFile().list()).doesNotContain("state").noneMatch(name -> name.startsWith(".lab"));
    }

    @ParameterizedTest
    @CsvSource({"LAB_STATE, /tmp/my lab, ' '", "LAB_CACHE, /tmp/50%, %", "LAB_STATE, /tmp/a&b, &",
            "LAB_CACHE, '/tmp/a:b', :", "LAB_STATE, '/tmp/a\"b', '\"'", "LAB_STATE, /tmp/a$b, $"})
    void aPathThatCannotBeWrittenIntoConfigurationIsRefused(String name, String path, String character) {
        lab.set(name, path);
        fails("check_paths", name + "=" + path, "('" + character + "')", "set " + name + " to a folder");
    }

    @Test
    void aPathMustBeAbsolute() {
        lab.set("LAB_STATE", "state");
        fails("check_paths", "LAB_STATE=state is not an absolute path");
        lab.set("LAB_STATE", "/home/jörg/.local/state/a+b@c~d=1/x.y-z");
        passes("check_paths");
    }

    @Test
    void fewInotifyInstancesAreToldWithTheCommandThatAllowsMore() {
        fails("inotify_limit() { [ $1 = watches ] && echo 65536 || echo 128; }; inotify_instances() { echo 100; };"
                + " check_inotify",
                "128 inotify instances", "100 of them in use", "sysctl -w fs.inotify.max_user_instances=612");
        fails("inotify_limit() { [ $1 = watches ] && echo 100 || echo 128; }; inotify_instances() { echo 10; };"
                + " check_inotify",
                "100 inotify watches", "sysctl -w fs.inotify.max_user_watches=65536");
        passes("inotify_limit() { :; }; check_inotify");
    }

    @ParameterizedTest
    @CsvSource({"ID=linuxmint VERSION_CODENAME=wilma UBUNTU_CODENAME=noble, noble",
            "ID=linuxmint VERSION_CODENAME=faye DEBIAN_CODENAME=bookworm, bookworm",
            "ID=ubuntu VERSION_CODENAME=jammy UBUNTU_CODENAME=jammy, jammy",
            "ID=debian VERSION_CODENAME=trixie, trixie"})
    void theBaseImageIsMadeOfWhatADerivativeDerivesFrom(String release, String codename) {
        Outcome outcome =
                lab.run("os_release() { printf '%s\\n' " + release + "; }; distribution_codename; check_distribution");
        assertThat(outcome).isEqualTo(new Outcome(0, codename + "\n"));
    }

    @Test
    void aDistributionThatSaysNoneIsRefused() {
        fails("os_release() { echo ID=nixos; }; check_distribution", "/etc/os-release", "run on Debian or Ubuntu");
    }

    @Test
    void aCgroupThatCannotBeMadeIsTold() {
        fails("mounts() { echo 'cgroup /sys/none cgroup ro 0 0'; }; check_cgroups", "/sys/none", "read-only",
                "privileged");
        fails("mounts() { :; }; check_cgroups", "no cgroup hierarchy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgroup", "cgroup2"})
    void eitherVersionOfCgroupsWillDo(String version) throws IOException {
        Files.createDirectory(folder.resolve("cgroup"));
        passes("mounts() { echo 'cgroup " + folder + "/cgroup " + version + " rw 0 0'; }; check_cgroups");
    }

    @Test
    void aContainersRootCgroupWithProcessesInItIsTold() throws IOException {
        Path root = Files.createDirectory(folder.resolve("cgroup"));
        Files.writeString(root.resolve("cgroup.type"), "domain\n");
        Files.writeString(root.resolve("cgroup.procs"), "1\n");
        Files.writeString(root.resolve("cgroup.subtree_control"), "cpu\n");
        String mounts = "mounts() { echo 'cgroup2 " + root + " cgroup2 rw 0 0'; }; check_cgroups";
        fails(mounts, "keeps memory pids from", "--cgroupns=host");
        Files.writeString(root.resolve("cgroup.subtree_control"), "cpu memory pids\n");
        passes(mounts);
    }

    @Test
    void aKubeletAndADockerThatRunAlreadyAreNamed() {
        lab.standIn("ss", "case \"$*\" in *10250*) echo LISTEN 0 4096 '*:10250' '*:*';; esac");
        Outcome outcome = lab.run("name_neighbours");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.output())
                .contains("a kubelet runs on this machine too (port 10250)", "leaves that one alone");
    }

    @Test
    void windowsLineEndsAreToldWithTheFile() throws IOException {
        passes("check_line_ends");
        Path file = lab.ofCopy("checkout").resolve("manifests/lab.yaml");
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
        fails("check_line_ends", file.toString(), "core.autocrlf");
    }

    @Test
    void aCloneOnWindowsKeepsTheLinesEnds() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("git", "check-attr", "eol", "--", "lab/lab", "lab/build.sh", "Makefile",
                "lab/gitops/charts/sample-api/values.yaml", "features/canary.feature", ".ci/run").start();
        assertThat(new String(process.getInputStream().readAllBytes()).lines()).hasSize(6)
                .allMatch(line -> line.endsWith(": eol: lf"));
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aCheckoutMayLieInAnyFolder() {
        lab.ofCopy("50% of a & b's $HOME");
        passes("write_configuration");
        assertThat(folder.resolve("state/config/supervisord.conf")).content()
                .contains("[program:kube-apiserver]\ncommand=kube-apiserver ", "stdout_logfile=" + folder
                        + "/state/logs/etcd.log");
    }

    @Test
    void whatIsFilledInIsTakenAsItIs() {
        assertThat(lab.run("LAB_STATE='/a&b%c|d\\\\1'; echo 'in @STATE@/x' | render ''").output())
                .isEqualTo("in /a&b%c|d\\\\1/x\n");
    }

    @Test
    void everyThingThatIsWrongIsToldAtOnce() {
        lab.standIn("id", "echo 0").standIn("unshare", "exit 1");
        lab.set("LAB_RANGE", "1.2.3.4/30");
        Outcome outcome = lab.end(lab.launch("check"));
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("refuses new namespaces", "set LAB_STATE to a volume", "LAB_RANGE=1.2.3.4/30");
        assertThat(folder.toFile().list()).doesNotContain("cache", "state");
    }
}
