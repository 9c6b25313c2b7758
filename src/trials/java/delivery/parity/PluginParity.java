package delivery.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import delivery.history.CallLog;
import delivery.history.PerformedAction;
import delivery.kubernetes.Cluster;
import delivery.kubernetes.RolloutActions;
import delivery.kubernetes.RunNamespaces;
import delivery.lab.Lab;
import delivery.rollout.NotPossible;
import delivery.settings.Settings;
import delivery.text.OwnershipLabels;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proof that the drivers do the same as {@code kubectl argo rollouts}. Of two equal Rollouts, the real plugin acts on
 * one and the driver on the other. The calls that the API server audits must be the same: method, path, query, body and
 * order, and the content type with which they were sent. Only their reads may differ. Run with {@code make parity}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginParity {

    private static final Lab LAB = new Lab(Path.of("lab"));
    private static final Path LAUNCHER = Path.of("lab", "lab");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESOURCES = "/apis/argoproj.io/v1alpha1/namespaces/";

    private final Waiting waiting = new Waiting(1, (what, elapsed, seen) -> { });
    private final Table table = new Table();
    private String registry;
    private String path;
    private Cluster cluster;
    private Wiretap pluginTap;
    private Wiretap suiteTap;
    private Path pluginConfig;
    private Cluster tapped;
    private AuditLog audit;

    /** Returns all commands, or those whose ids the property {@code delivery.parity} lists. */
    static Stream<Command> commands() {
        List<String> wanted = List.of(System.getProperty("delivery.parity", "").split(","));
        return Command.all().filter(command -> wanted.equals(List.of("")) || wanted.contains(command.id()));
    }

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, InterruptedException {
        Map<String, String> lab = LAB.up(line -> { });
        registry = lab.get("REGISTRY");
        path = run(Map.of(), LAUNCHER + " shell printenv PATH").strip();
        cluster = cluster(lab);
        RunNamespaces.sweep(cluster.client(), Set.of());
        pluginTap = new Wiretap(cluster);
        suiteTap = new Wiretap(cluster);
        pluginConfig = pluginTap.kubeconfig(folder.resolve("plugin"));
        Map<String, String> suite = new HashMap<>(lab);
        suite.put("KUBECONFIG", suiteTap.kubeconfig(folder.resolve("suite")).toString());
        tapped = cluster(suite);
        audit = new AuditLog(LAUNCHER);
    }

    private static Cluster cluster(Map<String, String> lab) {
        return Cluster.open(Settings.load(Map.of(), new Properties(), lab), new CallLog());
    }

    @AfterAll
    void close() throws IOException {
        System.out.println(table.write(Path.of("target", "parity.md"), LAB.version("argo-rollouts").orElseThrow()));
        audit.close();
        tapped.close();
        suiteTap.close();
        pluginTap.close();
        cluster.close();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theSameIsAskedOfTheServer(Command command) throws IOException, InterruptedException {
        try (Twin plugin = twin(command, "plugin"); Twin suite = twin(command, "suite")) {
            String state = reach(command, plugin, suite);
            Optional<PerformedAction> action = drive(command, suite);
            List<Wiretap.Heard> sent = suiteTap.take();
            assertThat(plugin.state()).as("the state that the plugin acts on").isEqualTo(state);
            run(Map.of("PATH", path, "KUBECONFIG", pluginConfig.toString()), command.line(plugin.namespace()));
            List<Call> ours = audited(sent, suite, OwnershipLabels.OWNER);
            List<Call> theirs = audited(pluginTap.take(), plugin, "kubectl-argo-rollouts");
            table.add(command, theirs, ours);
            assertThat(!theirs.isEmpty()).as("whether the plugin sends anything").isEqualTo(command.acts());
            assertThat(ours).as("calls of the driver, beside those of the plugin").isEqualTo(theirs);
            assertThat(action.map(PerformedAction::calls).orElse(List.of())).as("what the driver says was sent")
                    .isEqualTo(sent
                    .stream().map(call -> call.method() + " " + call.target() + " " + call.body()).toList());
            action.ifPresent(done -> assertThat(done.command()).as("what the driver says a person would type")
                    .isEqualTo(command.line(suite.namespace())));
        }
    }

    /** Returns the driver's action; empty if the driver refuses. */
    private Optional<PerformedAction> drive(Command command, Twin suite) {
        try {
            return Optional.of(command.driver().apply(new RolloutActions(tapped.client()), suite.release()));
        } catch (NotPossible refused) {
            return Optional.empty();
        }
    }

    private Twin twin(Command command, String whose) {
        String namespace =
                String.join("-", "parity", command.id(), whose, String.valueOf(ProcessHandle.current().pid()));
        return new Twin(cluster, namespace, waiting);
    }

    /** Brings both Rollouts into the state, and returns it. */
    private String reach(Command command, Twin plugin, Twin suite) {
        // Drops calls that a failed test has left.
        pluginTap.take();
        suiteTap.take();
        Stream.of(plugin, suite).parallel().forEach(twin -> {
            twin.deploy(command.manifest(), registry);
            command.way().accept(twin);
        });
        String state = plugin.state();
        assertThat(suite.state()).as("the state that the driver acts on").isEqualTo(state);
        return state;
    }

    /** Returns the calls as the API server audited them; it must have received each as it was sent. */
    private List<Call> audited(List<Wiretap.Heard> sent, Twin twin, String who) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (Wiretap.Heard call : sent) {
            JsonNode event = waiting.until(audit, AuditLog.has(call.auditId(), call.toString()), WaitLimit.RECONCILE);
            assertThat(event.path("userAgent").asText()).as("who asked").startsWith(who);
            assertThat(event.path("verb").asText()).as("audited verb")
                    .isEqualTo(call.method().toLowerCase(Locale.ROOT));
            assertThat(event.path("requestURI").asText()).as("audited address").isEqualTo(call.target());
            assertThat(event.path("requestObject")).as("audited body").isEqualTo(call.body().isEmpty()
                    ? MissingNode.getInstance() : JSON.readTree(call.body()));
            assertThat(event.at("/responseStatus/code").asInt()).as("the answer to " + call).isEqualTo(200);
            String[] target = event.path("requestURI").asText().split("\\?", 2);
            assertThat(target[0]).startsWith(RESOURCES + twin.namespace() + "/");
            calls.add(new Call(call.method(), "…" + target[0].substring((RESOURCES + twin.namespace()).length()),
                    target.length > 1 ? target[1]
                    : "", String.valueOf(call.contentType()), event.path("requestObject")));
        }
        return List.copyOf(calls);
    }

    private static String run(Map<String, String> environment, String command) throws IOException,
            InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
        assertThat(process.exitValue()).as(command + ": " + output).isZero();
        return output;
    }
}
