package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The output and the exit code of the program on a cluster that does not answer. */
@Timeout(120)
class MainTest {

    private static final String OURS = Main.class.getName();
    private static final String CUCUMBERS = "io.cucumber.core.cli.Main";

    @TempDir
    private Path folder;
    private Path kubeconfig;

    /** The output and the exit code of a program. */
    private record End(int code, String said) {
    }

    @BeforeEach
    void aClusterThatDoesNotAnswer() throws IOException {
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:9"}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                current-context: c
                users: [{name: u, user: {token: token}}]
                """);
    }

    @Test
    void itsHelpHasTheOptionsTheExitCodesAndTheSettings() throws Exception {
        End help = end(OURS, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.said()).contains("--tags", "--name", "3   environment problem", "KUBE_CONTEXT");
    }

    @Test
    void aShellCompletesItsOptionsAndTags() throws Exception {
        assertThat(end(OURS, "generate-completion").said()).contains("--tags", "\"@CAN-3\"");
    }

    @Test
    void anOptionThatThereIsNotIsWrongInput() throws Exception {
        End refused = end(OURS, "--tgas", "@canary");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.said()).contains("Unknown option: '--tgas'").hasLineCount(2);
    }

    @Test
    void aTagThatNoScenarioHasIsWrongInputAndIsInTheReports() throws Exception {
        End refused = end(OURS, "--tags", "@canery");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.said()).contains("did you mean @canary?", "exit code 2: ");
        assertThat(folder.resolve("reports/exit-code")).hasContent("2");
        assertThat(folder.resolve("reports/criteria.md")).content().contains("not selected in this run");
    }

    @Test
    void someWordsOfANameSelect() throws Exception {
        End ended = end(OURS, "--name", "ReplicaSet is scaled");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.said()).contains("BG-6   not run after", "1 not run of 1 selected", "exit code 3: ")
                .doesNotContain("INFO", "CAN-3  not run after");
        assertThat(folder.resolve("reports/exit-code")).hasContent("3");
        assertThat(folder.resolve("reports/messages.ndjson")).content().contains("testRunStarted", "testRunFinished");
    }

    @Test
    void aSettingIsAnEnvironmentVariableOrAProperty() throws Exception {
        End refused = end(OURS, "-DREQUESTS=few", "--tags", "@BG-3");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.said()).contains("REQUESTS (\"few\")");
    }

    @Test
    void aDryRunProvesNothing() throws Exception {
        End ended = end(OURS, "-Dcucumber.execution.dry-run=true", "--tags", "@BG-3");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.said()).contains("0 proven, 0 not met, 1 not run of 1 selected",
                "Leave out cucumber.execution.dry-run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"features/canary.feature:99999999999", "features/none.feature"})
    void aPlaceThatThereIsNotIsWrongInput(String place) throws Exception {
        End refused = end(OURS, place);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.said()).contains("cucumber.features names ", place).doesNotContain("Exception");
    }

    @Test
    void anotherChecklistIsOneSetting() throws Exception {
        Path checklist = folder.resolve("task-12.md");
        Files.writeString(checklist, Files.readString(Path.of("features/task-9.md"))
                + "\n## More\n- [ ] More. <!-- M-1 -->\n");
        End refused = end(OURS, "-DCHECKLIST=" + checklist, "--tags", "@BG-3");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.said()).contains("task-12.md:", "no scenario proves M-1");
    }

    @Test
    void aScenarioThatAnEditorStartsHasTheRunAroundIt() throws Exception {
        End ended = end(CUCUMBERS, "--glue", "delivery.steps", "features/canary.feature:" + line("CAN-3"));
        assertThat(ended.code()).as("what is not proven is not green in an editor").isEqualTo(1);
        assertThat(ended.said()).contains("CAN-3  not run after", "1 not run of 1 selected",
                "Not every criterion that was tried is proven (exit code 3); see ").doesNotContain("NullPointer");
        assertThat(folder.resolve("reports/exit-code")).hasContent("3");
        assertThat(folder.resolve("reports/messages.ndjson")).content().contains("testRunStarted", "testRunFinished");
    }

    @Test
    void anEditorThatSelectsNothingIsNotGreen() throws Exception {
        End ended = end(CUCUMBERS, "--tags", "@nothing", "features/canary.feature");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("0 selected", "(exit code 2)");
    }

    private static int line(String id) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("features/canary.feature"));
        // Its tags are on the line above.
        return 2 + lines.indexOf(lines.stream().filter(text -> text.contains("@" + id)).findFirst().orElseThrow());
    }

    private End end(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-Ddelivery.reports=" + folder.resolve("reports"), "-Ddelivery.html=false",
                "-Dallure.results.directory=" + folder.resolve("results"), program));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(Map.of("KUBECONFIG", kubeconfig.toString(), "ARGOCD_SERVER", "http://127.0.0.1:9",
                "ARGOCD_AUTH_TOKEN", "token-of-nothing", "GATEWAY", "http://127.0.0.1:9"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("it ends").isTrue();
            return new End(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
