package delivery.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects of one namespace that determine where requests for a host go, at one moment.
 *
 * @param objects by kind; empty for a kind that the cluster does not serve
 * @param unread  the kinds that could not be read, each with the reason: their targets are not known
 */
public record RouteObjects(Map<Kind, List<JsonNode>> objects, List<String> unread) {

    /** The kinds that are read. Other kinds of routers are reported from the Rollout's own traffic routing. */
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

        /** Returns the group and version that serve it: {@code networking.k8s.io/v1}. */
        public String version() {
            return version;
        }

        /** Returns its name in paths of the API. */
        public String plural() {
            return plural;
        }

        /** Returns the path of the list of a namespace's objects. */
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

    /** Returns the objects without other releases' Rollouts; all objects if none is named, as there are no others. */
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

    /** Whether the objects of a kind are known. */
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
