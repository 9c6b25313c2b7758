package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A pod at one moment.
 *
 * @param imageId what the runtime says it runs, with the digest; empty before it runs
 * @param trouble why a container does not run, with the runtime's words; empty if nothing is wrong
 */
public record PodState(String name, String hash, boolean ready, boolean leaving, String imageId, String trouble) {

    static PodState parse(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode status = object.path("status");
        boolean ready = false;
        for (JsonNode condition : status.path("conditions")) {
            ready |= condition.path("type").asText("").equals("Ready") && condition.path("status").asText("").equals("True");
        }
        String imageId = "";
        String trouble = "";
        for (JsonNode container : status.path("containerStatuses")) {
            imageId = container.path("imageID").asText("");
            JsonNode waiting = container.path("state").path("waiting");
            String reason = waiting.path("reason").asText("");
            if (!reason.isEmpty() && !reason.equals("ContainerCreating") && !reason.equals("PodInitializing")) {
                trouble = reason + " " + waiting.path("message").asText("");
            } else if (container.path("state").path("terminated").isObject() && !metadata.has("deletionTimestamp")) {
                trouble = "exited with " + container.path("state").path("terminated").path("exitCode").asInt();
            }
        }
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("reason").asText("").equals("Unschedulable")) {
                trouble = "Unschedulable " + condition.path("message").asText("");
            }
        }
        return new PodState(metadata.path("name").asText(""),
                metadata.path("labels").path(ReplicaSetState.HASH_LABEL).asText(""), ready,
                metadata.has("deletionTimestamp"), imageId, trouble.strip());
    }
}
