package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.waiting.ResourceVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An Argo CD Application at one moment.
 *
 * @param parameters Helm parameters of its source, in their order
 * @param sync       {@code Synced}, {@code OutOfSync} or {@code Unknown}
 * @param comparison what the sync status speaks of: {@code comparedTo} and its {@code revision}; older than
 *                   {@code spec} until Argo CD has compared again
 * @param health     {@code Healthy}, {@code Suspended}, {@code Progressing}, {@code Degraded}, ...
 * @param lastSync   the state of the last sync operation, as Argo CD has it; missing if there was none
 * @param deployed   last source that was synced, with the very revision; missing if there was none
 * @param conditions what Argo CD complains of, "type: message"
 * @param differing  what keeps it from being synced: "Service shop is to be pruned", "Rollout shop differs"
 * @param version    tells earlier states from later ones
 */
public record Application(String name, JsonNode spec, Map<String, String> parameters, String sync,
        JsonNode comparison, String health, JsonNode lastSync, JsonNode deployed, List<String> conditions,
        List<String> differing, ResourceVersion version) {

    /** What lays changes over what Kustomize renders. */
    public static final String PATCHES = "patches";

    /** Reads the object, whole as Argo CD has it. */
    public static Application parse(JsonNode object) {
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        List<String> conditions = status.path("conditions").valueStream().map(condition ->
                condition.path("type").asText("") + ": " + condition.path("message").asText("")).toList();
        List<String> differing = new ArrayList<>();
        for (JsonNode resource : status.path("resources")) {
            boolean pruned = resource.path("requiresPruning").asBoolean(false);
            if (pruned || resource.path("status").asText("").equals("OutOfSync")) {
                differing.add(resource.path("kind").asText("") + " " + resource.path("name").asText("")
                        + (pruned ? " is to be pruned" : " differs"));
            }
        }
        JsonNode history = status.path("history");
        JsonNode last = history.path(Math.max(0, history.size() - 1));
        JsonNode deployed = ApplicationSource.of(last).deepCopy();
        if (deployed instanceof ObjectNode source && (last.has("revision") || last.has("revisions"))) {
            source.put("targetRevision", ApplicationSource.revision(last, last));
        }
        return new Application(object.path("metadata").path("name").asText(""), spec,
                SourceParameters.of(ApplicationSource.of(spec)), status.path("sync").path("status").asText("Unknown"),
                status.path("sync"),
                status.path("health").path("status").asText("Unknown"),
                status.path("operationState"), deployed, conditions, differing, ResourceVersion.of(object));
    }

    /** The same with another specification, and what Argo CD compared it with. */
    public Application with(JsonNode other, JsonNode with) {
        return new Application(name, other, SourceParameters.of(ApplicationSource.of(other)), sync, with, health,
                lastSync, deployed, conditions, differing, version);
    }

    /** Phase of the last sync: {@code Succeeded}, {@code Running}, ...; empty if there was none. */
    public String operation() {
        return lastSync.path("phase").asText("");
    }

    /** The message of the last sync; empty if there was none. */
    public String operationMessage() {
        return lastSync.path("message").asText("");
    }

    /** When the last sync began, by Argo CD's clock; empty if there was none. */
    public String operationBegan() {
        return lastSync.path("startedAt").asText("");
    }

    /**
     * Whether self-heal has synced this Rollout since an earlier state: Argo CD began a sync by itself, although it
     * asks for the same source and revision as before. What it has synced once, it syncs again by itself for nothing
     * but self-heal (argo-cd, controller/appcontroller.go, autoSync).
     */
    public boolean healedSince(Application before, String rollout) {
        JsonNode resources = lastSync.at("/operation/sync/resources");
        boolean began = !operationBegan().isEmpty() && !operationBegan().equals(before.operationBegan());
        return began && lastSync.at("/operation/initiatedBy/automated").asBoolean(false)
                && Stream.of("source", "sources").allMatch(field -> spec.path(field)
                        .equals(Application::compare, before.spec.path(field)))
                && Stream.of("revision", "revisions").allMatch(field -> comparison.path(field)
                        .equals(before.comparison.path(field)))
                && (resources.isEmpty() || resources.valueStream().anyMatch(synced -> synced.path("kind").asText("")
                        .equals("Rollout") && synced.path("name").asText("").equals(rollout)));
    }

    /** The source that its release is rendered from. */
    public JsonNode source() {
        return ApplicationSource.of(spec);
    }

    /** The values, or Kustomize's patches, that the last sync laid over what the source has. */
    public JsonNode deployedValues() {
        return deployed.has("kustomize") ? deployed.path("kustomize").path(PATCHES)
                : deployed.path("helm").path("valuesObject");
    }

    /** Values that it sets by Helm parameters, by their paths. */
    public Map<String, String> helmParameters() {
        return SourceParameters.ofHelm(source());
    }

    public String project() {
        return spec.path("project").asText("");
    }

    /** Helm parameters that the sync status speaks of. */
    public Map<String, String> compared() {
        return SourceParameters.of(ApplicationSource.of(comparison.path("comparedTo")));
    }

    /** Whether Argo CD has compared the cluster with the whole source that it has now. */
    public boolean isCompared() {
        String all = spec.path("sources").isEmpty() ? "source" : "sources";
        return comparison.path("comparedTo").path(all).equals(Application::compare, spec.path(all));
    }

    /** The revision that Argo CD compared the cluster with last; empty if it has not yet. */
    public String comparedRevision() {
        return ApplicationSource.revision(spec, comparison);
    }

    /** Numbers are the same whatever type they are held in. */
    public static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber() ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
    }

    /** Whether what it asks for now is what the cluster has. */
    public boolean synced() {
        return sync.equals("Synced") && compared().equals(parameters);
    }

    /** Why the cluster does not have what it asks for now, in a sentence; empty if it has. */
    public Optional<String> complaint() {
        return synced() ? Optional.empty()
                : Optional.of("Argo CD finds that something differs from what the Application asks for: " + summary());
    }

    /** Why Argo CD has not compared the cluster with this value of a Helm parameter; empty if it has. */
    public Optional<String> complaint(String parameter, String value) {
        return value.equals(compared().get(parameter)) ? Optional.empty()
                : Optional.of("Argo CD compared the cluster with " + parameter + "=" + compared().get(parameter)
                        + ", expected: " + value);
    }

    /** Whether it has Argo CD ignore differences of some fields of this kind of object. */
    public boolean ignores(String kind) {
        return spec.path("ignoreDifferences").valueStream()
                .anyMatch(ignored -> List.of(kind, "*").contains(ignored.path("kind").asText("")));
    }

    public String summary() {
        return sync + (sync.equals("OutOfSync") && !differing.isEmpty() ? " (" + String.join(", ", differing) + ")"
                : "")
                + ", " + health + (compared().equals(parameters) ? "" : " (not compared with its new parameters yet)")
                + (operation().isEmpty() ? "" : ", last sync " + operation()
                        + (operation().equals("Succeeded") ? "" : " (" + operationMessage() + ")"))
                + conditions.stream().map(condition -> "; " + condition).collect(Collectors.joining());
    }
}
