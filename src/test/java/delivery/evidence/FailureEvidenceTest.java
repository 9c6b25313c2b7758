package delivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@EnableKubernetesMockClient
class FailureEvidenceTest {

    private static final String PODS = "/api/v1/namespaces/blue/pods";

    @RegisterExtension
    final RecordedReport report = new RecordedReport();

    KubernetesMockServer server;
    KubernetesClient client;

    @Test
    void everythingThatTellsOfTheFailureIsAttached() {
        answer("/api/v1/namespaces/blue/events", new EventListBuilder()
                .addNewItem().withLastTimestamp("2026-01-31T12:00:02Z").withType("Warning").withReason("BackOff")
                .withNewInvolvedObject().withKind("Pod").withName("app-1").endInvolvedObject()
                .withMessage("second").endItem()
                .addNewItem().withNewEventTime("2026-01-31T12:00:01.000000Z").withReason("RolloutPaused")
                .withNewInvolvedObject().withKind("Rollout").withName("app").endInvolvedObject()
                .withMessage("first").endItem()
                .build());
        answer("/apis/apps/v1/namespaces/blue/replicasets", new ReplicaSetListBuilder()
                .addNewItem().withNewMetadata().withName("app-6f").withManagedFields(new ManagedFieldsEntry())
                .endMetadata().endItem()
                .build());
        answer("/apis/argoproj.io/v1alpha1/namespaces/blue/rollouts", """
                {"apiVersion":"argoproj.io/v1alpha1","kind":"RolloutList","items":[{
                  "apiVersion":"argoproj.io/v1alpha1","kind":"Rollout",
                  "metadata":{"name":"app","managedFields":[{"manager":"kubectl"}]},
                  "status":{"phase":"Degraded"}}]}""");
        answer("/apis/argoproj.io/v1alpha1/namespaces/blue/analysisruns", """
                {"apiVersion":"argoproj.io/v1alpha1","kind":"AnalysisRunList","items":[]}""");
        answer(PODS, new PodListBuilder()
                .addNewItem().withNewMetadata().withName("app-1").withNamespace("blue").endMetadata()
                .withNewSpec().addNewContainer().withName("web").endContainer().endSpec()
                .withNewStatus().withPhase("Running")
                .addNewContainerStatus().withName("web").withRestartCount(2)
                .withNewState().withNewWaiting().withReason("CrashLoopBackOff").withMessage("back-off").endWaiting()
                .endState().endContainerStatus().endStatus().endItem()
                .build());
        answer(PODS + "/app-1/log?container=web&previous=false&tailLines=100", "now");
        answer(PODS + "/app-1/log?container=web&previous=true&tailLines=100", "then hidden");

        collect();

        assertThat(report.attachment("Events of blue").lines()).containsExactly(
                "2026-01-31T12:00:01.000000Z    RolloutPaused  Rollout/app  first",
                "2026-01-31T12:00:02Z  Warning  BackOff  Pod/app-1  second");
        assertThat(report.attachment("Rollouts of blue"))
                .contains("phase: \"Degraded\"").doesNotContain("managedFields");
        assertThat(report.attachment("ReplicaSets of blue"))
                .contains("name: \"app-6f\"").doesNotContain("managedFields");
        assertThat(report.attachment("AnalysisRuns of blue")).isEqualTo("none");
        assertThat(report.attachment("Pods of blue")).isEqualTo("app-1  Running  web waits: CrashLoopBackOff back-off");
        assertThat(report.attachment("Log of app-1/web")).isEqualTo("now");
        assertThat(report.attachment("Log of app-1/web before its last restart")).isEqualTo("then ***");
    }

    /** In place, they belong to the live release. */
    @Test
    void valuesOfThePodsEnvironmentAreLeftOut() {
        answer("/apis/argoproj.io/v1alpha1/namespaces/blue/rollouts", """
                {"apiVersion":"argoproj.io/v1alpha1","kind":"RolloutList","items":[{
                  "apiVersion":"argoproj.io/v1alpha1","kind":"Rollout",
                  "metadata":{"name":"app","annotations":
                   {"kubectl.kubernetes.io/last-applied-configuration":"u:s3cret@db"}},
                  "spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"DB","value":"u:s3cret@db"},
                   {"name":"NODE","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}}]}]}}}}]}""");

        collect();

        assertThat(report.attachment("Rollouts of blue")).doesNotContain("s3cret")
                .contains("name: \"DB\"", "fieldPath: \"spec.nodeName\"");
    }

    @Test
    void whatCannotBeReadIsAttachedAsTheReason() {
        server.expect().get().withPath("/api/v1/namespaces/blue/events").andReturn(403, Map.of(
                "kind", "Status", "apiVersion", "v1", "status", "Failure", "code", 403,
                "message", "events is forbidden")).always();

        collect();

        assertThat(report.attachment("Events of blue"))
                .startsWith("could not be read:").contains("events is forbidden");
        assertThat(report.attachments()).contains("Rollouts of blue", "ReplicaSets of blue", "AnalysisRuns of blue",
                "Pods of blue");
    }

    @Test
    void aPodThatIsGoneIsSaidToBe() {
        answer(PODS, new PodListBuilder()
                .addNewItem().withNewMetadata().withName("app-1").withNamespace("blue").endMetadata()
                .withNewSpec().addNewContainer().withName("web").endContainer().endSpec().endItem()
                .build());

        collect();

        assertThat(report.attachment("Log of app-1/web")).startsWith("could not be read:");
    }

    private void collect() {
        UnaryOperator<String> redaction = text -> text.replace("hidden", "***");
        new FailureEvidence(client, new Evidence(redaction)).collect("blue");
    }

    private void answer(String path, Object body) {
        server.expect().get().withPath(path).andReturn(200, body).always();
    }
}
