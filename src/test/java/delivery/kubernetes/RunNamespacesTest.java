package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.waiting.NotMet;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@EnableKubernetesMockClient(crud = true)
class RunNamespacesTest {

    private final Waiting waiting = new Waiting(0.01, (what, elapsed, lastSeen) -> { });

    KubernetesClient client;

    @Test
    void aNamespaceSaysWhoseItIs() {
        RunNamespaces.create(client, "run-1", "bg-1");
        Namespace made = client.namespaces().withName("bg-1").get();
        assertThat(made.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "progressive-delivery-acceptance")
                .containsEntry("delivery.acceptance/run", "run-1");
        assertThat(made.getMetadata().getAnnotations())
                .containsEntry("delivery.acceptance/pid", String.valueOf(ProcessHandle.current().pid()))
                .containsKeys("delivery.acceptance/host", "delivery.acceptance/created");
    }

    @Test
    void aNameThatIsTakenIsNotTakenOver() {
        RunNamespaces.create(client, "run-1", "bg-1");
        assertThatThrownBy(() -> RunNamespaces.create(client, "run-2", "bg-1"))
                .isInstanceOfSatisfying(KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(409));
    }

    @Test
    void aDeletedNamespaceIsGone() {
        RunNamespaces.create(client, "run-1", "bg-1");
        client.namespaces().withName("bg-1").delete();
        RunNamespaces.awaitGone(client, "bg-1", waiting);
        assertThat(client.namespaces().withName("bg-1").get()).isNull();
    }

    @Test
    void aNamespaceThatStaysIsReportedWithWhatHoldsIt() {
        RunNamespaces.create(client, "run-1", "bg-1");
        client.namespaces().withName("bg-1").edit(namespace -> new NamespaceBuilder(namespace)
                .editMetadata().addToFinalizers("example.com/hold").endMetadata()
                .withNewStatus().withPhase("Terminating").addNewCondition().withType("NamespaceContentRemaining")
                .withStatus("True").withMessage("Some resources are remaining: rollouts.argoproj.io").endCondition()
                .endStatus().build());
        assertThatThrownBy(() -> RunNamespaces.awaitGone(client, "bg-1", waiting))
                .isInstanceOf(NotMet.class)
                .hasMessageContaining("the namespace bg-1 is gone")
                .hasMessageContaining("it is Terminating: Some resources are remaining: rollouts.argoproj.io")
                .hasMessageContaining("kubectl get namespace bg-1");
    }

    @Test
    void onlyWhatDeadRunsLeftBehindIsSwept() {
        ProcessIdentity self = ProcessIdentity.self();
        long dead = deadPid();
        namespace("of-this-run", "run-1", new ProcessIdentity(self.host(), dead, self.created()));
        namespace("of-a-dead-process", "run-2", new ProcessIdentity(self.host(), dead, self.created()));
        namespace("of-a-process-at-work", "run-3", self);
        namespace("of-a-reused-number", "run-4",
                new ProcessIdentity(self.host(), self.pid(), self.created().minus(1, ChronoUnit.HOURS)));
        namespace("of-another-machine", "run-5", new ProcessIdentity("elsewhere", dead, self.created()));
        namespace("of-yesterday", "run-6",
                new ProcessIdentity("elsewhere", 1, self.created().minus(1, ChronoUnit.DAYS)));
        client.resource(new NamespaceBuilder().withNewMetadata().withName("of-someone-else")
                .withAnnotations(new ProcessIdentity(self.host(), dead, Instant.EPOCH).annotations()).endMetadata()
                .build())
                .create();
        client.resource(new NamespaceBuilder().withNewMetadata().withName("unreadable")
                .withLabels(RunNamespaces.labels("run-7"))
                .withAnnotations(Map.of("delivery.acceptance/pid", "many")).endMetadata().build()).create();

        assertThat(RunNamespaces.sweep(client, Set.of("run-1")))
                .containsExactlyInAnyOrder("of-a-dead-process", "of-a-reused-number", "of-yesterday");
        assertThat(client.namespaces().list().getItems()).extracting(left -> left.getMetadata().getName())
                .contains("of-this-run", "of-a-process-at-work", "of-another-machine", "of-someone-else", "unreadable")
                .doesNotContain("of-a-dead-process");
    }

    @Test
    void whatARunStillHasIsRemovedAndNoOtherRuns() {
        RunNamespaces.create(client, "run-1", "of-this-run");
        RunNamespaces.create(client, "run-1", "kept");
        RunNamespaces.create(client, "run-2", "of-another-run");

        assertThat(RunNamespaces.remove(client, "run-1", Set.of("kept"))).containsExactly("of-this-run");
        assertThat(client.namespaces().list().getItems()).extracting(left -> left.getMetadata().getName())
                .contains("kept", "of-another-run").doesNotContain("of-this-run");
    }

    private void namespace(String name, String run, ProcessIdentity owner) {
        client.resource(new NamespaceBuilder().withNewMetadata().withName(name)
                .withLabels(RunNamespaces.labels(run)).withAnnotations(owner.annotations()).endMetadata().build())
                .create();
    }

    /** Returns a process number far above the highest possible one. */
    private static long deadPid() {
        return Integer.MAX_VALUE - 1L;
    }
}
