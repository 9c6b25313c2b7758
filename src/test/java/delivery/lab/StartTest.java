package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that is given up reports which programs do not work, and what they wrote last. */
class StartTest {

    @TempDir
    private Path folder;

    @Test
    void tellsWhatIsWrongWhenItIsGivenUp() {
        LabScripts lab = new LabScripts(folder)
                .standIn("kubectl", "printf '\\nlab: sample-api: ComparisonError: permission denied'");
        assertThat(lab.run("""
                lab_pid() { echo 1; }
                component_states() { printf 'etcd|0\\nargocd-repo-server|1\\nredis|124\\n'; }
                mkdir -p "$LAB_STATE/logs"
                printf 'Usage:\\nError: no such flag\\n' >"$LAB_STATE/logs/argocd-repo-server.log"
                LAB_DEADLINE=0
                eventually 'sample-api to be Synced' false"""))
                .satisfies(given -> assertThat(given.exit()).isEqualTo(1))
                .extracting(LabScripts.Outcome::output).asString()
                .startsWith("lab: sample-api to be Synced did not come within 180 s\n"
                        + "lab: argocd-repo-server is not ready: Error: no such flag\n"
                        + "lab: redis is not ready: \n"
                        + "lab: sample-api: ComparisonError: permission denied. What the components wrote is in ");
    }
}
