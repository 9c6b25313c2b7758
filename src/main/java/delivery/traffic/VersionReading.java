package delivery.traffic;

import java.util.Optional;

/**
 * How the live release shows its version.
 *
 * @param answer   answer of the live release; empty if it gave none
 * @param relation of its tag to that answer; empty if there is none
 * @param inside   endpoint to request at a Service
 */
public record VersionReading(VersionAnswer endpoint, Optional<String> answer, Optional<TagRelation> relation,
        VersionAnswer inside) {

    /** One that is requested at a Service in the same way as by users. */
    public VersionReading(VersionAnswer endpoint, Optional<String> answer, Optional<TagRelation> relation) {
        this(endpoint, answer, relation, endpoint);
    }

    /** The same for a gateway that strips a prefix from users' paths, so that Services are requested without it. */
    public VersionReading inside(String path) {
        return new VersionReading(endpoint, answer, relation, new VersionAnswer(path, endpoint.version(),
                endpoint.pod()));
    }

    /** Returns that of a release that answers with its tag, at the path of the lab's application. */
    public static VersionReading byTag() {
        return new VersionReading(Endpoint.VERSION, Optional.empty(), Optional.of(TagRelation.EQUAL));
    }

    public String words(String tag) {
        return endpoint + (inside.equals(endpoint) ? "" : ", and a Service at " + inside.path())
                + answer.map(said -> " answers " + said + " for the tag " + tag).orElse(" was not answered")
                + relation.map(known -> ": " + known.words("its tag"))
                        .orElse(": they have nothing to do with each other");
    }
}
