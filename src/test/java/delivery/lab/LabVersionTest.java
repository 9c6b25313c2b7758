package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Its go.mod has the version of the kinds that are kept. */
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
