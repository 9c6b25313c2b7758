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
