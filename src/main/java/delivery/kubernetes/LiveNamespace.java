package delivery.kubernetes;

import delivery.rollout.MissingReferences;
import delivery.rollout.Presence;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The namespace of the live release: whether it has what another one lacks. Nothing but metadata is looked at. */
public final class LiveNamespace {

    /** What Argo CD, Helm and operators leave on what they make. */
    private static final Set<String> MAKERS = Set.of("argocd.argoproj.io/tracking-id", "argocd.argoproj.io/instance",
            "app.kubernetes.io/instance", "app.kubernetes.io/managed-by");

    private final KubernetesClient client;
    private final String namespace;

    public LiveNamespace(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Looks for an object; unknown if it may not be read. */
    public Presence has(MissingReferences.Need need) {
        try {
            HasMetadata object = need.kind().equals("Secret")
                    ? client.secrets().inNamespace(namespace).withName(need.name()).get()
                    : client.configMaps().inNamespace(namespace).withName(need.name()).get();
            return object == null ? Presence.MISSING : made(object.getMetadata()) ? Presence.MADE : Presence.BY_HAND;
        } catch (KubernetesClientException refused) {
            return Presence.UNKNOWN;
        }
    }

    private static boolean made(ObjectMeta metadata) {
        Stream<String> marks = Stream.concat(keys(metadata.getLabels()), keys(metadata.getAnnotations()));
        return !metadata.getOwnerReferences().isEmpty() || marks.anyMatch(mark -> MAKERS.contains(mark)
                || mark.contains("reflect") || mark.contains("replicat"));
    }

    private static Stream<String> keys(Map<String, String> marks) {
        return Objects.requireNonNullElse(marks, Map.<String, String>of()).keySet().stream();
    }
}
