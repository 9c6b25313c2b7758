package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start that is given up reports which programs do not work, and what they wrote last. Definitions of kinds lose
 * their descriptions and nothing else.
 */
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

    @Test
    void definitionsLoseDescriptionsAndNothingElse() {
        LabScripts lab = new LabScripts(folder);
        assertThat(lab.run("""
                COMPONENTS=(greeter)
                CONF[greeter.objects]='crds/*.yaml'
                component_dir() { echo "$LAB_CACHE/$1"; }
                mkdir -p "$LAB_CACHE/greeter/manifests/crds"
                cat >"$LAB_CACHE/greeter/manifests/crds/greeting.yaml" <<'YAML'
                openAPIV3Schema:
                  description: |-
                    Greeting greets.

                    description: of whom
                  properties:
                    description:
                      description: What the property named description
                        is for
                      type: string
                    name: {type: string}
                  type: object
                ---
                description: last
                YAML
                trim_definitions
                cat "$LAB_STATE/definitions/greeter/greeting.yaml\""""))
                .isEqualTo(new LabScripts.Outcome(0, """
                openAPIV3Schema:
                  properties:
                    description:
                      type: string
                    name: {type: string}
                  type: object
                ---
                """));
    }

    @Test
    void kindsAreServedOnceEachIsListed() {
        LabScripts lab = new LabScripts(folder).standIn("kubectl", """
                case $1-$2 in
                    get-customresourcedefinitions)
                        printf 'customresourcedefinition.apiextensions.k8s.io/%s\\n' rollouts.argoproj.io gateways.gateway.networking.k8s.io ;;
                    get-rollouts.argoproj.io,gateways.gateway.networking.k8s.io) [ -e served ] ;;
                    *) echo "unexpected: $*" >&2; exit 9 ;;
                esac""");
        assertThat(lab.run("""
                cd "$(mktemp -d)" || exit 9
                kinds_are_served || echo "defined only: $?"
                touch served
                kinds_are_served && echo served"""))
                .isEqualTo(new LabScripts.Outcome(0, "defined only: 1\nserved\n"));
    }
}
