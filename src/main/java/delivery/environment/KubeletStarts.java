package delivery.environment;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When the kubelets of nodes were started. One that starts holds the containers that it finds for not ready until it
 * has probed them (kubelet, prober/worker.go: the result of a readiness probe begins as failure), so that pods on its
 * node are not ready for a while though nothing is wrong with them, and the node itself stays ready.
 */
final class KubeletStarts {

    private final KubernetesClient client;

    KubeletStarts(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The nodes under the pods of these namespaces whose kubelet was started since then, and when, by the event that it
     * records about its node (kubelet, BirthCry).
     *
     * @return in words; empty if there is none, or it cannot be known
     */
    Optional<String> under(Set<String> namespaces, Instant since) {
        try {
            Set<String> nodes = namespaces.stream().flatMap(namespace -> client.pods().inNamespace(namespace).list()
                    .getItems().stream()).map(pod -> String.valueOf(pod.getSpec().getNodeName()))
                    .collect(Collectors.toSet());
            String starts = client.v1().events().inNamespace("default").withField("involvedObject.kind", "Node")
                    .withField("reason", "Starting").list().getItems().stream()
                    .filter(event -> nodes.contains(event.getInvolvedObject().getName()) && isStart(event, since))
                    .map(event -> "the kubelet of the node " + event.getInvolvedObject().getName()
                            + " was started at " + event.getLastTimestamp())
                    .distinct().sorted().collect(Collectors.joining("; "));
            return starts.isEmpty() ? Optional.empty() : Optional.of(starts);
        } catch (KubernetesClientException unknown) {
            return Optional.empty();
        }
    }

    /** A timestamp has whole seconds. */
    private static boolean isStart(Event event, Instant since) {
        return event.getSource() != null && "kubelet".equals(event.getSource().getComponent())
                && event.getLastTimestamp() != null
                && Instant.parse(event.getLastTimestamp()).plusSeconds(1).isAfter(since);
    }
}
