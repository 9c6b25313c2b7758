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

/** Each thing that a machine lacks is reported in one line that says what to do. */
class HostTest {

    private static final String WITHOUT_PYTHON =
            "command() { [ \"$2\" != python3 ] && builtin command \"$@\"; }\n";

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aMachine() {
        lab = new LabScripts(folder);
    }

    @Test
    void whoIsNotRootIsToldToKeepPath() {
        lab.standIn("id", "echo 1000");
        lab.fails("check_root", "sudo -E env \"PATH=$PATH\"");
        lab.standIn("id", "echo 0");
        lab.passes("check_root");
    }

    @Test
    void aStateWhereNoContainerCanHaveItsLayersIsRefused() {
        lab.standIn("unshare", "case \"$*\" in *lowerdir=*) exit 1;; esac");
        lab.fails("check_overlay", folder.resolve("state").toString(), "set LAB_STATE to a volume");
        lab.standIn("unshare", "case \"$*\" in *lowerdir=*) exit 2;; esac");
        lab.fails("check_overlay", "no program can be run in LAB_STATE=", "noexec");
        lab.standIn("unshare",
                "case \"$*\" in *lowerdir=*upperdir=*workdir=* | '--mount true') exit 0;; *) exit 1;; esac");
        lab.passes("check_overlay");
        assertThat(folder.toFile().list()).doesNotContain("state").noneMatch(name -> name.startsWith(".lab"));
    }

    @ParameterizedTest
    @CsvSource({"LAB_STATE, /tmp/my lab, ' '", "LAB_CACHE, /tmp/50%, %", "LAB_STATE, /tmp/a&b, &",
            "LAB_CACHE, '/tmp/a:b', :", "LAB_STATE, '/tmp/a\"b', '\"'", "LAB_STATE, /tmp/a$b, $"})
    void aPathThatCannotBeWrittenIntoConfigurationIsRefused(String name, String path, String character) {
        lab.set(name, path);
        lab.fails("check_paths", name + "=" + path, "('" + character + "')", "set " + name + " to a folder");
    }

    @Test
    void aPathMustBeAbsolute() {
        lab.set("LAB_STATE", "state");
        lab.fails("check_paths", "LAB_STATE=state is not an absolute path");
        lab.set("LAB_STATE", "/home/jörg/.local/state/a+b@c~d=1/x.y-z");
        lab.passes("check_paths");
    }

    @Test
    void aStateWhoseSocketsWouldHaveTooLongAPathIsRefused() {
        lab.set("LAB_STATE", "/" + "a".repeat(70));
        lab.passes("check_paths");
        lab.set("LAB_STATE", "/" + "a".repeat(71));
        lab.fails("check_paths", "too long for the sockets in it", "71 characters at most");
    }

    @Test
    void aCacheThatEndsWithTheLabIsRefused() {
        lab.set("LAB_CACHE", folder + "/state/cache");
        lab.fails("check_paths", "which lab-down removes", "set LAB_CACHE to a folder outside of it");
    }

    @Test
    void aStartThatCannotTakeItsLockEnds() {
        lab.set("LAB_STATE", "/proc/none/state");
        lab.standIn("id", "echo 0");
        lab.fails("lab_up", "LAB_STATE=/proc/none/state cannot be written", "set LAB_STATE to a folder that can");
    }

    @Test
    void aPathThatIsRefusedIsNotMade() {
        lab.standIn("id", "echo 0").set("LAB_STATE", folder + "/my lab/state");
        lab.fails("lab_up", "has a character (' ')");
        assertThat(folder.toFile().list()).doesNotContain("my lab");
    }

    @ParameterizedTest
    @CsvSource({"ulimit -n 256, may open only 256 files, ulimit -Hn 65536",
            "ulimit -f 1000, may have only 1000 KB, ulimit -f unlimited",
            "ulimit -v 4000000, may have only 4000000 KB of addresses, ulimit -v unlimited"})
    void aLimitOfTheShellIsReportedWithTheCommandThatLiftsIt(String limit, String said, String command) {
        lab.fails(limit + "; check_limits", said, command);
        lab.passes("check_limits");
    }

    @Test
    void aClockBeforeTheComponentsReleaseIsReported() {
        lab.fails("now() { echo 978307200; }; check_clock", "clock", "timedatectl set-ntp true");
        lab.passes("check_clock");
    }

    @Test
    void littleMemoryIsReported() {
        lab.fails("memory_left_mb() { echo 900; }; check_memory", "needs 2500 MB", "900 MB are left");
        lab.passes("memory_left_mb() { echo 2500; }; check_memory");
    }

