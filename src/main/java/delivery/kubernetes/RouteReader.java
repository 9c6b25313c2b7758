package delivery.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.route.RouteObjects;
import delivery.route.RouteObjects.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the objects that determine where requests for a host go. */
public final class RouteReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> REFUSED = Set.of(401, 403);

    private RouteReader() {
    }

    /** @throws delivery.failure.EnvironmentNotFit if the Kubernetes API does not answer */
    public static RouteObjects read(KubernetesClient client, String namespace) {
        return read(client, namespace, Kind.values());
    }

    /** Reads only the objects of these kinds. */
    public static RouteObjects read(KubernetesClient client, String namespace, Kind... kinds) {
        Map<Kind, List<JsonNode>> objects = new EnumMap<>(Kind.class);
        List<String> unread = new ArrayList<>();
        for (Kind kind : kinds) {
            try {
                // The client returns null for 404: the cluster does not serve the kind.
                String list = client.raw(kind.path(namespace));
                objects.put(kind, list == null ? List.of() : JSON.readTree(list).path("items").valueStream().toList());
            } catch (KubernetesClientException refused) {
                if (!REFUSED.contains(refused.getCode())) {
                    throw ApiFailure.of("reading the " + kind.plural() + " of " + namespace, refused);
                }
                unread.add(kind.plural() + " of " + kind.version() + " (HTTP " + refused.getCode() + ")");
            } catch (JsonProcessingException unreadable) {
                throw ApiFailure.of("reading the " + kind.plural() + " of " + namespace, unreadable);
            }
        }
        return new RouteObjects(objects, unread);
    }
}
