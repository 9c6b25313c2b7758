package delivery.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.kubernetes.ResourceKind;
import delivery.kubernetes.RunNamespaces;
import delivery.waiting.NotMet;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@EnableKubernetesMockClient(crud = true)
class LeftoversTest {

    private final Waiting waiting = new Waiting(0.02, (what, elapsed, lastSeen) -> { });

    KubernetesClient client;

    @Test
    void whatNoRunMadeIsNothingOfIt() {
        client.resource(new NamespaceBuilder().withNewMetadata().withName("default").endMetadata().build()).create();
        try (Leftovers remains = new Leftovers(client)) {
            assertThat(waiting.until(remains, Leftovers.none(), WaitLimit.DELETION)).isEqualTo("nothing");
        }
    }

    @Test
    void aNamespaceThatStaysIsReported() {
        RunNamespaces.create(client, "abcde", "sample-api-bg-1-abcde");
        try (Leftovers remains = new Leftovers(client)) {
            assertThat(remains.names()).containsExactly("sample-api-bg-1-abcde");
            assertThatThrownBy(() -> waiting.until(remains, Leftovers.none(), WaitLimit.DELETION))
                    .isInstanceOf(NotMet.class)
                    .hasMessageContaining("namespace sample-api-bg-1-abcde");
        }
    }

    @Test
    void anApplicationThatStaysIsReportedWhereverItIs() {
        GenericKubernetesResource application = new GenericKubernetesResource();
        application.setApiVersion("argoproj.io/v1alpha1");
        application.setKind("Application");
        application.setMetadata(new ObjectMetaBuilder().withName("sample-api-bg-1-abcde").withNamespace("argocd")
                .withLabels(RunNamespaces.labels("abcde")).build());
        client.genericKubernetesResources(ResourceKind.APPLICATION.context()).inNamespace("argocd")
                .resource(application).create();
        try (Leftovers remains = new Leftovers(client)) {
            assertThat(remains.lastKnown()).containsExactly("Application sample-api-bg-1-abcde");
        }
    }

    @Test
    void aRunIsUnderstoodByWhatItSays() {
        ConsoleTranscript said = ConsoleTranscript.in("""
                16 criteria, 6 side by side: about 80 s, by the times of the last runs
                … PRE-1  No blockers
                ✔ PRE-1  proven after 0.1 s
                … BG-1   Argo CD Application is updated
                … BG-2   A new ReplicaSet
                ⏳ BG-2   the Rollout is paused, for 5.0 s: it is Progressing
                ✘ BG-1   not met after 5.2 s: the wrong version
                """);
        assertThat(said.underWay()).containsExactly("BG-2");
        assertThat(said.begun()).containsExactly("PRE-1", "BG-1", "BG-2");
        assertThat(said.notMet()).containsExactly("BG-1");
        assertThat(ConsoleTranscript.in("the lab is started").begun()).isEmpty();
    }
}
