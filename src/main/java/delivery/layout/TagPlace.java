package delivery.layout;

import java.util.List;
import java.util.Optional;

/**
 * The place of the image's tag in the values.
 *
 * @param before what comes before the tag in it: the image's repository where the value holds the whole image
 * @param digest path of a value that pins the image by its digest, which would count for more than the tag
 * @param alike  further places that have the tag
 */
public record TagPlace(String path, String before, Optional<String> digest, List<TagPlace> alike) {

    public TagPlace {
        alike = List.copyOf(alike);
    }

    /** A place that is the only one. */
    public TagPlace(String path, String before, Optional<String> digest) {
        this(path, before, digest, List.of());
    }

    public String text(String tag) {
        return before + tag;
    }
}
