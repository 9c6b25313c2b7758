package delivery.environment;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The starts of the nodes' kubelets. A kubelet that starts treats the containers that it finds as not ready until it
 * has probed them (kubelet, prober/worker.go: the result of a readiness probe begins as failure). So pods on its node
 * are not ready for a while although nothing is wrong with them, and the node itself stays ready.
 */
record KubeletStarts(KubernetesClient client) {

    /**
     * The nodes whose kubelet was started since then under pods of these namespaces, and when, by the event that it
     * records about its node (kubelet, BirthCry). A younger pod is not affected: a node that joins the cluster starts
     * its kubelet, too.
     *
     * @return in words; empty if there is none, or it cannot be known
     */
    Optional<String> under(Set<String> namespaces, Instant since) {
        try {
            List<Pod> pods = namespaces.stream().flatMap(namespace -> client.pods().inNamespace(namespace).list()
                    .getItems().stream()).toList();
            String starts = client.v1().events().inNamespace("default").withField("involvedObject.kind", "Node")
                    .withField("reason", "Starting").list().getItems().stream()
                    .filter(event -> isStart(event, since) && pods.stream().anyMatch(pod -> isUnder(event, pod)))
                    .map(event -> "the kubelet of the node " + event.getInvolvedObject().getName()
                            + " was started at " + event.getLastTimestamp())
                    .distinct().sorted().collect(Collectors.joining("; "));
            return starts.isEmpty() ? Optional.empty() : Optional.of(starts);
        } catch (KubernetesClientException unknown) {
            return Optional.empty();
        }
    }

    /** Whether an event is a start since then; its timestamp has whole seconds. */
    private static boolean isStart(Event event, Instant since) {
        return event.getSource() != null && "kubelet".equals(event.getSource().getComponent())
                && event.getLastTimestamp() != null
                && Instant.parse(event.getLastTimestamp()).plusSeconds(1).isAfter(since);
    }

    private static boolean isUnder(Event event, Pod pod) {
        return event.getInvolvedObject().getName().equals(pod.getSpec().getNodeName())
                && !Instant.parse(pod.getMetadata().getCreationTimestamp())
                        .isAfter(Instant.parse(event.getLastTimestamp()));
    }
}
