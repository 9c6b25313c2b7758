package delivery.clone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Addresses that a Service asks for by number: only one Service can have each. */
final class ServiceAddresses {

    private ServiceAddresses() {
    }

    /**
     * In words: {@code nodePort 30080}, {@code loadBalancerIP 192.0.2.7}; empty if it is not a Service, or asks for
     * none.
     */
    static Set<String> of(ManifestObject object) {
        Set<String> addresses = new TreeSet<>();
        if (!object.kind().equals("Service") || !object.group().isEmpty()) {
            return addresses;
        }
        JsonNode spec = object.spec();
        for (JsonNode port : spec.path("ports")) {
            add(addresses, "nodePort", port.path("nodePort"));
        }
        spec.path("externalIPs").forEach(address -> add(addresses, "externalIP", address));
        add(addresses, "loadBalancerIP", spec.path("loadBalancerIP"));
        add(addresses, "clusterIP", spec.path("clusterIP"));
        object.json().at("/metadata/annotations").properties().stream()
                .filter(annotation -> annotation.getKey().matches("(?i).*load-?balancer-?ips?"))
                .forEach(annotation -> add(addresses, "loadBalancerIP", annotation.getValue()));
        return addresses;
    }

    private static void add(Set<String> addresses, String what, JsonNode value) {
        String text = value.asText("");
        if (!text.isBlank() && !text.equals("None") && !text.equals("0")) {
            addresses.add(what + " " + text);
        }
    }
}
