package delivery.kubernetes;

import delivery.clone.ManifestObject;
import delivery.clone.ObjectScope;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds that the API server serves. Each group and version is requested once. Safe for use by many threads. */
public final class ServedKinds {

    private final KubernetesClient client;
    private final Map<String, List<APIResource>> known = new ConcurrentHashMap<>();

    public ServedKinds(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Returns the scope of this object's kind, by the API's own discovery.
     *
     * @throws delivery.failure.EnvironmentNotFit if the API does not answer
     */
    public ObjectScope of(ManifestObject object) {
        return known.computeIfAbsent(object.apiVersion(), this::served).stream()
                .filter(resource -> resource.getKind().equals(object.kind()) && !resource.getName().contains("/"))
                .findFirst().map(resource -> Boolean.TRUE.equals(resource.getNamespaced()) ? ObjectScope.NAMESPACE
                        : ObjectScope.CLUSTER).orElse(ObjectScope.UNKNOWN);
    }

    private List<APIResource> served(String apiVersion) {
        if (apiVersion.isBlank()) {
            return List.of();
        }
        try {
            return Optional.ofNullable(client.getApiResources(apiVersion)).map(APIResourceList::getResources)
                    .map(List::copyOf).orElse(List.of());
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("asking for the kinds of " + apiVersion, refused);
        }
    }
}
