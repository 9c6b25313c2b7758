package delivery.clone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Places within objects that name a namespace. Argo CD and Kustomize write the namespace of a clone only into the
 * metadata of objects, so that such a place of a clone may still name the one of the live release.
 */
public final class NamespaceReferences {

    /** Parts of a route that lead no user anywhere: the gateway that serves it, what changes requests, certificates. */
    private static final Set<String> NO_BACKENDS =
            Set.of("parentRefs", "parentRef", "gateways", "middlewares", "tls", "options", "store");

    /** A place and the namespace that it names: {@code trafficRouting.istio.virtualService.name: shop.live}. */
    public record Reference(String place, String namespace) {
    }

    private NamespaceReferences() {
    }

    /**
     * Returns the places where a Rollout names the namespace of the route whose weights it moves; empty if it moves
     * those of its own namespace, as routers do without such a place. A plugin has a field for it (Gateway API,
     * OpenShift); for Istio it follows the VirtualService's name ({@code GetVirtualServiceNamespaceName} of Argo
     * Rollouts).
     */
    public static List<Reference> routers(ManifestObject rollout) {
        List<Reference> found = new ArrayList<>();
        JsonNode routing = rollout.spec().at("/strategy/canary/trafficRouting");
        routing.path("plugins").properties()
                .forEach(plugin -> fields(plugin.getValue(), "trafficRouting.plugins." + plugin.getKey(), found));
        JsonNode istio = routing.path("istio");
        istio(istio.path("virtualService"), "trafficRouting.istio.virtualService", found);
        istio.path("virtualServices").forEach(one -> istio(one, "trafficRouting.istio.virtualServices", found));
        return found;
    }

    private static void istio(JsonNode service, String place, List<Reference> found) {
        String[] parts = service.path("name").asText("").split("\\.", 2);
        if (parts.length == 2) {
            found.add(new Reference(place + ".name: " + service.path("name").asText(), parts[1]));
        }
    }

    private static void fields(JsonNode node, String place, List<Reference> found) {
        if (node.path("namespace").isTextual() && !node.path("namespace").asText().isEmpty()) {
            String namespace = node.path("namespace").asText();
            found.add(new Reference(place + ".namespace: " + namespace, namespace));
        }
        node.properties().forEach(field -> fields(field.getValue(), place + "." + field.getKey(), found));
        if (node.isArray()) {
            node.forEach(item -> fields(item, place, found));
        }
    }

    /**
     * Returns the places where a route or a Service leads to a namespace: by a field beside a backend's name, or by a
     * name of a Service in the cluster's DNS.
     *
     * @param namespace the only one whose names in DNS are looked for
     */
    public static List<Reference> backends(ManifestObject object, String namespace) {
        List<Reference> found = new ArrayList<>();
        boolean service = object.kind().equals("Service") && object.group().isEmpty();
        if (service || HostRules.seemsRoute(object) || object.group().equals("networking.istio.io")) {
            Pattern inCluster = Pattern.compile("(?i)[\\w-]+\\." + Pattern.quote(namespace) + "(\\.svc(\\..*)?)?\\.?");
            collect(object.spec(), "spec", namespace, inCluster, found);
        }
        return found;
    }

    private static void collect(JsonNode node, String place, String namespace, Pattern inCluster,
            List<Reference> found) {
        if (node.path("namespace").asText("").equals(namespace) && node.has("name")) {
            found.add(new Reference(place + ": " + node.path("name").asText() + " in " + namespace, namespace));
        }
        for (String key : List.of("host", "externalName")) {
            if (inCluster.matcher(node.path(key).asText("")).matches()) {
                found.add(new Reference(place + "." + key + ": " + node.path(key).asText(), namespace));
            }
        }
        node.properties().stream().filter(field -> !NO_BACKENDS.contains(field.getKey()))
                .forEach(field -> collect(field.getValue(), place + "." + field.getKey(), namespace, inCluster, found));
        if (node.isArray()) {
            node.forEach(item -> collect(item, place, namespace, inCluster, found));
        }
    }
}
