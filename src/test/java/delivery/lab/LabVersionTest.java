package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabVersionTest {

    @TempDir
    private Path folder;

    @Test
    void aComponentHasTheVersionThatTheLauncherSays() {
        Lab lab = new Lab(Path.of("lab"));
        assertThat(lab.version("argo-rollouts"))
                .hasValueSatisfying(version -> assertThat(version).matches("v\\d+\\.\\d+\\.\\d+"));
        assertThat(lab.version("none")).isEmpty();
        assertThat(new Lab(folder).version("argo-rollouts")).isEmpty();
    }

    /** Its go.mod only has the version of the kinds that are kept. */
    @Test
    void oneThatIsNotBuiltHasTheVersionOfItsRelease() {
        assertThat(new LabScripts(folder).run("lab_version traefik").output()).isEqualTo("v3.7.15\n");
    }

    @Test
    void oneThatRunsHasTheVersionThatItWasStartedWith() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("state")).resolve("versions"), "traefik v1.2.3\n");
        assertThat(new LabScripts(folder).run("lab_pid() { echo 1; }; lab_version traefik").output())
                .isEqualTo("v1.2.3\n");
    }

    /** Covers everything that is compiled or pinned here; the version of a package comes from the distribution. */
    @Test
    void theDocumentTellsTheVersionsOfAll() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("src/doc/lab-build.md")).stream()
                .filter(line -> line.matches("\\| [a-z-]+ \\| (v|of the ).*"))
                .map(line -> line.split(" \\| ")).map(cells -> cells[0].substring(2) + " " + cells[1]).toList();
        String versions = "for name in \"${COMPONENTS[@]}\"; do"
                + " if is_packaged $name || [ -z \"${CONF[$name.module]-}\" ]; then echo \"$name of the distribution\";"
                + " else echo \"$name $(component_version $name)\"; fi; done";
        assertThat(documented).isNotEmpty()
                .containsExactlyElementsOf(new LabScripts(folder).run(versions).output().lines().toList());
    }

    @Test
    void aMajorVersionIsPartOfWhatIsPinned() throws IOException {
        Path helm = Files.createDirectories(folder.resolve("versions/helm"));
        Files.writeString(helm.resolve("go.mod"),
                "module lab/helm\n\nrequire (\n\thelm.sh/helm/v3 v3.9.9 // indirect\n)\n");
        LabScripts lab = new LabScripts(folder);
        assertThat(lab.run("component_version helm").output()).startsWith("v4.");
        lab.set("LAB_VERSIONS", folder + "/versions");
        assertThat(lab.run("component_version helm").output()).isEqualTo("v3.9.9\n");
    }

    @Test
    void aReplacedModuleOfTheSameNameIsNotIt() throws IOException {
        LabScripts lab = new LabScripts(folder);
        Files.writeString(lab.ofCopy("checkout").resolve("components/argo-rollouts/go.mod"), """
                replace github.com/argoproj/argo-rollouts => example.org/argo-rollouts v0.0.1

                tool (
                \tgithub.com/argoproj/argo-rollouts
                )

                require (
                \texample.org/argo-rollouts v1.0.0
                \tgithub.com/argoproj/argo-rollouts v1.2.3 // indirect
                )
                """);
        assertThat(lab.run("lab_version argo-rollouts").output()).isEqualTo("v1.2.3\n");
    }
}
