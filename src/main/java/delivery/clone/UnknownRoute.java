package delivery.clone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An object that seems to be a route, of a kind whose rules are not known: an AWS TargetGroupBinding, an NGINX
 * VirtualServer, a RouteGroup. Only the hosts and Services that it names are known.
 */
public final class UnknownRoute {

    private final ManifestObject object;
    private final List<String> hosts = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    private UnknownRoute(ManifestObject object) {
        this.object = object;
        collect(object.spec(), "");
    }

    /** Returns the object as a route; nothing if its kind is known, or does not seem to be a route. */
    public static Optional<UnknownRoute> of(ManifestObject object) {
        return HostRules.isUnknown(object) ? Optional.of(new UnknownRoute(object)) : Optional.empty();
    }

    private void collect(JsonNode node, String key) {
        if (node.isTextual()) {
            texts.add(node.asText());
            if (HostClaims.isField(key) && node.asText().contains(".")) {
                hosts.add(node.asText());
            }
        }
        node.properties().forEach(field -> collect(field.getValue(), field.getKey()));
        if (node.isArray()) {
            node.forEach(item -> collect(item, key));
        }
    }

    String apiVersion() {
        return object.apiVersion();
    }

    /** The hosts that it names; empty if it names none. */
    List<String> hosts() {
        return List.copyOf(hosts);
    }

    /** Whether it names one of these Services. */
    public boolean leadsTo(Collection<String> services) {
        return texts.stream().anyMatch(services::contains);
    }

    public boolean namesHosts() {
        return !hosts.isEmpty();
    }

    /** Whether it names hosts, and only ones that are a release's own. */
    public boolean isOf(Predicate<String> own) {
        return !hosts.isEmpty() && hosts.stream().allMatch(own);
    }

    @Override
    public String toString() {
        return object.toString();
    }
}
