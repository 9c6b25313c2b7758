package delivery.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lab's own release gets the router that LAB_ROUTER names, whatever it had before. */
class RouterTest {

    /** Stand-ins for the calls to a running lab. */
    private static final String LAB = """
            push_sample_api() { :; }
            publish() { :; }
            follow_publication() { echo followed; }
            """;

    @TempDir
    private Path folder;

    private LabScripts lab;

    @BeforeEach
    void aRunningLab() throws IOException {
        lab = new LabScripts(folder).standIn("kubectl", "cat >'" + folder + "/applied'");
        Files.createDirectories(folder.resolve("state"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"nginx | helm: {valuesObject: {rollouts: {router: nginx}}}",
            "none | helm: {valuesObject: {rollouts: {router: none}, replicas: 5}}"})
    void itsApplicationNamesTheRouter(String router, String helm) {
        lab.set("LAB_ROUTER", router).run("deploy_sample_api");
        assertThat(folder.resolve("applied")).content().contains("    path: charts/sample-api\n    " + helm + "\n");
    }

    @Test
    void theChartsOwnRouterIsNotNamed() {
        lab.run("deploy_sample_api");
        assertThat(folder.resolve("applied")).content().contains("    path: charts/sample-api\n")
                .doesNotContain("helm:", "@");
    }

    @Test
    void itIsDeployedAgainOnlyIfItChanges() {
        lab.run("deploy_sample_api");
        assertThat(lab.run(LAB + "republish").output()).isEmpty();
        lab.set("LAB_ROUTER", "nginx");
        assertThat(lab.run(LAB + "republish").output()).contains("routed by nginx", "followed");
        assertThat(lab.run(LAB + "republish").output()).isEmpty();
        lab.set("LAB_ROUTER", "traefik");
        assertThat(lab.run(LAB + "republish").output()).contains("routed by traefik", "followed");
        assertThat(folder.resolve("applied")).content().doesNotContain("helm:");
    }

    @Test
    void anotherRouterThanTheChartKnowsIsRefused() {
        assertThat(lab.set("LAB_ROUTER", "istio").run(":").output())
                .contains("LAB_ROUTER=istio", "traefik, nginx or none");
    }
}
