package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A Service at one moment.
 *
 * @param hash      pod template hash in its selector; empty if there is none
 * @param managedBy Rollout that manages it; empty if none does
 * @param selected  when its selector was set, to the second, by the API server's clock; empty if unknown
 */
public record ServiceState(String name, String hash, String managedBy, Optional<ServerTime> selected) {

    public static ServiceState parse(JsonNode object) {
        return new ServiceState(object.path("metadata").path("name").asText(""),
                object.path("spec").path("selector").path(ReplicaSetState.HASH_LABEL).asText(""),
                object.path("metadata").path("annotations").path("argo-rollouts.argoproj.io/managed-by-rollouts")
                .asText(""), ServerTime.changed(object, "spec", "selector"));
    }
}
