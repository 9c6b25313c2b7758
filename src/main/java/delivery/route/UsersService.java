package delivery.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * The Service that users of a release call if it has no route: for blue-green the active one, for a canary without a
 * traffic router the one with the pods of both versions.
 *
 * @param name       empty if it is not known
 * @param candidates the possible Services, if several fit or it is not known
 * @param reason     how it was determined, or why it is not known
 */
public record UsersService(Optional<String> name, List<String> candidates, String reason) {

    private static final String HASH = "rollouts-pod-template-hash";

    public UsersService {
        candidates = List.copyOf(candidates);
    }

    /**
     * @param services the Services of the Rollout's namespace
     * @param named    the Service that a setting names
     */
    public static UsersService of(JsonNode rollout, List<JsonNode> services, Optional<String> named) {
        List<JsonNode> own = services.stream().filter(service -> selects(service, rollout)).toList();
        if (named.isPresent()) {
            boolean there = services.stream().map(RouteObjects::name).anyMatch(named.get()::equals);
            return names(own).contains(named.get()) ? new UsersService(named, List.of(), "set by SERVICE")
                    : new UsersService(Optional.empty(), names(own), "the Service " + named.get()
                            + ", which SERVICE names, " + (there ? "has no pods of the Rollout, or no port"
                            : "does not exist"));
        }
        JsonNode strategy = rollout.path("spec").path("strategy");
        String active = strategy.at("/blueGreen/activeService").asText("");
        if (!active.isEmpty()) {
            return found(active, "the Rollout's active Service");
        }
        JsonNode canary = strategy.path("canary");
        String stable = canary.path("stableService").asText("");
        String next = canary.path("canaryService").asText("");
        if (!canary.path("trafficRouting").isEmpty()) {
            return stable.isEmpty() ? unknown() : found(stable, "the Rollout's stable Service");
        }
        List<JsonNode> all = own.stream().filter(service -> selector(service).path(HASH).isMissingNode()
                && !List.of(stable, next).contains(RouteObjects.name(service))).toList();
        List<JsonNode> balanced = all.stream().filter(service -> !isHeadless(service)).toList();
        if (all.size() == 1 || balanced.size() == 1) {
            return found(RouteObjects.name((all.size() == 1 ? all : balanced).get(0)), "the only one "
                    + (all.size() == 1 ? "" : "with an address ") + "that selects the pods of all versions");
        }
        if (all.size() > 1) {
            return new UsersService(Optional.empty(), names(all), "each selects the pods of all versions");
        }
        return stable.isEmpty() ? unknown() : found(stable, "the Rollout's stable Service; no other selects its pods,"
                + " so that the canary has no users");
    }

    private static UsersService found(String name, String reason) {
        return new UsersService(Optional.of(name), List.of(), reason);
    }

    private static UsersService unknown() {
        return new UsersService(Optional.empty(), List.of(), "none selects the Rollout's pods");
    }

    private static List<String> names(List<JsonNode> services) {
        return services.stream().map(RouteObjects::name).sorted().toList();
    }

    /** Whether it selects pods of the Rollout, and has a port. */
    private static boolean selects(JsonNode service, JsonNode rollout) {
        JsonNode labels = rollout.at("/spec/template/metadata/labels");
        JsonNode selector = selector(service);
        return !selector.isEmpty() && service.at("/spec/ports").size() > 0
                && selector.properties().stream().allMatch(label -> label.getKey().equals(HASH)
                        || labels.path(label.getKey()).equals(label.getValue()));
    }

    private static boolean isHeadless(JsonNode service) {
        return service.at("/spec/clusterIP").asText("").equals("None");
    }

    private static JsonNode selector(JsonNode service) {
        return service.path("spec").path("selector");
    }
}
