package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.HostRules;
import delivery.clone.ManifestObject;
import delivery.clone.ReleaseBackends;
import delivery.rollout.Rollout;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Orders the hosts of the live routes: those of the release's users before those at which a team previews its new
 * version, and those that lead to something else.
 */
record HostOrder(LiveObjects objects, Optional<Rollout> rollout) {

    List<String> hosts() {
        ReleaseBackends release = ReleaseBackends.of(objects.live(), rollout.map(Rollout::name));
        return HostRules.hosts(objects.live()).keySet().stream()
                .sorted(Comparator.comparing((String host) -> {
                    List<JsonNode> rules = rules(host);
                    return isOfTheNew(rules) || release.areElsewhere(rules);
                })).toList();
    }

    private List<JsonNode> rules(String host) {
        return HostRules.routes(objects.live()).stream().flatMap(HostOrder::rules)
                .filter(rule -> HostPlace.named(host).matcher(rule.toString()).find()).toList();
    }

    /** Whether rules lead to the preview or canary Service, and none to the Service of users. */
    private boolean isOfTheNew(List<JsonNode> rules) {
        return rollout.flatMap(Rollout::newService).filter(name -> names(rules, name)).isPresent()
                && rollout.flatMap(Rollout::stableService).filter(name -> names(rules, name)).isEmpty();
    }

    private static Stream<JsonNode> rules(ManifestObject route) {
        return switch (route.kind()) {
            case "Ingress" -> route.spec().path("rules").valueStream();
            case "IngressRoute" -> route.spec().path("routes").valueStream();
            default -> Stream.of(route.spec());
        };
    }

    private static boolean names(List<JsonNode> rules, String service) {
        return rules.stream().anyMatch(rule -> rule.findValuesAsText("name").contains(service)
                || rule.findValuesAsText("host").contains(service));
    }
}
