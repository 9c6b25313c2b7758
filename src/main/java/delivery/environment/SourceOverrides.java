package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ArgoCd;
import delivery.argocd.SourceParameters;
import delivery.layout.Finding;
import delivery.layout.Item;
import delivery.layout.Layout;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Files in Git that Argo CD lays over an Application's source, as Image Updater writes them:
 * {@code .argocd-source.yaml} for every Application of the folder, and {@code .argocd-source-NAME.yaml} for one alone.
 * Their lists replace those of the source ({@code mergeSourceParameters} of the repo server).
 *
 * @param several whether the files are laid over one of several sources, which a copy cannot reproduce
 * @param shared  the file for every Application; missing if there is none, or it is not known
 * @param own     the file for this Application; missing in the same cases
 */
record SourceOverrides(String application, boolean several, JsonNode shared, JsonNode own) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHARED = ".argocd-source.yaml";
    /** Fields that Argo CD does not take from such a file. */
    private static final List<String> PLACE = List.of("chart", "path", "repoURL", "targetRevision");

    static SourceOverrides of(ArgoCd argoCd, Application application) {
        boolean several = !application.spec().path("sources").isEmpty();
        if (application.source().path("path").asText("").isEmpty()) {
            return new SourceOverrides(application.name(), several, MissingNode.getInstance(),
                    MissingNode.getInstance());
        }
        try (ParallelReads reads = new ParallelReads()) {
            Supplier<JsonNode> shared = reads.begin(() -> argoCd.file(application, SHARED));
            Supplier<JsonNode> own = reads.begin(() -> argoCd.file(application,
                    ".argocd-source-" + application.name() + ".yaml"));
            return new SourceOverrides(application.name(), several, shared.get(), own.get());
        }
    }

    boolean isEmpty() {
        return shared.isEmpty() && own.isEmpty();
    }

    /** The whole Application, with the source that Argo CD renders. */
    JsonNode over(JsonNode object) {
        JsonNode result = object.deepCopy();
        if (!isEmpty() && result.at("/spec/source") instanceof ObjectNode source) {
            Stream.of(shared, own).filter(JsonNode::isObject).forEach(file -> merge(source, file, PLACE));
        }
        return result;
    }

    Application over(Application other) {
        return isEmpty() ? other : other.with(over(JSON.createObjectNode().set("spec", other.spec())).path("spec"),
                other.comparison());
    }

    /** Merges a file by the rules of RFC 7396. */
    private static void merge(ObjectNode under, JsonNode over, List<String> left) {
        over.properties().stream().filter(field -> !left.contains(field.getKey())).forEach(field -> {
            if (field.getValue().isNull()) {
                under.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                merge(under.path(field.getKey()) instanceof ObjectNode below ? below : under.putObject(field.getKey()),
                        field.getValue(), List.of());
            } else {
                under.set(field.getKey(), field.getValue());
            }
        });
    }

    /**
     * Adds to the layout what these files mean for a proof: copies have other names, and in place the files override
     * the run.
     */
    Layout annotate(Layout layout) {
        if (isEmpty()) {
            return layout;
        }
        String file = own.isEmpty() ? SHARED : ".argocd-source-" + application + ".yaml";
        Layout base = layout.instead(Finding.none(Item.IN_PLACE, "not possible", file + " in Git counts for more than"
                + " what the Application itself asks for; prove it by copies"));
        if (several) {
            return base.instead(Finding.fault(Item.PACKAGING, file + " in Git", "it is laid over one of spec.sources,"
                    + " which is not supported; write what it sets into the Application, and delete it"));
        }
        return fixed(layout).map(what -> base.instead(Finding.fault(Item.PACKAGING, SHARED + " in Git sets " + what,
                "it counts for copies, too, and for more than what they ask for; have it written to .argocd-source-"
                + application + ".yaml, which applies to that Application only"))).orElse(base);
    }

    /** The change of copies that a list in the shared file replaces; empty if there is none. */
    private Optional<String> fixed(Layout layout) {
        boolean byFiles = layout.places().strategy().filter(place -> place.path().equals(SourceParameters.VALUE_FILES))
                .isPresent();
        return Stream.of("/helm/parameters", "/kustomize/images").anyMatch(list -> shared.at(list).isArray())
                ? Optional.of("the image") : shared.at("/kustomize/patches").isArray() ? Optional.of("patches")
                : Optional.of("the value files").filter(what -> byFiles && shared.at("/helm/valueFiles").isArray());
    }
}
