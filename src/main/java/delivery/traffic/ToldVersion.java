package delivery.traffic;

import java.util.Optional;

/**
 * How the live release tells its version.
 *
 * @param answer   what the live release answers; empty if it did not
 * @param relation of its tag to that; empty if they have none
 */
public record ToldVersion(VersionAnswer endpoint, Optional<String> answer, Optional<TagRelation> relation) {

    /** Of a release that answers with its tag, where the lab's application does. */
    public static ToldVersion byTag() {
        return new ToldVersion(Endpoint.VERSION, Optional.empty(), Optional.of(TagRelation.EQUAL));
    }

    public String words(String tag) {
        return endpoint + answer.map(said -> " answers " + said + " for the tag " + tag).orElse(" was not answered")
                + relation.map(known -> ": " + known.words("its tag"))
                        .orElse(": they have nothing to do with each other");
    }
}
