package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A pod at one moment.
 *
 * @param imageId    image of the release's own container as the runtime reports it, with digest; empty before it runs
 * @param problem    why a container does not run, in the runtime's words; empty if nothing is wrong
 * @param restarts   number of restarts of all its containers together
 * @param readySince when its readiness last changed, to the second; empty if unknown
 */
public record PodState(String name, String hash, boolean ready, boolean terminating, String imageId, String problem,
        int restarts, Optional<ServerTime> readySince) {

    public static PodState parse(JsonNode object) {
        return parse(object, ReleaseImages.ANY);
    }

    /** @param own identifies the release's own container */
    public static PodState parse(JsonNode object, ReleaseImages own) {
        JsonNode metadata = object.path("metadata");
        JsonNode status = object.path("status");
        Optional<JsonNode> readiness = condition(status, "type", "Ready");
        Optional<String> container = own.own(object.path("spec")).map(found -> found.path("name").asText(""));
        String imageId = "";
        String problem = "";
        int restarts = 0;
        for (JsonNode state : status.path("containerStatuses")) {
            if (container.isEmpty() || container.get().equals(state.path("name").asText(""))) {
                imageId = state.path("imageID").asText("");
            }
            restarts += state.path("restartCount").asInt();
            problem = problem(state, metadata.has("deletionTimestamp")).orElse(problem);
        }
        problem = condition(status, "reason", "Unschedulable")
                .map(condition -> "Unschedulable " + condition.path("message").asText("")).orElse(problem);
        return new PodState(metadata.path("name").asText(""), metadata.path("labels").path(ReplicaSetState.HASH_LABEL)
                .asText(""), readiness.filter(known -> known.path("status").asText("").equals("True")).isPresent(),
                metadata.has("deletionTimestamp"), imageId, problem.strip(), restarts,
                readiness.flatMap(known -> ServerTime.parse(known.path("lastTransitionTime").asText(""))));
    }

    private static Optional<JsonNode> condition(JsonNode status, String field, String value) {
        return status.path("conditions").valueStream().filter(known -> known.path(field).asText("").equals(value))
                .findFirst();
    }

    private static Optional<String> problem(JsonNode container, boolean terminating) {
        JsonNode waiting = container.path("state").path("waiting");
        String reason = waiting.path("reason").asText("");
        if (!reason.isEmpty() && !reason.equals("ContainerCreating") && !reason.equals("PodInitializing")) {
            return Optional.of(reason + " " + waiting.path("message").asText(""));
        }
        return container.path("state").path("terminated").isObject() && !terminating
                ? Optional.of("exited with " + container.path("state").path("terminated").path("exitCode").asInt())
                : Optional.empty();
    }
}
