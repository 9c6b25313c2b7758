package delivery.layout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.ManifestObject;
import delivery.clone.RoutePaths;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects of a delivery, live and rendered.
 *
 * @param live     the objects in the cluster
 * @param rendered the objects as Argo CD renders them, with the namespaces that the chart writes
 */
public record LiveObjects(List<ManifestObject> live, List<ManifestObject> rendered) {

    public LiveObjects {
        live = List.copyOf(live);
        rendered = List.copyOf(rendered);
    }

    List<ManifestObject> of(String kind, String group) {
        return live.stream().filter(object -> object.kind().equals(kind) && object.group().equals(group)).toList();
    }

    List<ManifestObject> rollouts() {
        return of("Rollout", "argoproj.io");
    }

    Optional<ManifestObject> named(String kind, String name) {
        return Stream.concat(live.stream(), rendered.stream())
                .filter(object -> object.kind().equals(kind) && object.name().equals(name)).findFirst();
    }

    /**
     * Prefixes of the paths that the live routes lead to the release, without a slash at the end; empty if they lead
     * all paths.
     */
    public List<String> prefixes(NamedPlaces named) {
        return RoutePaths.of(live, named.of(Item.ROLLOUT));
    }

    /** The autoscaler that decides how many pods a Rollout has. */
    Optional<ManifestObject> autoscaler(String rollout) {
        List<String> kinds = List.of("HorizontalPodAutoscaler", "ScaledObject");
        return live.stream().filter(object -> kinds.contains(object.kind())).filter(object -> {
                    JsonNode target = object.spec().path("scaleTargetRef");
                    return target.path("name").asText("").equals(rollout)
                            && target.path("kind").asText("Rollout").equals("Rollout");
                }).findFirst();
    }
}
