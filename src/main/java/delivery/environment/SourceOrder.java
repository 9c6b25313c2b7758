package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationSource;
import delivery.argocd.ArgoCd;
import delivery.argocd.ArgoCdRefused;
import delivery.clone.ManifestObject;
import delivery.failure.EnvironmentNotFit;
import delivery.layout.Finding;
import delivery.layout.Item;
import delivery.layout.Layout;
import delivery.layout.SourceSearch;
import java.util.List;
import java.util.Optional;

/**
 * Moves the source that renders the release to the front of several sources: copies have it first, and their changes
 * are set in the first source.
 *
 * @param position where the Application itself has it; empty if it is the only one
 * @param types    how Argo CD renders the Application's sources: {@code Helm}, {@code Directory}
 */
record SourceOrder(Optional<Integer> position, JsonNode types) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** All of an Application that has an element for each source. */
    private static final List<String> LISTS = List.of("/spec/sources", "/status/sourceTypes", "/status/sync/revisions",
            "/status/sync/comparedTo/sources");

    static SourceOrder of(ArgoCd argoCd, JsonNode object) {
        JsonNode types = object.at("/status/sourceTypes");
        if (ApplicationSource.rendering(object.path("spec")).size() < 2) {
            return new SourceOrder(Optional.empty(), types);
        }
        List<ManifestObject> live = argoCd.resources().live(Application.parse(object)).stream()
                .map(ManifestObject::new).toList();
        return new SourceOrder(new SourceSearch(object, live).position(at -> {
            Application first = Application.parse(new SourceOrder(Optional.of(at), types).over(object));
            try {
                return Optional.of(ApplicationValues.of(first, argoCd));
            } catch (ArgoCdRefused | EnvironmentNotFit untold) {
                return Optional.empty();
            }
        }), types);
    }

    /** The whole Application with its sources in this order. */
    JsonNode over(JsonNode object) {
        ObjectNode result = object.deepCopy();
        position.ifPresent(at -> LISTS.forEach(list -> {
            if (result.at(list) instanceof ArrayNode sources && sources.has(at)) {
                sources.insert(0, sources.remove(at));
            }
        }));
        return result;
    }

    /**
     * The Application that copies are made of. Every chart keeps its current release name, because other objects may
     * refer to it.
     */
    Application over(Application other) {
        ObjectNode object = JSON.createObjectNode();
        object.set("spec", other.spec().deepCopy());
        object.putObject("status").set("sync", other.comparison());
        for (int at : ApplicationSource.rendering(object.path("spec"))) {
            ObjectNode source = (ObjectNode) object.at("/spec/sources").path(at);
            if (types.path(at).asText("").equals("Helm") && !source.path("helm").has("releaseName")) {
                source.withObject("/helm").put("releaseName", other.name());
            }
        }
        JsonNode moved = over(object);
        return position.isEmpty() ? other : other.with(moved.path("spec"), moved.at("/status/sync"));
    }

    /** Adds to the layout what this order means for a proof. */
    Layout told(Layout layout, JsonNode object) {
        if (position.isEmpty()) {
            return layout;
        }
        return layout.instead(Finding.found(Item.PACKAGING, object.at("/status/sourceTypes").path(position.get())
                        .asText(""), "source " + (position.get() + 1) + " of spec.sources, the only one that renders"
                        + " the release as far as its values tell; copies have the others as they are"))
                .instead(Finding.none(Item.IN_PLACE, "not possible", "several of spec.sources render objects; prove it"
                        + " by copies"));
    }
}
