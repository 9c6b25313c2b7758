package delivery.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects of one namespace that decide where requests for a host go, as they are at one moment.
 *
 * @param objects by kind; a kind that the cluster does not serve has none
 * @param unread  kinds that could not be read, each with the reason: what they lead to is not known
 */
public record RouteObjects(Map<Kind, List<JsonNode>> objects, List<String> unread) {

    /** What is read. Routers by other kinds are told of by the Rollout's own traffic routing. */
    public enum Kind {
        INGRESS_ROUTE("IngressRoute", "traefik.io/v1alpha1", "ingressroutes"),
        OLD_INGRESS_ROUTE("IngressRoute", "traefik.containo.us/v1alpha1", "ingressroutes"),
        TRAEFIK_SERVICE("TraefikService", "traefik.io/v1alpha1", "traefikservices"),
        OLD_TRAEFIK_SERVICE("TraefikService", "traefik.containo.us/v1alpha1", "traefikservices"),
        INGRESS("Ingress", "networking.k8s.io/v1", "ingresses"),
        HTTP_ROUTE("HTTPRoute", "gateway.networking.k8s.io/v1", "httproutes"),
        SERVICE("Service", "v1", "services"),
        REPLICA_SET("ReplicaSet", "apps/v1", "replicasets"),
        ROLLOUT("Rollout", "argoproj.io/v1alpha1", "rollouts");

        private final String kind;
        private final String version;
        private final String plural;

        Kind(String kind, String version, String plural) {
            this.kind = kind;
            this.version = version;
            this.plural = plural;
        }

        /** Group and version that serve it: {@code networking.k8s.io/v1}. */
        public String version() {
            return version;
        }

        /** Its name in paths of the API. */
        public String plural() {
            return plural;
        }

        /** Path of the list of a namespace's objects. */
        public String path(String namespace) {
            return (version.contains("/") ? "/apis/" : "/api/") + version + "/namespaces/" + namespace + "/" + plural;
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    public List<JsonNode> of(Kind... kinds) {
        return Stream.of(kinds).flatMap(kind -> objects.getOrDefault(kind, List.of()).stream()).toList();
    }

    /** The same without the Rollouts of other releases; the same where none is named, as there is but one. */
    public RouteObjects of(Optional<String> rollout) {
        if (rollout.isEmpty() || !isKnown(Kind.ROLLOUT)) {
            return this;
        }
        Map<Kind, List<JsonNode>> own = new EnumMap<>(objects);
        own.put(Kind.ROLLOUT, named(rollout.get(), Kind.ROLLOUT).stream().toList());
        return new RouteObjects(own, unread);
    }

    public Optional<JsonNode> named(String name, Kind... kinds) {
        return of(kinds).stream().filter(object -> name(object).equals(name)).findFirst();
    }

    /** Whether what there is of a kind is known. */
    public boolean isKnown(Kind kind) {
        return objects.containsKey(kind);
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText("");
    }

    static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText("");
    }
}
