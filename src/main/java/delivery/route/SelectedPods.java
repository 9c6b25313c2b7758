package delivery.route;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.route.RouteObjects.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The versions whose pods a Service selects, by its selector and the labels of the release's ReplicaSets. */
record SelectedPods(RouteObjects objects, JsonNode rollout) {

    private static final String HASH = "rollouts-pod-template-hash";

    /**
     * Returns why a Service lacks the pods of a version that users are to get.
     *
     * @return in words: "whose selector version=1.0.0 leaves out the pods of the new version"; empty if it lacks none,
     *         or is not one of the release's Services
     */
    Optional<String> leftOut(JsonNode service) {
        if (selector(service).isEmpty()) {
            return Optional.empty();
        }
        if (!hash(service).isEmpty()) {
            return Optional.of("which the Rollout gives to one version alone");
        }
        List<JsonNode> sets = sets();
        List<JsonNode> out = sets.stream().filter(set -> !mismatch(service, set).isEmpty()).toList();
        if (out.isEmpty() || out.size() == sets.size() && sets.size() > 1) {
            return Optional.empty();
        }
        return Optional.of("whose selector " + mismatch(service, out.get(0)) + " leaves out the pods of "
                + version(out.get(0)));
    }

    /** Returns the Rollout's ReplicaSets that are to have pods. */
    private List<JsonNode> sets() {
        String uid = rollout.at("/metadata/uid").asText("");
        return objects.of(Kind.REPLICA_SET).stream().filter(set -> set.at("/spec/replicas").asInt() > 0
                && set.at("/metadata/ownerReferences").findValuesAsText("uid").contains(uid)).toList();
    }

    private String version(JsonNode set) {
        return label(set, HASH).equals(rollout.at("/status/currentPodHash").asText("")) ? "the new version"
                : "the version before";
    }

    /** Returns labels that a Service selects but the pods lack, except for the hash: {@code version=1.0.0}. */
    private static String mismatch(JsonNode service, JsonNode set) {
        return selector(service).properties().stream().filter(label -> !label.getKey().equals(HASH)
                        && !label(set, label.getKey()).equals(label.getValue().asText("")))
                .map(label -> label.getKey() + "=" + label.getValue().asText("")).collect(Collectors.joining(","));
    }

    private static String label(JsonNode set, String name) {
        return set.path("spec").path("template").path("metadata").path("labels").path(name).asText("");
    }

    private static String hash(JsonNode service) {
        return selector(service).path(HASH).asText("");
    }

    private static JsonNode selector(JsonNode service) {
        return service.path("spec").path("selector");
    }
}
