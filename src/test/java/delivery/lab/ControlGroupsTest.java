package delivery.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Either version of control groups is fine, if the lab can have its own and is not in a group with a narrow limit. */
class ControlGroupsTest {

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aMachine() {
        lab = new LabScripts(folder);
    }

    @Test
    void aCgroupThatCannotBeMadeIsReported() {
        lab.fails("mounts() { echo 'cgroup /sys/none cgroup ro 0 0'; }; check_cgroups", "/sys/none", "read-only",
                "privileged");
        lab.fails("mounts() { :; }; check_cgroups", "no cgroup hierarchy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgroup", "cgroup2"})
    void eitherVersionOfCgroupsWillDo(String version) throws IOException {
        Path root = Files.createDirectory(folder.resolve("cgroup"));
        Files.writeString(root.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
        lab.passes("mounts() { echo 'cgroup " + root + " " + version + " rw"
                + (version.equals("cgroup") ? ",cpu,cpuset,memory,pids" : "") + " 0 0'; }; check_cgroups");
    }

    /** As in a container with one version, on a host whose controllers are in the other one. */
    @ParameterizedTest
    @ValueSource(strings = {"cgroup", "cgroup2"})
    void aControllerThatNothingHereHasIsReported(String version) throws IOException {
        Path root = Files.createDirectory(folder.resolve("cgroup"));
        Files.writeString(root.resolve("cgroup.controllers"), "cpuset cpu io pids\n");
        lab.fails("mounts() { echo 'cgroup " + root + " " + version + " rw"
                + (version.equals("cgroup") ? ",cpu,cpuset,pids" : "") + " 0 0'; }; check_cgroups",
                "the controller 'memory'", "--cgroupns=host");
    }

    @Test
    void aContainersRootCgroupWithProcessesInItIsReported() throws IOException {
        Path root = Files.createDirectory(folder.resolve("cgroup"));
        Files.writeString(root.resolve("cgroup.type"), "domain\n");
        Files.writeString(root.resolve("cgroup.procs"), "1\n");
        Files.writeString(root.resolve("cgroup.controllers"), "cpuset cpu memory pids\n");
        Files.writeString(root.resolve("cgroup.subtree_control"), "cpu\n");
        String mounts = "mounts() { echo 'cgroup2 " + root + " cgroup2 rw 0 0'; }; check_cgroups";
        lab.fails(mounts, "keeps memory pids from", "--cgroupns=host");
        Files.writeString(root.resolve("cgroup.subtree_control"), "cpu memory pids\n");
        lab.passes(mounts);
    }

    /** Files of the kernel report no size, whatever is in them. */
    @Test
    void processesInAGroupAreSeenInAFileWithoutASize() throws IOException {
        Path root = Files.createDirectory(folder.resolve("cgroup"));
        Files.writeString(root.resolve("cgroup.type"), "domain\n");
        Path processes = Files.createSymbolicLink(root.resolve("cgroup.procs"), Path.of("/proc/self/stat"));
        Files.writeString(root.resolve("cgroup.controllers"), "cpuset cpu memory pids\n");
        Files.writeString(root.resolve("cgroup.subtree_control"), "");
        lab.fails("mounts() { echo 'cgroup2 " + root + " cgroup2 rw 0 0'; }; check_cgroups",
                "keeps cpu memory pids from");
        Files.delete(processes);
    }

    @Test
    void aControllerThatTheKernelHasTurnedOffIsReported() throws IOException {
        Files.createDirectory(folder.resolve("cgroup"));
        lab.fails("mounts() { echo 'cgroup " + folder + "/cgroup cgroup rw,cpu,cpuset,pids 0 0'; };"
                + " is_turned_off() { [ $1 = memory ]; }; check_cgroups",
                "'memory' turned off", "cgroup_enable=memory");
    }

    private String within(String version, String options, String membership) {
        return "mounts() { echo 'cgroup " + folder + "/cgroup " + version + " " + options + " 0 0'; };"
                + " memberships() { echo '" + membership + "'; }; check_own_cgroup";
    }

    @ParameterizedTest
    @CsvSource({"cgroup2, rw, 0::/user/session, memory.max, 1073741824, may have 1024 MB of memory",
            "cgroup2, rw, 0::/user/session, pids.max, 200, may have 200 tasks",
            "cgroup, 'rw,memory', 4:memory:/user/session, memory.limit_in_bytes, 1073741824, may have 1024 MB",
            "cgroup, 'rw,pids', 8:pids:/user/session, pids.max, 200, may have 200 tasks"})
    void theNarrowestGroupAroundThisProcessCounts(String version, String options, String membership, String file,
            String value, String said) throws IOException {
        Path session = Files.createDirectories(folder.resolve("cgroup/user/session"));
        Files.writeString(session.resolve(file), "max\n");
        lab.passes(within(version, options, membership));
        Files.writeString(folder.resolve("cgroup/user").resolve(file), value + "\n");
        lab.fails(within(version, options, membership), said, "docker run");
    }

    /** A container sees the name that its group has on the host, but its own group as the root. */
    @Test
    void aContainersOwnGroupIsTheRootOfWhatItSees() throws IOException {
        Files.createDirectory(folder.resolve("cgroup"));
        Files.writeString(folder.resolve("cgroup/memory.limit_in_bytes"), "1073741824\n");
        lab.fails(within("cgroup", "rw,memory", "4:memory:/docker/1234"), "may have 1024 MB of memory");
    }

    @Test
    void anotherHierarchysGroupOfTheSameNameIsNobodysMatter() throws IOException {
        Files.createDirectories(folder.resolve("cgroup/low"));
        Files.writeString(folder.resolve("cgroup/low/pids.max"), "10\n");
        lab.passes(within("cgroup", "rw,pids", "6:freezer:/low"));
    }
}
