package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.lab.LabScripts.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages are installed without a question, and a lock of another program is reported and waited for. */
class PackagesTest {

    /** A stand-in for a missing program, which exists once apt-get has installed it. */
    private static final String MISSING =
            "missing_packages() { [ -e \"$LAB_CACHE.installed\" ] || echo 'jq runc '; }; ";

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aMachine() {
        lab = new LabScripts(folder);
    }

    private void aptGet(String body) {
        lab.standIn("apt-get", "echo \"$DEBIAN_FRONTEND $*\" >>" + folder + "/asked; touch " + folder + "/tried-$$; "
                + "tries=$(ls " + folder + " | grep -c tried-)\n" + body);
    }

    private String asked() throws IOException {
        return Files.readString(folder.resolve("asked"));
    }

    @Test
    void nothingIsAsked() throws IOException {
        aptGet("if read -r answer; then echo asked; exit 1; fi; "
                + "[ \"$APT_LISTBUGS_FRONTEND $APT_LISTCHANGES_FRONTEND\" = 'none none' ] || exit 1; "
                + "touch \"$LAB_CACHE.installed\"");
        Outcome outcome = lab.run(MISSING + "lab_packages");
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(asked()).startsWith("noninteractive ")
                .contains("DPkg::Lock::Timeout=300", "--force-confold", " jq runc");
    }

    @Test
    void aMachineThatWasNeverAskedGetsItsListsFirst() throws IOException {
        aptGet("case \"$*\" in *update*) ;; *) [ $tries = 1 ] && exit 100; touch \"$LAB_CACHE.installed\";; esac");
        assertThat(lab.run(MISSING + "lab_packages").exit()).isZero();
        assertThat(asked().lines().map(line -> line.contains("update"))).containsExactly(false, true, false);
    }

    @Test
    void aLockThatAptWaitsForIsReported() {
        aptGet("echo 'Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 42"
                + " (unattended-upgr)...'; "
                + "sleep 1; touch \"$LAB_CACHE.installed\"");
        Outcome outcome = lab.run(MISSING + "lab_packages");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.output()).contains(
                "another program holds apt's lock; waiting 300 s at most: held by process 42 (unattended-upgr)");
    }

    @Test
    void aLockThatAptDoesNotWaitForIsWaitedForToo() throws IOException {
        aptGet("[ $tries -gt 2 ] || { echo 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 42"
                + " (apt-get)'; exit 100; }; "
                + "touch \"$LAB_CACHE.installed\"");
        Outcome outcome = lab.run(MISSING + "lab_packages");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.output().lines().filter(line -> line.contains("holds apt's lock"))).hasSize(1);
        assertThat(asked()).hasLineCount(3);
    }

    @Test
    void aLockThatStaysIsGivenUp() {
        aptGet("echo 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 42 (apt-get)'; exit 100");
        Outcome outcome = lab.run("LAB_APT_WAIT=1; " + MISSING + "lab_packages");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("could not be installed", "apt-get install jq runc");
    }

    @Test
    void theyAreOnlyPrintedIfThatIsAskedFor() {
        lab.set("LAB_PACKAGES_DRY_RUN", "1");
        assertThat(lab.run(MISSING + "lab_packages"))
                .isEqualTo(new Outcome(0, "apt-get install --no-install-recommends jq runc\n"));
    }

    @Test
    void whereThereIsNoAptTheProgramsAreNamed() {
        Outcome outcome =
                lab.run(MISSING + "command() { [ \"$2\" != apt-get ] && builtin command \"$@\"; }; check_apt");
        assertThat(outcome.output()).contains("this machine has no apt-get", "jq runc");
        assertThat(outcome.exit()).isEqualTo(1);
    }
}
