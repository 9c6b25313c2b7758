package delivery.release;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.CloneGuard;
import delivery.clone.ManifestObject;
import delivery.failure.UnresolvedLayout;
import delivery.failure.UnsafeClone;
import delivery.failure.UnsupportedRollout;
import delivery.rollout.Rollout;
import delivery.rollout.UnsupportedFeatures;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The objects that Argo CD rendered for a copy.
 *
 * @param chosen  the name of the Rollout that releases; empty if it is the only one
 * @param objects the objects, including hooks
 */
record RenderedClone(Optional<String> chosen, List<JsonNode> objects) {

    /**
     * Judges the objects, before any of them is applied.
     *
     * @throws UnsafeClone        if an object is not the copy's own
     * @throws UnsupportedRollout if its Rollout has a feature that cannot be proved
     */
    void require(CloneGuard guard, String application) {
        List<String> refusals = guard.refusals(objects.stream().map(ManifestObject::new).toList());
        if (!refusals.isEmpty()) {
            throw new UnsafeClone(application, refusals);
        }
        Set<String> features = new LinkedHashSet<>();
        String name = "";
        for (JsonNode object : objects) {
            if (object.path("kind").asText("").equals("Rollout") && isChosen(object.at("/metadata/name"))) {
                features.addAll(UnsupportedFeatures.of(object));
                name = object.at("/metadata/name").asText("");
            }
        }
        if (!features.isEmpty()) {
            throw new UnsupportedRollout(name, List.copyOf(features));
        }
    }

    /** Whether a container of the release has a tag. */
    boolean asksFor(String tag) {
        return rollouts().stream().anyMatch(rollout -> rollout.asksFor(tag));
    }

    private List<Rollout> rollouts() {
        return objects.stream().filter(object -> object.path("kind").asText("").equals("Rollout")
                && isChosen(object.at("/metadata/name"))).map(Rollout::parse)
                .filter(rollout -> !rollout.images().isEmpty()).toList();
    }

    /**
     * Requires the rendered tag to be the requested one. With a chart that adds to a tag, or takes it from another
     * value, every new version would ask for an image that does not exist.
     *
     * @param tag    the tag that was asked for
     * @param places the values that ask for it, in words
     * @throws UnresolvedLayout if no container of the release has it
     */
    void requireTag(String tag, String places, String application) {
        List<Rollout> rollouts = rollouts();
        if (!rollouts.isEmpty() && rollouts.stream().noneMatch(rollout -> rollout.asksFor(tag))) {
            throw new UnresolvedLayout(application, List.of("a copy that asks for its tag by " + places
                    + " is rendered with " + String.join(" and ", rollouts.get(0).images()) + "; have the chart take"
                    + " the whole tag from one value, and set VALUE_TAG to that"));
        }
    }

    /** @throws UnresolvedLayout if an image of another repository gets the release's tag */
    void requireOwnTag(SharedTag shared, String application) {
        shared.complaint(objects).ifPresent(why -> {
            throw new UnresolvedLayout(application, List.of(why));
        });
    }

    private boolean isChosen(JsonNode name) {
        return chosen.isEmpty() || chosen.get().equals(name.asText(""));
    }

    /**
     * The minimum number of pods of an autoscaler of the Rollout, either Kubernetes' own ({@code minReplicas}) or
     * KEDA's ({@code minReplicaCount}); 0 if there is none.
     */
    int leastPods() {
        return objects.stream().map(object -> object.path("spec"))
                .filter(spec -> spec.at("/scaleTargetRef/kind").asText("").equals("Rollout")
                        && isChosen(spec.at("/scaleTargetRef/name")))
                .mapToInt(spec -> spec.path("minReplicas").asInt(spec.path("minReplicaCount").asInt(0))).max()
                .orElse(0);
    }
}
