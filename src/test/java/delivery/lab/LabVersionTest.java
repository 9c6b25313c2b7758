package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabVersionTest {

    @TempDir
    Path home;

    @Test
    void aComponentHasTheVersionThatItsModuleIsBuiltFrom() {
        Lab lab = new Lab(Path.of("lab"));
        assertThat(lab.version("argo-rollouts")).hasValueSatisfying(version -> assertThat(version).matches("v\\d+\\.\\d+\\.\\d+"));
        assertThat(lab.version("traefik")).hasValueSatisfying(version -> assertThat(version).matches("v\\d+\\.\\d+\\.\\d+"));
        assertThat(lab.version("none")).isEmpty();
    }

    @Test
    void aReplacedModuleOfTheSameNameIsNotIt() throws IOException {
        Path module = Files.createDirectories(home.resolve("components/argo-rollouts")).resolve("go.mod");
        Files.writeString(module, """
                replace example.org/argo-rollouts => example.org/argo-rollouts v0.0.1

                require (
                \texample.org/other v1.0.0
                \texample.org/argo-rollouts v1.2.3 // indirect
                )
                """);
        assertThat(new Lab(home).version("argo-rollouts")).hasValue("v1.2.3");
    }
}
