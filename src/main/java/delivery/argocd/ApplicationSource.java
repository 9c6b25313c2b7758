package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The source that a release is rendered from: of several the one that is more than a reference to files. */
public final class ApplicationSource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ApplicationSource() {
    }

    /** Whether a source is more than a reference to files, which Argo CD takes one with an empty path for, too. */
    public static boolean renders(JsonNode source) {
        return !source.path("chart").asText("").isEmpty() || !source.path("path").asText("").isEmpty();
    }

    /** Positions of those of several sources that render objects. */
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
     * @param spec of an Application, what it was compared with or a deployment of its history: what has {@code source}
     *             or {@code sources}
     */
    public static JsonNode of(JsonNode spec) {
        return spec.path("sources").isEmpty() ? spec.path("source")
                : rendering(spec).stream().findFirst().map(spec.path("sources")::path)
                        .orElse(MissingNode.getInstance());
    }

    /** Revision of that source, of what has {@code revision} or {@code revisions} in the sources' order. */
    static String revision(JsonNode spec, JsonNode revisions) {
        return spec.path("sources").isEmpty() ? revisions.path("revision").asText("")
                : rendering(spec).stream().findFirst().map(revisions.path("revisions")::path)
                        .map(revision -> revision.asText("")).orElse("");
    }

    /** A source that is only a reference, by its name; missing if there is none. */
    static JsonNode reference(JsonNode spec, String name) {
        return spec.path("sources").valueStream().filter(source -> source.path("ref").asText("").equals(name))
                .findFirst().orElse(MissingNode.getInstance());
    }

    /**
     * Pins the sources to the very revisions of a comparison, so that a commit makes no difference.
     *
     * @param spec       is changed
     * @param comparison has {@code revision} or {@code revisions}
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

    /** What {@code argocd app set} is told of several sources: which of them is changed, counted from 1. */
    public static String option(JsonNode spec) {
        return spec.path("sources").isEmpty() ? "" : rendering(spec).stream().findFirst()
                .map(index -> " --source-position " + (index + 1)).orElse("");
    }

    /**
     * A patch of an Application that changes the source and nothing else. Lists are replaced by a patch: of several
     * sources all are in it.
     *
     * @param change of the source; null takes a field away
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
