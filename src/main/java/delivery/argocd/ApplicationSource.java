package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The source that a release is rendered from: among several, the first that is more than a reference to files. */
public final class ApplicationSource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ApplicationSource() {
    }

    /** Whether a source is more than a reference to files; one with an empty path is a reference for Argo CD, too. */
    public static boolean renders(JsonNode source) {
        return !source.path("chart").asText("").isEmpty() || !source.path("path").asText("").isEmpty();
    }

    /**
     * Returns the folder of a source in its repository, without {@code ./} before it or a slash after it; empty if it
     * has none.
     */
    public static String folder(JsonNode source) {
        String path = source.path("path").asText("");
        String plain = path.replaceFirst("^(\\./+)+", "").replaceFirst("/+$", "");
        return plain.isEmpty() ? path : plain;
    }

    /** Returns the positions of those of several sources that render objects, counted from 0. */
    public static List<Integer> rendering(JsonNode spec) {
        List<Integer> rendering = new ArrayList<>();
        for (int index = 0; index < spec.path("sources").size(); index++) {
            if (renders(spec.path("sources").path(index))) {
                rendering.add(index);
            }
        }
        return rendering;
    }

    /**
     * Returns the source that is rendered; missing if there is none.
     *
     * @param spec has {@code source} or {@code sources}: an Application's specification, comparison or deployment
     */
    public static JsonNode of(JsonNode spec) {
        return spec.path("sources").isEmpty() ? spec.path("source")
                : rendering(spec).stream().findFirst().map(spec.path("sources")::path)
                        .orElse(MissingNode.getInstance());
    }

    /** Returns that source's revision, from {@code revision}, or from {@code revisions} in the order of the sources. */
    static String revision(JsonNode spec, JsonNode revisions) {
        return spec.path("sources").isEmpty() ? revisions.path("revision").asText("")
                : rendering(spec).stream().findFirst().map(revisions.path("revisions")::path)
                        .map(revision -> revision.asText("")).orElse("");
    }

    /** Returns the source with this name that is a reference; missing if there is none. */
    static JsonNode reference(JsonNode spec, String name) {
        return spec.path("sources").valueStream().filter(source -> source.path("ref").asText("").equals(name))
                .findFirst().orElse(MissingNode.getInstance());
    }

    /**
     * Pins the sources to the exact revisions of a comparison, so that a commit makes no difference.
     *
     * @param spec       the specification, which is changed
     * @param comparison an object with {@code revision} or {@code revisions}
     */
    public static void pin(ObjectNode spec, JsonNode comparison) {
        JsonNode revisions = comparison.path("revisions");
        for (int index = 0; index < spec.path("sources").size(); index++) {
            if (revisions.has(index)) {
                ((ObjectNode) spec.path("sources").path(index)).put("targetRevision", revisions.path(index).asText());
            }
        }
        String revision = revision(spec, comparison);
        if (spec.path("sources").isEmpty() && !revision.isEmpty()) {
            spec.withObject("/source").put("targetRevision", revision);
        }
    }

    /** Returns the option of {@code argocd app set} that selects one of several sources, counted from 1. */
    public static String option(JsonNode spec) {
        return spec.path("sources").isEmpty() ? "" : rendering(spec).stream().findFirst()
                .map(index -> " --source-position " + (index + 1)).orElse("");
    }

    /**
     * Returns a patch of an Application that changes only the source. A patch replaces lists, so it contains all of
     * several sources.
     *
     * @param change the changes to the source; null removes a field
     */
    static ObjectNode patch(JsonNode spec, ObjectNode change) {
        ObjectNode patch = JSON.createObjectNode();
        if (spec.path("sources").isEmpty()) {
            patch.putObject("spec").set("source", change);
            return patch;
        }
        ArrayNode sources = spec.path("sources").deepCopy();
        rendering(spec).stream().findFirst().ifPresent(index -> merge((ObjectNode) sources.get(index), change));
        patch.putObject("spec").set("sources", sources);
        return patch;
    }

    static void merge(ObjectNode under, ObjectNode over) {
        over.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                under.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode inner && !field.getKey().equals("valuesObject")) {
                merge(under.path(field.getKey()) instanceof ObjectNode below ? below : under.putObject(field.getKey()),
                        inner);
            } else {
                under.set(field.getKey(), field.getValue());
            }
        });
    }
}