    @ParameterizedTest
    @CsvSource({"resolv.conf, /etc/resolv.conf, write one", "ip_forward, forward packets, --privileged"})
    void eachThingThatTheFirstProcessDoesIsTried(String refused, String said, String advice) {
        lab.standIn("unshare", "case \"$*\" in *" + refused + "*) exit 1;; esac");
        lab.fails("check_kernel", said, advice);
    }

    /** A table alone can be created even where addresses cannot be translated. */
    @Test
    void servicesRulesAreTriedAsTheyAreWritten() {
        lab.standIn("unshare", "case \"$*\" in *'nft -f -') cat >" + folder + "/rules; exit 1;; esac");
        lab.fails("check_kernel", "do not translate addresses", "nf_nat");
        assertThat(folder.resolve("rules")).content().contains("dnat to", "masquerade", "ct state", "numgen", "fib");
    }

    @Test
    void aFolderForPassingFilesThatCannotBeWrittenIsReported() {
        lab.set("TMPDIR", folder + "/none");
        lab.fails("check_host", "TMPDIR=" + folder + "/none cannot be written", "set TMPDIR to a folder that can");
    }

    @Test
    void fewInotifyInstancesAreReportedWithTheCommandThatAllowsMore() {
        String limits = "inotify_limit() { [ $1 = watches ] && echo %s or.watches || echo 128 or.instances; };"
                + " inotify_instances() { echo %s; }; inotify_opens() { %s; }; check_inotify";
        lab.fails(limits.formatted("65536", "100", "false"),
                "128 inotify instances", "100 of them in use", "sysctl -w or.instances=612");
        lab.fails(limits.formatted("100", "10", "true"), "100 inotify watches", "sysctl -w or.watches=65536");
        lab.passes(limits.formatted("65536", "100", "true"));
        lab.fails(WITHOUT_PYTHON + limits.formatted("65536", "100", "true"), "128 inotify instances");
        lab.passes("inotify_limit() { :; }; inotify_opens() { true; }; check_inotify");
    }

    /**
     * A container does not see which instances others have open, and its user namespace may allow fewer than the
     * machine.
     */
    @Test
    void inotifyInstancesAreTriedAndNotCounted() {
        assertThat(lab.run("inotify_opens 1").exit()).isZero();
        assertThat(lab.run("ulimit -n 16; inotify_opens 32").exit()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({"ID=linuxmint VERSION_CODENAME=wilma UBUNTU_CODENAME=noble, noble",
            "ID=linuxmint VERSION_CODENAME=faye DEBIAN_CODENAME=bookworm, bookworm",
            "ID=ubuntu VERSION_CODENAME=jammy UBUNTU_CODENAME=jammy, jammy",
            "ID=debian VERSION_CODENAME=trixie, trixie",
            "ID=raspbian ID_LIKE=debian VERSION_CODENAME=bookworm, bookworm"})
    void theBaseImageIsMadeOfWhatADerivativeDerivesFrom(String release, String codename) {
        Outcome outcome =
                lab.run("os_release() { printf '%s\\n' " + release + "; }; distribution_codename; check_distribution");
        assertThat(outcome).isEqualTo(new Outcome(0, codename + "\n"));
    }

    @Test
    void aDistributionThatSaysNoneIsRefused() {
        lab.fails("os_release() { echo ID=nixos; }; check_distribution", "/etc/os-release", "run on Debian or Ubuntu");
        lab.fails("os_release() { echo ID=other VERSION_CODENAME=cow; }; check_distribution",
                "run on Debian or Ubuntu");
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
    void windowsLineEndsAreReportedWithTheFile() throws IOException {
        lab.passes("check_line_ends");
        Path file = lab.ofCopy("checkout").resolve("manifests/lab.yaml");
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
        lab.fails("check_line_ends", file.toString(), "sed -i 's/\\r$//'", "core.autocrlf");
    }

    /** With them no script could be read, not even the one that has the check. */
    @Test
    void windowsLineEndsOfAScriptAreReportedBeforeItIsRead() throws IOException {
        Path file = lab.ofCopy("checkout").resolve("host.sh");
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
        Outcome outcome = lab.end(lab.launch("check"));
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output().strip()).contains("Windows' line ends").hasLineCount(1);
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
        lab.passes("write_configuration");
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
    void everyThingThatIsWrongIsReportedAtOnce() {
        lab.standIn("id", "echo 0").standIn("unshare", "case \"$*\" in *--net* | *lowerdir=*) exit 1;; esac");
        lab.set("LAB_RANGE", "1.2.3.4/30");
        Outcome outcome = lab.end(lab.launch("check"));
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("refuses new namespaces", "set LAB_STATE to a volume", "LAB_RANGE=1.2.3.4/30");
        assertThat(folder.toFile().list()).doesNotContain("cache", "state");
    }
}
