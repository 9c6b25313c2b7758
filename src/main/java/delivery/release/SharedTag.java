package delivery.release;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.environment.Blueprint;
import delivery.failure.UnsafeChange;
import delivery.rollout.ReleaseImages;
import delivery.settings.NewVersions;
import delivery.text.RunTag;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges whether other images than the release's get its tag, as in a chart where one value is the tag of several
 * images: a run builds a version of the release's own image alone, and the pods of the others could not start.
 */
record SharedTag(Blueprint pattern, NewVersions versions) {

    /** @throws UnsafeChange if the Application must not be synced in place */
    void require(String application, List<JsonNode> objects) {
        complaint(objects).ifPresent(why -> {
            throw new UnsafeChange(application, why);
        });
    }

    /**
     * @param objects all objects that Argo CD would apply, hooks included
     * @return the reason not to apply them, in a sentence that says what to do; empty if no other image has a tag that
     *     a run made
     */
    Optional<String> complaint(List<JsonNode> objects) {
        // Such a command may build all of them.
        if (versions.command().isPresent() && !versions.sameImage()) {
            return Optional.empty();
        }
        return objects.stream().flatMap(object -> podSpecs(object)
                .flatMap(pod -> Stream.of("initContainers", "containers").flatMap(list -> pod.path(list)
                        .valueStream()))
                .filter(container -> !isOwn(object, container)).map(container -> container.path("image").asText(""))
                .filter(this::isOfAnother).map(image -> object.path("kind").asText("") + " "
                        + object.at("/metadata/name").asText("") + " would get the image " + image + ", which nobody"
                        + " builds, as it takes its tag from the same value as the release; give the release's tag a"
                        + " value of its own (VALUE_TAG), or name versions that all images have (NEW_TAG), or have"
                        + " them built by a command (BUILD)")).findFirst();
    }

    private static Stream<JsonNode> podSpecs(JsonNode object) {
        return object.findParents("containers").stream();
    }

    /** Whether it is the release's own container, whose image is judged by the criteria. */
    private boolean isOwn(JsonNode object, JsonNode container) {
        return object.path("kind").asText("").equals("Rollout")
                && pattern.rollout().map(object.at("/metadata/name").asText("")::equals).orElse(true)
                && pattern.container().map(container.path("name").asText("")::equals).orElse(true);
    }

    private boolean isOfAnother(String image) {
        return RunTag.isOn(image)
                && !new ReleaseImages(Optional.of(pattern.image().registry() + "/" + pattern.image().repository()))
                .include(image);
    }
}
