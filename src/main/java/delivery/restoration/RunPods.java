package delivery.restoration;

import delivery.kubernetes.ApiFailure;
import delivery.text.RunTag;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** The pods of a namespace, whoever owns them, that have an image that a run built. */
record RunPods(KubernetesClient client, String namespace) {

    /** @throws delivery.failure.EnvironmentNotFit if the pods cannot be read */
    boolean exist() {
        try {
            return client.pods().inNamespace(namespace).list().getItems().stream()
                    .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                    .flatMap(pod -> pod.getSpec().getContainers().stream())
                    .anyMatch(container -> RunTag.isOn(String.valueOf(container.getImage())));
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("reading the pods of " + namespace, refused);
        }
    }
}
