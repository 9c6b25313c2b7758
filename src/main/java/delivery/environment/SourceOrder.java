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
import java.util.function.Supplier;

/**
 * Moves the source that renders the release to the front of several sources: copies have it first, and their changes
 * are set in the first source.
 *
 * @param position its position in the Application itself; empty if it is the only source
 * @param types    how Argo CD renders the Application's sources: {@code Helm}, {@code Directory}
 */
record SourceOrder(Optional<Integer> position, JsonNode types) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The lists of an Application that have an element for each source. */
    private static final List<String> LISTS = List.of("/spec/sources", "/status/sourceTypes", "/status/sync/revisions",
            "/status/sync/comparedTo/sources");

    /** @param live the live objects of the Application; read only if there are several sources */
    static SourceOrder of(ArgoCd argoCd, JsonNode object, Supplier<List<ManifestObject>> live) {
        JsonNode types = object.at("/status/sourceTypes");
        if (ApplicationSource.rendering(object.path("spec")).size() < 2) {
            return new SourceOrder(Optional.empty(), types);
        }
        return new SourceOrder(new SourceSearch(object, live.get()).position(at -> {
            Application first = Application.parse(new SourceOrder(Optional.of(at), types).over(object));
            try {
                return Optional.of(ApplicationValues.of(first, argoCd));
            } catch (ArgoCdRefused | EnvironmentNotFit unavailable) {
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
    Layout annotate(Layout layout, JsonNode object) {
        if (position.isEmpty()) {
            return layout;
        }
        String type = object.at("/status/sourceTypes").path(position.get()).asText("");
        boolean moved = ApplicationSource.rendering(object.path("spec")).indexOf(position.get()) > 0;
        Optional<String> repeated = object.at("/status/conditions").findParents("type").stream().filter(condition ->
                condition.path("type").asText("").equals("RepeatedResourceWarning")).map(condition ->
                condition.path("message").asText("")).findFirst();
        Layout base = layout.of(Item.VALUE_HOST).filter(host -> !host.isKnown()).map(host -> layout.instead(
                new Finding(host.item(), host.state(), host.value(), host.reason() + "; copies differ from the"
                        + " Application in source " + (position.get() + 1) + " alone: have that one render the routes",
                        host.candidates()))).orElse(layout);
        return base.instead(repeated.filter(message -> moved).map(message -> Finding.fault(Item.PACKAGING, type,
                        "several of spec.sources render the same object (" + message + "), of which the last counts,"
                        + " and copies have source " + (position.get() + 1) + ", which has the release, first; have"
                        + " each object come from one source")).orElseGet(() -> Finding.found(Item.PACKAGING, type,
                        "source " + (position.get() + 1) + " of spec.sources, the only one that renders"
                        + " the release as far as its values tell; copies have the others as they are")));
    }
}
