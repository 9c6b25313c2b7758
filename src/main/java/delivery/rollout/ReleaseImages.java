package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a pod's container that runs the release by its repository, if known: others may have the same tag.
 *
 * @param container its name, if known: others may have the same repository
 */
public record ReleaseImages(Optional<String> repository, Optional<String> container) {

    /** The repository is unknown, so every container counts. */
    public static final ReleaseImages ANY = new ReleaseImages(Optional.empty());

    public ReleaseImages(Optional<String> repository) {
        this(repository, Optional.empty());
    }

    /** Returns the image of the release's own container, or the images of all containers if that is unknown. */
    List<String> of(JsonNode podSpec) {
        return own(podSpec).map(container -> List.of(container.path("image").asText("")))
                .orElseGet(() -> podSpec.path("containers").valueStream()
                        .map(container -> container.path("image").asText("")).toList());
    }

    /** Whether a Rollout's template has this tag in the release's own container. */
    public boolean haveTag(Rollout rollout, String tag) {
        return of(rollout.template().path("spec")).stream().anyMatch(image -> hasTag(image, tag));
    }

    /** The release's own container: of those with its repository the named one, its namesake, or the first. */
    Optional<JsonNode> own(JsonNode podSpec) {
        List<JsonNode> candidates = repository.stream().flatMap(wanted ->
                podSpec.path("containers").valueStream()
                        .filter(container -> include(container.path("image").asText("")))).toList();
        Optional<String> namesake = repository.map(wanted -> wanted.substring(wanted.lastIndexOf('/') + 1));
        return Stream.of(container, namesake).flatMap(Optional::stream).flatMap(name -> candidates.stream()
                        .filter(candidate -> candidate.path("name").asText("").equals(name))).findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    /** Whether an image is of the repository, whatever its tag; of an unknown repository all images are. */
    public boolean include(String image) {
        return repository.map(wanted -> same(repositoryOf(image), wanted)).orElse(true);
    }

    /** Either name may lack the registry, because a mirror or the default registry may replace it. */
    private static boolean same(String one, String other) {
        return one.equals(other) || one.endsWith("/" + other) || other.endsWith("/" + one);
    }

    private static String repositoryOf(String image) {
        String name = withoutDigest(image);
        return name.indexOf(':', name.lastIndexOf('/') + 1) < 0 ? name
                : name.substring(0, name.indexOf(':', name.lastIndexOf('/') + 1));
    }

    private static String withoutDigest(String image) {
        return image.replaceFirst("@.*", "");
    }

    /** Whether an image has this tag, with or without a digest after it. */
    static boolean hasTag(String image, String tag) {
        return withoutDigest(image).endsWith(":" + tag);
    }
}
