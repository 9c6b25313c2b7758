package delivery.clone;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.rollout.NamespacedObject;
import delivery.rollout.PodReferences;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The live release, as far as its clones must not interfere with it.
 *
 * @param hosts     the hosts that its routes name, in lower case, without names within the cluster
 * @param routed    whether it has a route at all
 * @param addresses the addresses of its Services on nodes and load balancers: {@code nodePort 30080}
 * @param services  the names of its Services, beginning with those to which its Rollout sends users
 * @param published further hosts that it has a name or a certificate for, without a route
 * @param needs     the Secrets and ConfigMaps that its Rollout's pods need, and those of their ServiceAccount
 */
public record LiveRelease(String namespace, Set<String> hosts, boolean routed, Set<String> addresses,
        List<String> services, Set<String> published, Set<NamespacedObject> needs) {

    public LiveRelease {
        published = Set.copyOf(published);
        hosts = Set.copyOf(hosts);
        addresses = Set.copyOf(addresses);
        services = List.copyOf(services);
        needs = Set.copyOf(needs);
    }

    /** @param objects the objects of the release, both as rendered and as in the cluster */
    public static LiveRelease of(String namespace, List<ManifestObject> objects) {
        return new LiveRelease(namespace, HostRules.hosts(objects).keySet(), !HostRules.routes(objects).isEmpty(),
                objects.stream().flatMap(object -> object.addresses().stream()).collect(Collectors.toSet()),
                services(objects), HostClaims.published(objects), needs(objects));
    }

    /** Returns its hosts that a text names. */
    List<String> named(String text) {
        return Stream.concat(hosts.stream(), published.stream()).distinct().filter(host -> Pattern.compile(
                "(?i)(?<![\\w.-])" + Pattern.quote(host) + "(?![\\w-]|\\.\\w)").matcher(text).find()).sorted().toList();
    }

    private static Set<NamespacedObject> needs(List<ManifestObject> objects) {
        List<JsonNode> pods = objects.stream().filter(object -> object.kind().equals("Rollout"))
                .map(rollout -> rollout.spec().at("/template/spec")).toList();
        Set<String> accounts = pods.stream().map(pod -> pod.path("serviceAccountName").asText("default"))
                .collect(Collectors.toSet());
        return Stream.concat(pods.stream().flatMap(pod -> PodReferences.of(pod).stream()), objects.stream()
                .filter(object -> object.kind().equals("ServiceAccount") && accounts.contains(object.name()))
                .flatMap(account -> PodReferences.ofServiceAccount(account.json()).stream()))
                .collect(Collectors.toSet());
    }

    private static List<String> services(List<ManifestObject> objects) {
        Stream<String> ofUsers = objects.stream().filter(object -> object.kind().equals("Rollout"))
                .flatMap(rollout -> Stream.of("/strategy/blueGreen/activeService", "/strategy/canary/stableService")
                        .map(field -> rollout.spec().at(field).asText(""))).filter(name -> !name.isEmpty());
        Stream<String> all = objects.stream()
                .filter(object -> object.kind().equals("Service") && object.group().isEmpty())
                .map(ManifestObject::name).sorted();
        return Stream.concat(ofUsers, all).distinct().toList();
    }

    /** Whether a host is the name of a Service, which no user of a gateway requests. */
    static boolean isWithinCluster(String host) {
        return !host.contains(".") && !host.equals("*") || host.endsWith(".svc") || host.contains(".svc.");
    }
}
