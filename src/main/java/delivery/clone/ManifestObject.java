package delivery.clone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A whole Kubernetes object, as rendered by a chart or read from the cluster. */
public record ManifestObject(JsonNode json) {

    private static final List<String> TEST_HOOKS = List.of("test", "test-success", "test-failure");

    /** Returns {@code group/version}, or only the version for the core group. */
    public String apiVersion() {
        return json.path("apiVersion").asText("");
    }

    /** Returns its API group; empty for the core group. */
    public String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    public String kind() {
        return json.path("kind").asText("");
    }

    public String name() {
        return json.at("/metadata/name").asText(json.at("/metadata/generateName").asText(""));
    }

    /** Returns the namespace in its metadata; empty if there is none. */
    public String namespace() {
        return json.at("/metadata/namespace").asText("");
    }

    public JsonNode spec() {
        return json.path("spec");
    }

    /** Whether only {@code helm test} would run it: Argo CD never applies such an object. */
    boolean onlyForHelmTest() {
        JsonNode annotations = json.at("/metadata/annotations");
        return !annotations.has("argocd.argoproj.io/hook") && annotations.has("helm.sh/hook")
                && Stream.of(annotations.path("helm.sh/hook").asText("").split(",")).map(String::strip)
                        .allMatch(TEST_HOOKS::contains);
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }

    /** Returns addresses that a Service claims for itself: {@code nodePort 30080}, {@code loadBalancerIP 192.0.2.7}. */
    public Set<String> addresses() {
        Set<String> addresses = new TreeSet<>();
        if (!kind().equals("Service") || !group().isEmpty()) {
            return addresses;
        }
        for (JsonNode port : spec().path("ports")) {
            add(addresses, "nodePort", port.path("nodePort"));
        }
        spec().path("externalIPs").forEach(address -> add(addresses, "externalIP", address));
        add(addresses, "loadBalancerIP", spec().path("loadBalancerIP"));
        add(addresses, "clusterIP", spec().path("clusterIP"));
        json.at("/metadata/annotations").properties().stream()
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
