package delivery.traffic;

import java.util.Optional;

/**
 * How the live release tells its version.
 *
 * @param answer   what the live release answers; empty if it did not
 * @param relation of its tag to that; empty if they have none
 * @param inside   where a Service is asked for it
 */
public record ToldVersion(VersionAnswer endpoint, Optional<String> answer, Optional<TagRelation> relation,
        VersionAnswer inside) {

    /** One that is asked at a Service as users ask it. */
    public ToldVersion(VersionAnswer endpoint, Optional<String> answer, Optional<TagRelation> relation) {
        this(endpoint, answer, relation, endpoint);
    }

    /** The same, where the gateway takes a prefix off users' paths, so that a Service is asked without it. */
    public ToldVersion inside(String path) {
        return new ToldVersion(endpoint, answer, relation, new VersionAnswer(path, endpoint.version(),
                endpoint.pod()));
    }

    /** Of a release that answers with its tag, where the lab's application does. */
    public static ToldVersion byTag() {
        return new ToldVersion(Endpoint.VERSION, Optional.empty(), Optional.of(TagRelation.EQUAL));
    }

    public String words(String tag) {
        return endpoint + (inside.equals(endpoint) ? "" : ", and a Service at " + inside.path())
                + answer.map(said -> " answers " + said + " for the tag " + tag).orElse(" was not answered")
                + relation.map(known -> ": " + known.words("its tag"))
                        .orElse(": they have nothing to do with each other");
    }
}
