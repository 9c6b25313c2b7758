package delivery.kubernetes;

import delivery.rollout.NamespacedObject;
import delivery.rollout.Presence;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The live release's namespace, to see whether it has an object that another one lacks. Only metadata is read. */
public record LiveNamespace(KubernetesClient client, String namespace) {

    /** The marks that Argo CD, Helm and operators leave on the objects that they create. */
    private static final Set<String> MAKERS = Set.of("argocd.argoproj.io/tracking-id", "argocd.argoproj.io/instance",
            "app.kubernetes.io/instance", "app.kubernetes.io/managed-by");

    /** The media type by which kubectl and controllers request only metadata. */
    private static final String METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final int LONGEST_SECONDS = 10;

    /**
     * Looks for an object; unknown if it may not be read. Only its metadata is requested: the contents of a Secret do
     * not leave the cluster.
     */
    public Presence has(NamespacedObject need) {
        String path = "api/v1/namespaces/" + namespace + "/" + need.resource() + "/" + need.name();
        try {
            HttpResponse<String> answer = client.getHttpClient()
                    .sendAsync(client.getHttpClient().newHttpRequestBuilder()
                    .uri(client.getMasterUrl().toURI().resolve(path)).header("Accept", METADATA).build(), String.class)
                    .get(LONGEST_SECONDS, TimeUnit.SECONDS);
            if (answer.code() != 200) {
                return answer.code() == 404 ? Presence.MISSING : Presence.UNKNOWN;
            }
            ObjectMeta found = Serialization.unmarshal(answer.body(), PartialObjectMetadata.class).getMetadata();
            return found == null ? Presence.UNKNOWN : made(found) ? Presence.MADE : Presence.BY_HAND;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Presence.UNKNOWN;
        } catch (ExecutionException | TimeoutException | URISyntaxException | RuntimeException unreadable) {
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
