package delivery.kubernetes;

import delivery.failure.Denial;
import delivery.rollout.ConditionState;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ResourceQuotas of a namespace that belong to the delivery. Each is read once. Safe for use by many threads. */
final class DeliveredQuotas {

    /** The annotations or labels by which Argo CD marks its objects. */
    private static final String TRACKING_ID = "argocd.argoproj.io/tracking-id";
    private static final String INSTANCE = "app.kubernetes.io/instance";

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    DeliveredQuotas(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Returns the names of those that these conditions complain about and that belong to the delivery. */
    Set<String> of(List<ConditionState> conditions) {
        return conditions.stream().flatMap(condition -> new Denial(condition.message()).quota().stream()).distinct()
                .filter(name -> known.computeIfAbsent(name, this::isDelivered)).collect(Collectors.toSet());
    }

    private boolean isDelivered(String name) {
        try {
            ResourceQuota quota = client.resourceQuotas().inNamespace(namespace).withName(name).get();
            return quota != null && marks(quota.getMetadata()).anyMatch(mark -> mark.equals(TRACKING_ID)
                    || mark.equals(INSTANCE));
        } catch (KubernetesClientException unavailable) {
            return false;
        }
    }

    private static Stream<String> marks(ObjectMeta metadata) {
        return Stream.of(metadata.getAnnotations(), metadata.getLabels()).filter(marks -> marks != null)
                .flatMap(marks -> marks.keySet().stream());
    }
}
