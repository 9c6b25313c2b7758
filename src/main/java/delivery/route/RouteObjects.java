package delivery.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.cluster.ApiFailure;
import delivery.verdict.EnvironmentNotFit;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The objects of one namespace that decide where requests for a host go, as they are at one moment.
 *
 * @param objects by kind; a kind that the cluster does not serve has none
 * @param unread  kinds that could not be read, each with the reason: what they lead to is not known
 */
public record RouteObjects(Map<Kind, List<JsonNode>> objects, List<String> unread) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> REFUSED = Set.of(401, 403);

    /** What is read. Routers by other kinds are told of by the Rollout's own traffic routing. */
    public enum Kind {
        INGRESS_ROUTE("IngressRoute", "traefik.io/v1alpha1", "ingressroutes"),
        OLD_INGRESS_ROUTE("IngressRoute", "traefik.containo.us/v1alpha1", "ingressroutes"),
        TRAEFIK_SERVICE("TraefikService", "traefik.io/v1alpha1", "traefikservices"),
        OLD_TRAEFIK_SERVICE("TraefikService", "traefik.containo.us/v1alpha1", "traefikservices"),
        INGRESS("Ingress", "networking.k8s.io/v1", "ingresses"),
        HTTP_ROUTE("HTTPRoute", "gateway.networking.k8s.io/v1", "httproutes"),
        SERVICE("Service", "v1", "services"),
        ROLLOUT("Rollout", "argoproj.io/v1alpha1", "rollouts");

        private final String kind;
        private final String version;
        private final String plural;

        Kind(String kind, String version, String plural) {
            this.kind = kind;
            this.version = version;
            this.plural = plural;
        }

        private String path(String namespace) {
            return (version.contains("/") ? "/apis/" : "/api/") + version + "/namespaces/" + namespace + "/" + plural;
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    /**
     * Reads a namespace's objects.
     *
     * @throws EnvironmentNotFit if the Kubernetes API does not answer
     */
    public static RouteObjects read(KubernetesClient client, String namespace) {
        Map<Kind, List<JsonNode>> objects = new EnumMap<>(Kind.class);
        List<String> unread = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            try {
                // null for 404: the cluster does not serve the kind.
                String list = client.raw(kind.path(namespace));
                List<JsonNode> items = new ArrayList<>();
                if (list != null) {
                    JSON.readTree(list).path("items").forEach(items::add);
                }
                objects.put(kind, items);
            } catch (KubernetesClientException refused) {
                if (!REFUSED.contains(refused.getCode())) {
                    throw ApiFailure.of("reading the " + kind.plural + " of " + namespace, refused);
                }
                unread.add(kind.plural + " of " + kind.version + " (HTTP " + refused.getCode() + ")");
            } catch (JsonProcessingException unreadable) {
                throw ApiFailure.of("reading the " + kind.plural + " of " + namespace, unreadable);
            }
        }
        return new RouteObjects(objects, unread);
    }

    List<JsonNode> of(Kind... kinds) {
        List<JsonNode> all = new ArrayList<>();
        for (Kind kind : kinds) {
            all.addAll(objects.getOrDefault(kind, List.of()));
        }
        return all;
    }

    Optional<JsonNode> named(String name, Kind... kinds) {
        return of(kinds).stream().filter(object -> name(object).equals(name)).findFirst();
    }

    /** Whether what there is of a kind is known. */
    boolean isKnown(Kind kind) {
        return objects.containsKey(kind);
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText("");
    }

    static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText("");
    }
}
