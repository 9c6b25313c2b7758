package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class KubeletStartsTest {

    private static final Instant SINCE = Instant.parse("2026-01-31T12:00:00.400Z");

    private static final String EVENTS =
            "/api/v1/namespaces/default/events?fieldSelector=involvedObject.kind%3DNode%2Creason%3DStarting";

    private KubernetesMockServer server;
    private KubernetesClient client;

    @Test
    void theKubeletOfANodeUnderPodsOfTheCaseIsReported() {
        serve(start("a", "kubelet", "2026-01-31T12:00:07Z"));

        assertThat(under()).isEqualTo("the kubelet of the node a was started at 2026-01-31T12:00:07Z");
    }

    @Test
    void oneOfTheSameSecondCounts() {
        serve(start("a", "kubelet", "2026-01-31T12:00:00Z"));

        assertThat(under()).contains("node a");
    }

    @Test
    void anotherNodeAnotherProgramAndAnEarlierStartAreNoExcuse() {
        serve(start("b", "kubelet", "2026-01-31T12:00:07Z"), start("a", "kube-proxy", "2026-01-31T12:00:07Z"),
                start("a", "kubelet", "2026-01-31T11:59:59Z"));

        assertThat(under()).isEmpty();
    }

    @Test
    void aPodThatIsYoungerThanTheStartHasNotNoticedIt() {
        pods("2026-01-31T12:00:08Z");
        server.expect().get().withPath(EVENTS).andReturn(200, new EventListBuilder()
                .withItems(start("a", "kubelet", "2026-01-31T12:00:07Z")).build()).always();

        assertThat(under()).isEmpty();
    }

    @Test
    void whoMayNotReadEventsLearnsNothing() {
        pods("2026-01-31T11:59:30Z");
        server.expect().get().withPath(EVENTS).andReturn(403, "{}").always();

        assertThat(under()).isEmpty();
    }

    private void serve(Event... events) {
        pods("2026-01-31T11:59:30Z");
        server.expect().get().withPath(EVENTS).andReturn(200, new EventListBuilder().withItems(events).build())
                .always();
    }

    private void pods(String created) {
        Pod pod = new PodBuilder().withNewMetadata().withName("x")
                .withCreationTimestamp(created).endMetadata().withNewSpec().withNodeName("a")
                .endSpec().build();
        server.expect().get().withPath("/api/v1/namespaces/case/pods").andReturn(200,
                new PodListBuilder().withItems(pod).build()).always();
    }

    private static Event start(String node, String component, String at) {
        return new EventBuilder().withNewInvolvedObject().withKind("Node").withName(node).endInvolvedObject()
                .withReason("Starting").withNewSource().withComponent(component).endSource().withLastTimestamp(at)
                .build();
    }

    private String under() {
        return new KubeletStarts(client).under(Set.of("case"), SINCE).orElse("");
    }
}
