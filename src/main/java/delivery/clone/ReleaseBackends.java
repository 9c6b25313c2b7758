package delivery.clone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names by which routes lead to a release: its Services, and the TraefikServices in front of them. */
public record ReleaseBackends(Set<String> names) {

    private static final String HASH = "rollouts-pod-template-hash";

    public ReleaseBackends {
        names = Set.copyOf(names);
    }

    /**
     * @param objects the objects of the release, and of whatever else its Application delivers
     * @param name    the Rollout that releases; empty if it is the only one
     */
    public static ReleaseBackends of(List<ManifestObject> objects, Optional<String> name) {
        Set<String> names = new HashSet<>();
        objects.stream().filter(object -> object.kind().equals("Rollout")
                && name.map(object.name()::equals).orElse(true)).map(ManifestObject::spec).forEach(spec -> {
                    Stream.of("/blueGreen/activeService", "/blueGreen/previewService", "/canary/stableService",
                            "/canary/canaryService", "/canary/trafficRouting/alb/rootService")
                            .forEach(field -> names.add(spec.path("strategy").at(field).asText("")));
                    objects.stream().filter(object -> object.kind().equals("Service")
                            && selects(object.spec().path("selector"), spec.at("/template/metadata/labels")))
                            .forEach(service -> names.add(service.name()));
                });
        names.remove("");
        Set<String> before = objects.stream().filter(object -> object.kind().equals("TraefikService")
                && object.spec().findValuesAsText("name").stream().anyMatch(names::contains))
                .map(ManifestObject::name).collect(Collectors.toSet());
        names.addAll(before);
        return new ReleaseBackends(names);
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty() && selector.properties().stream().allMatch(label -> label.getKey().equals(HASH)
                || labels.path(label.getKey()).equals(label.getValue()));
    }

    /** Whether rules of routes lead to other backends only. Rules whose backends cannot be read do not. */
    public boolean areElsewhere(List<JsonNode> rules) {
        List<String> led = rules.stream().flatMap(ReleaseBackends::backends).toList();
        return !led.isEmpty() && !names.isEmpty() && led.stream().noneMatch(names::contains);
    }

    private static Stream<String> backends(JsonNode rule) {
        // An AWS load balancer takes the backends of such a rule from an annotation.
        Stream<String> ofIngress = rule.findValues("backend").stream()
                .filter(backend -> !backend.toString().contains("use-annotation"))
                .map(backend -> backend.at("/service/name").asText(backend.path("serviceName").asText("")));
        Stream<String> named = Stream.of("backendRefs", "services").flatMap(list -> rule.findValues(list).stream())
                .flatMap(JsonNode::valueStream).map(backend -> backend.path("name").asText(""));
        Stream<String> ofIstio = rule.findValues("destination").stream()
                .map(destination -> destination.path("host").asText("").replaceFirst("\\..*", ""));
        return Stream.of(ofIngress, named, ofIstio).flatMap(each -> each).filter(name -> !name.isEmpty());
    }
}
