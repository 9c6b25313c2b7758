package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A ReplicaSet at one moment, with the pod template that an undo returns to.
 *
 * @param images of the release's own container, or of all containers if that is unknown
 * @param sized  when its number of pods was last set, to the second, by the API server's clock; empty if unknown
 */
public record ReplicaSetState(String name, String hash, long revision, String ownerUid, int desired, int ready,
        int available, List<String> images, JsonNode template, Optional<ServerTime> sized) {

    public static final String HASH_LABEL = "rollouts-pod-template-hash";
    private static final String REVISION = "rollout.argoproj.io/revision";

    public static ReplicaSetState parse(JsonNode object) {
        return parse(object, ReleaseImages.ANY);
    }

    /** @param own identifies the release's own container */
    public static ReplicaSetState parse(JsonNode object, ReleaseImages own) {
        JsonNode metadata = object.path("metadata");
        JsonNode status = object.path("status");
        String owner = metadata.path("ownerReferences").valueStream()
                .filter(reference -> reference.path("controller").asBoolean()).findFirst()
                .map(reference -> reference.path("uid").asText("")).orElse("");
        return new ReplicaSetState(metadata.path("name").asText(""), metadata.path("labels").path(HASH_LABEL)
                .asText(""),
                metadata.path("annotations").path(REVISION).asLong(), owner, object.path("spec").path("replicas")
                .asInt(), status.path("readyReplicas").asInt(), status.path("availableReplicas").asInt(),
                own.of(object.path("spec").path("template").path("spec")), object.path("spec").path("template"),
                ServerTime.changed(object, "spec", "replicas"));
    }

    /** Whether its pod template has this tag of the release's image. */
    public boolean runs(String tag) {
        return images.stream().anyMatch(image -> ReleaseImages.hasTag(image, tag));
    }

    public String summary() {
        return name + " (revision " + revision + "): " + available + " of " + desired + " pods available, image "
                + String.join(" ", images);
    }
}
