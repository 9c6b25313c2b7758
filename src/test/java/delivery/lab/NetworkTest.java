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
import org.junit.jupiter.params.provider.ValueSource;

/** The lab takes its range only if nobody has it, keeps its packets on the machine, and gives it back afterwards. */
class NetworkTest {

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aMachine() {
        lab = new LabScripts(folder).set("LAB_RANGE", "198.18.0.0/15")
                .standIn("go", "echo https://modules.example,direct")
                .standIn("getent", "echo 203.0.113.7 STREAM")
                .standIn("ip", "exit 0").standIn("ss", "exit 0");
    }

    private void refuses(String script, String... words) {
        Outcome outcome = lab.run(script);
        assertThat(outcome.exit()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output().strip()).contains(words).contains("set LAB_RANGE to another private range")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.18.0.0/16 dev tun0 table 2022", "198.19.4.0/24 via 10.0.0.1 dev eth0",
            "local 198.18.77.1 dev lo table local proto kernel scope host src 198.18.77.1", "blackhole 198.18.0.0/16",
            "198.0.0.0/8 dev vpn0 table vpn"})
    void aRangeThatARouteOfAnyTableLeadsElsewhereIsRefused(String route) {
        lab.standIn("ip", "echo '" + route + "'");
        refuses("check_range", "(route: " + route + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default via 10.0.0.1 dev eth0", "default dev tun0 table 2022", "10.0.0.0/8 dev eth0",
            "unreachable 198.18.0.0/15", "198.18.0.0/30 dev lab-host proto kernel scope link src 198.18.0.1",
            "broadcast 10.255.255.255 dev eth0 table local", "198.17.0.0/16 dev eth0", "198.20.0.1 dev eth0",
            "128.0.0.0/1 via 10.8.0.1 dev tun0", "196.0.0.0/6 dev wg0"})
    void otherRoutesAndTheLabsOwnAreNobodysMatter(String route) {
        lab.standIn("ip", "echo '" + route + "'");
        assertThat(lab.run("check_range")).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void aNameThatIsToBeDownloadedFromWithAFakeAddressIsReportedBeforeItIsCutOff() {
        lab.standIn("getent", "case $2 in modules.example) echo 198.18.3.4 STREAM;; *) echo 203.0.113.7 STREAM;; esac");
        refuses("check_names", "modules.example has the address 198.18.3.4");
        lab.standIn("getent", "case $2 in debian.example) echo 198.19.3.4 STREAM;; *) echo 203.0.113.7 STREAM;; esac");
        refuses("package_sources() { echo 'deb [arch=amd64] http://debian.example/debian stable main'; }; check_names",
                "debian.example has the address 198.19.3.4");
        assertThat(lab.run("package_sources() { echo '# deb http://debian.example/debian stable main'; }; check_names")
                .exit()).isZero();
    }

    /** Some VPNs have their name server in the range: it would be cut off before any name is resolved. */
    @Test
    void aNameServerInTheRangeIsReported() {
        refuses("name_servers() { printf '%s\\n' fe80::1 10.0.0.1 198.18.0.2; }; check_names",
                "asks the name server 198.18.0.2");
        assertThat(lab.run("name_servers() { echo 10.0.0.1; }; check_names").exit()).isZero();
    }

    /** The lab's own route would never be used. */
    @Test
    void aRuleThatComesBeforeTheLabsRouteIsReportedAndTheRouteRemoved() throws IOException {
        lab.standIn("ip", "echo \"$@\" >>" + folder
                + "/asked; case \"$*\" in *'route get'*) echo 198.18.0.2 dev tun0 table 2022;; esac");
        Outcome outcome = lab.run("block_range");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("(198.18.0.2 dev tun0 table 2022)",
                "ip rule add priority 1 to 198.18.0.0/15 lookup main");
        assertThat(Files.readString(folder.resolve("asked"))).contains("route del unreachable 198.18.0.0/15");
        assertThat(folder.toFile().list()).doesNotContain("state.route");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/24", "8.0.0.0/8", "300.1.0.0/16", "10.5.0.0/8", "127.0.0.0/8", "198.0.0.0/8",
            "x"})
    void aRangeThatIsTooSmallOrSomebodysIsRefused(String range) {
        lab.set("LAB_RANGE", range);
        Outcome outcome = lab.run("check_range");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("LAB_RANGE=" + range + " is not a range the lab can use");
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.18.0.0/15", "198.19.0.0/16", "10.0.0.0/8", "10.200.0.0/16", "172.16.0.0/12",
            "192.168.0.0/16", "100.64.0.0/16"})
    void aPrivateRangeWillDo(String range) {
        lab.set("LAB_RANGE", range);
        assertThat(lab.run("check_range")).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void aProxyThatNobodyListensAtIsReportedWithoutItsPassword() {
        lab.set("HTTPS_PROXY", "http://user:secret@127.0.0.1:9");
        Outcome outcome = lab.run("components_to_build() { echo etcd; }; check_proxies");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("the proxy 127.0.0.1:9 of the environment does not answer")
                .doesNotContain("secret");
        assertThat(lab.run("components_to_build() { :; }; check_proxies").exit()).isZero();
        lab.set("NO_PROXY", "*");
        assertThat(lab.run("components_to_build() { echo etcd; }; check_proxies").exit()).isZero();
    }

    @Test
    void aProxyIsNamedWithoutItsPassword() {
        lab.set("https_proxy", "http://user:secret@proxy.example:3128/");
        assertThat(lab.run("name_neighbours").output())
                .contains("a proxy is set in the environment (proxy.example:3128)").doesNotContain("secret");
    }

    @Test
    void aProxyInTheRangeIsReportedToo() {
        lab.set("HTTPS_PROXY", "http://user:word@proxy.example:3128");
        lab.standIn("getent", "case $2 in proxy.example) echo 198.18.3.4 STREAM;; *) exit 2;; esac");
        refuses("check_names", "proxy.example has the address 198.18.3.4");
    }

    @Test
    void aNameOfThisMachineInTheRangeIsReported() {
        lab.standIn("uname", "echo this-machine");
        lab.standIn("getent", "case $2 in this-machine) echo 198.18.9.9 STREAM;; *) exit 2;; esac");
        refuses("check_names", "this-machine has the address 198.18.9.9");
        refuses("hosts_file() { echo '198.18.77.1 named.example other'; }; check_names",
                "/etc/hosts gives named.example the address 198.18.77.1");
    }

    @Test
    void namesElsewhereAndNamesThatNobodyKnowsAreNobodysMatter() {
        String hosts =
                "hosts_file() { printf '%s\\n' '# 198.18.1.1 comment' '127.0.0.1 localhost' '::1 localhost' ''; }; ";
        assertThat(lab.run(hosts + "check_names")).isEqualTo(new Outcome(0, ""));
        lab.standIn("getent", "exit 2");
        assertThat(lab.run(hosts + "check_names")).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void theRouteThatTheLabMadeGoesWithIt() {
        lab.standIn("ip", "echo \"$@\" >>" + folder + "/asked");
        assertThat(lab.run("block_range; unblock_range").output()).contains("nothing is left of it");
        assertThat(folder.resolve("asked")).content().contains("route replace unreachable 198.18.0.0/15\n",
                "route del unreachable 198.18.0.0/15\n");
        assertThat(folder.toFile().list()).doesNotContain("state.route");
    }

    /** Its settings may have changed since. */
    @Test
    void theRouteOfAnotherRangeThatTheLabMadeGoesToo() throws IOException {
        lab.standIn("ip", "echo \"$@\" >>" + folder + "/asked");
        lab.run("block_range");
        lab.set("LAB_RANGE", "10.200.0.0/16");
        assertThat(lab.run("block_range; unblock_range").output()).contains("nothing is left of it");
        assertThat(Files.readString(folder.resolve("asked")))
                .contains("route del unreachable 198.18.0.0/15\n", "route del unreachable 10.200.0.0/16\n");
        assertThat(folder.toFile().list()).doesNotContain("state.route");
    }

    @Test
    void whereThereIsNoRouteNoneIsSaidToStay() {
        assertThat(lab.run("unblock_range").output()).contains("nothing is left of it").doesNotContain("stays");
    }

    @Test
    void aRouteThatWasThereBeforeStays() throws IOException {
        lab.standIn("ip", "echo \"$@\" >>" + folder
                + "/asked; case \"$*\" in *exact*) echo unreachable 198.18.0.0/15;; esac");
        assertThat(lab.run("block_range; unblock_range").output()).contains("is not the lab's own, and stays");
        assertThat(Files.readString(folder.resolve("asked"))).doesNotContain("del", "replace");
    }

    /** Their packets would go to the default gateway. */
    @Test
    void theRouteStaysWhileSomebodyStillSpeaksToTheLab() throws IOException {
        lab.standIn("ip", "echo \"$@\" >>" + folder + "/asked");
        lab.standIn("ss", "echo SYN-SENT 0 1 198.18.0.1:50000 198.18.0.2:80");
        assertThat(lab.run("block_range; unblock_range").output())
                .contains("1 connections to it are still open", "stays");
        assertThat(Files.readString(folder.resolve("asked"))).doesNotContain("del");
        lab.standIn("ss", "echo TIME-WAIT 0 0 198.18.0.1:50000 198.18.0.2:80");
        assertThat(lab.run("unblock_range").output()).contains("nothing is left of it");
    }

    @Test
    void whoHasAProxyReachesTheLabWithoutIt() {
        String said = "echo \"$NO_PROXY\"; echo \"$no_proxy\"; env | grep -ci '^no_proxy='";
        String own = "198.18.0.0/15,198.18.0.1,198.18.0.2,198.18.192.1,.svc,.cluster.local,127.0.0.1,localhost";
        assertThat(lab.run(said).output()).isEqualTo(own + "\n" + own + "\n2\n");
        lab.set("no_proxy", "intra.example");
        assertThat(lab.run(said).output()).isEqualTo("intra.example," + own + "\nintra.example," + own + "\n2\n");
        lab.set("NO_PROXY", "10.0.0.0/8");
        String both = "10.0.0.0/8,intra.example," + own;
        assertThat(lab.run(said).output()).isEqualTo(both + "\n" + both + "\n2\n");
        lab.set("NO_PROXY", both).set("no_proxy", both);
        assertThat(lab.run(said).output()).isEqualTo(both + "\n" + both + "\n2\n");
    }

    /** Some programs understand a list that contains * differently. */
    @Test
    void whoHasNoProxyForAnythingKeepsThat() {
        lab.set("NO_PROXY", "*");
        assertThat(lab.run("echo \"$NO_PROXY $no_proxy\"").output()).isEqualTo("* *\n");
    }

    @Test
    void nothingOfTheCallersEnvironmentReachesTheLab() {
        lab.set("HTTPS_PROXY", "http://127.0.0.1:9").set("ARGOCD_AUTH_TOKEN", "secret");
        lab.standIn("setsid", "env >" + folder + "/seen; exit 1");
        lab.run("lab_path() { echo \"$PATH\"; }; mkdir -p \"$LAB_STATE\"/run \"$LAB_STATE\"/logs; boot");
        assertThat(folder.resolve("seen")).content().contains("PATH=").doesNotContain("PROXY", "ARGOCD", "HOME=");
    }
}
