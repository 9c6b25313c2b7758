package delivery.release;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.environment.Blueprint;
import delivery.failure.UnsafeChange;
import delivery.layout.ContainerImage;
import delivery.rollout.ReleaseImages;
import delivery.settings.NewVersions;
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
     * @return the reason not to apply them, in a sentence that says what to do; empty if no other image has the tag of
     *     a version that the run builds
     */
    Optional<String> complaint(List<JsonNode> objects) {
        return objects.stream().flatMap(object -> containers(object).filter(container -> isOwn(object, container)))
                .map(container -> tag(image(container))).filter(this::isBuilt).findFirst()
                .flatMap(tag -> objects.stream().flatMap(object -> containers(object)
                        .filter(container -> !isOwn(object, container)).map(SharedTag::image)
                        .filter(image -> tag(image).equals(tag) && !images().include(image))
                        .map(image -> object.path("kind").asText("") + " " + object.at("/metadata/name").asText("")
                                + " would get the image " + image + ", which nobody builds, as it takes its tag from"
                                + " the same value as the release; give the release's tag a value of its own"
                                + " (VALUE_TAG), or name versions that all images have (NEW_TAG), or have them built"
                                + " by a command (BUILD)")).findFirst());
    }

    /** Whether the run builds the version with this tag, by other means than a command, which may build all images. */
    private boolean isBuilt(String tag) {
        return (versions.command().isEmpty() || versions.sameImage()) && !tag.isEmpty()
                && !tag.equals(pattern.image().tag())
                && Stream.concat(versions.ready().stream(), versions.faulty().stream())
                        .noneMatch(named -> named.tag().equals(tag));
    }

    /** Whether it is the release's own container, whose image is judged by the criteria. */
    private boolean isOwn(JsonNode object, JsonNode container) {
        return object.path("kind").asText("").equals("Rollout")
                && pattern.rollout().map(object.at("/metadata/name").asText("")::equals).orElse(true)
                && pattern.container().map(container.path("name").asText("")::equals)
                        .orElseGet(() -> images().include(image(container)));
    }

    private ReleaseImages images() {
        return new ReleaseImages(Optional.of(pattern.image().registry() + "/" + pattern.image().repository()));
    }

    private static Stream<JsonNode> containers(JsonNode object) {
        return object.findParents("containers").stream().flatMap(pod -> Stream.of("initContainers", "containers")
                .flatMap(list -> pod.path(list).valueStream()));
    }

    private static String image(JsonNode container) {
        return container.path("image").asText("");
    }

    private static String tag(String image) {
        return ContainerImage.of("", image).tag();
    }
}
