package delivery.layout;

import java.util.List;
import java.util.Optional;

/**
 * The place of the image's tag in the values.
 *
 * @param before the text before the tag: the image's repository if the value holds the whole image
 * @param digest the path of a value that pins the image by its digest, which would override the tag
 * @param alike  further places that hold the tag
 */
public record TagPlace(String path, String before, Optional<String> digest, List<TagPlace> alike) {

    /** Begins the path of an image that no value has, and that is set in the live Rollout itself. */
    private static final String CONTAINER = "container ";

    public TagPlace {
        alike = List.copyOf(alike);
    }

    /** A place that is the only one. */
    public TagPlace(String path, String before, Optional<String> digest) {
        this(path, before, digest, List.of());
    }

    /** The place of an image that is set in the live Rollout itself. */
    static TagPlace inRollout(ContainerImage image) {
        return new TagPlace(CONTAINER + image.container(), image.repository() + ":", Optional.empty());
    }

    /** The container in which the image is set in the live Rollout itself; empty if a value has the tag. */
    Optional<String> container() {
        return path.startsWith(CONTAINER) ? Optional.of(path.substring(CONTAINER.length())) : Optional.empty();
    }

    public String text(String tag) {
        return before + tag;
    }
}
