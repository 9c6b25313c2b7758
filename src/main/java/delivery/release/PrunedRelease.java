package delivery.release;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.HostRules;
import delivery.clone.ManifestObject;
import delivery.failure.UnsafeChange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges what a sync in place would take from users, because it deletes objects that are no longer rendered: another
 * chart or overlay may name its objects differently, or have no route.
 *
 * @param rollout the name of the live Rollout
 * @param host    the host that users request; empty if they do not come by a route, or it has none
 */
record PrunedRelease(String rollout, Optional<String> host) {

    /** Kinds whose objects take data with them when they are deleted. */
    private static final Set<String> DATA = Set.of("PersistentVolumeClaim", "StatefulSet", "Namespace");

    /**
     * @param live     the objects in the cluster
     * @param compared all objects that would be applied
     * @throws UnsafeChange if the Application must not be synced
     */
    void require(String application, List<JsonNode> live, List<JsonNode> compared) {
        of(compared).or(() -> data(live, compared)).ifPresent(why -> {
            throw new UnsafeChange(application, why);
        });
    }

    /** Whether a sync deletes it: Argo CD leaves hooks alone, and what asks for that. */
    private static boolean isPruned(ManifestObject object) {
        JsonNode annotations = object.json().at("/metadata/annotations");
        return !annotations.has("argocd.argoproj.io/hook") && !annotations.has("helm.sh/hook") && !annotations
                .path("argocd.argoproj.io/sync-options").asText("").matches("(?s).*Prune=(false|confirm).*");
    }

    private static Optional<String> data(List<JsonNode> live, List<JsonNode> compared) {
        Set<String> kept = compared.stream().map(ManifestObject::new).map(ManifestObject::toString)
                .collect(Collectors.toSet());
        return live.stream().map(ManifestObject::new).filter(object -> DATA.contains(object.kind()) && isPruned(object))
                .map(ManifestObject::toString).filter(object -> !kept.contains(object)).findFirst()
                .map(object -> "what Argo CD would sync has no " + object + ", so that the sync would delete the live"
                        + " one with its data; have each strategy render it, or prove it by copies");
    }

    /**
     * @param compared all objects that would be applied
     * @return the reason not to apply them, in a sentence that says what to do; empty if users keep Rollout and host
     */
    Optional<String> of(List<JsonNode> compared) {
        List<ManifestObject> objects = compared.stream().map(ManifestObject::new).toList();
        if (objects.stream().noneMatch(object -> object.kind().equals("Rollout") && object.name().equals(rollout))) {
            return Optional.of("what Argo CD would sync has no Rollout " + rollout + ", so that the sync would delete"
                    + " the live one, and its pods; have each strategy render it under the same name, or prove it by"
                    + " copies");
        }
        return host.filter(asked -> !HostRules.hosts(objects).containsKey(asked)).map(asked -> "what Argo CD would sync"
                + " has no route for " + asked + ", so that the sync would take it from users; have each strategy"
                + " render it, or prove it by copies");
    }
}
