package delivery.release;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.HostRules;
import delivery.clone.ManifestObject;
import delivery.failure.UnsafeChange;
import java.util.List;
import java.util.Optional;

/**
 * What a sync in place would take from users, as it deletes what is rendered no more: another chart or overlay may name
 * its objects in another way, or have no route.
 *
 * @param rollout name of the live one
 * @param host    under which users ask; empty if they do not come by a route, or that has none
 */
record PrunedRelease(String rollout, Optional<String> host) {

    /** @throws UnsafeChange if the sync of the Application must not be asked for */
    void require(String application, List<JsonNode> compared) {
        of(compared).ifPresent(why -> {
            throw new UnsafeChange(application, why);
        });
    }

    /**
     * @param compared all that would be applied
     * @return why it must not be, in a sentence that says what to do; empty if users keep both
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
