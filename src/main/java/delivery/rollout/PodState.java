package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A pod at one moment.
 *
 * @param imageId    what the runtime says the release's own container runs, with the digest; empty before it runs
 * @param problem    why a container does not run, with the runtime's words; empty if nothing is wrong
 * @param restarts   how often its containers were started again, all together
 * @param readySince when it became ready, or ceased to be, to the second; empty if that is not told
 */
public record PodState(String name, String hash, boolean ready, boolean terminating, String imageId, String problem,
        int restarts, Optional<ServerTime> readySince) {

    public static PodState parse(JsonNode object) {
        return parse(object, ReleaseImages.ANY);
    }

    /** @param own tells the release's own container from others */
    public static PodState parse(JsonNode object, ReleaseImages own) {
        JsonNode metadata = object.path("metadata");
        JsonNode status = object.path("status");
        boolean ready = false;
        Optional<ServerTime> since = Optional.empty();
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText("").equals("Ready")) {
                ready = condition.path("status").asText("").equals("True");
                since = ServerTime.parse(condition.path("lastTransitionTime").asText(""));
            }
        }
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
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("reason").asText("").equals("Unschedulable")) {
                problem = "Unschedulable " + condition.path("message").asText("");
            }
        }
        return new PodState(metadata.path("name").asText(""),
                metadata.path("labels").path(ReplicaSetState.HASH_LABEL).asText(""), ready,
                metadata.has("deletionTimestamp"), imageId, problem.strip(), restarts, since);
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
