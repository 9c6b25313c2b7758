package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.waiting.ResourceVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An Argo CD Application at one moment.
 *
 * @param parameters Helm parameters of its source, in their order
 * @param sync       {@code Synced}, {@code OutOfSync} or {@code Unknown}
 * @param comparison the comparison behind the sync status: {@code comparedTo} and its {@code revision}; older than
 *                   {@code spec} until Argo CD has compared again
 * @param health     {@code Healthy}, {@code Suspended}, {@code Progressing}, {@code Degraded}, ...
 * @param lastSync   the state of the last sync operation, as Argo CD has it; missing if there was none
 * @param deployed   the source that was synced last, with its exact revision; missing if there was none
 * @param conditions the problems that Argo CD reports, "type: message"
 * @param differing  the objects that are out of sync: "Service shop is to be pruned", "Rollout shop differs"
 * @param version    orders the states in time
 */
public record Application(String name, JsonNode spec, Map<String, String> parameters, String sync,
        JsonNode comparison, String health, JsonNode lastSync, JsonNode deployed, List<String> conditions,
        List<String> differing, ResourceVersion version) {

    /** The field of the patches that are applied to the objects that Kustomize renders. */
    public static final String PATCHES = "patches";

    /** Parses the whole object, as Argo CD has it. */
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

    /** Returns a copy with another specification and another comparison. */
    public Application with(JsonNode other, JsonNode with) {
        return new Application(name, other, SourceParameters.of(ApplicationSource.of(other)), sync, with, health,
                lastSync, deployed, conditions, differing, version);
    }

    /** Returns the phase of the last sync: {@code Succeeded}, {@code Running}, ...; empty if there was none. */
    public String operation() {
        return lastSync.path("phase").asText("");
    }

    /** Returns the message of the last sync; empty if there was none. */
    public String operationMessage() {
        return lastSync.path("message").asText("");
    }

    /** Returns the time at which the last sync began, by Argo CD's clock; empty if there was none. */
    public String operationBegan() {
        return lastSync.path("startedAt").asText("");
    }

    /**
     * Whether self-heal has synced this Rollout since an earlier state: Argo CD began a sync on its own, although the
     * Application asks for the same source and revision as before. Once Argo CD has synced a revision, it syncs it
     * again on its own only for self-heal (argo-cd, controller/appcontroller.go, autoSync).
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

    /** Returns the source that the release is rendered from. */
    public JsonNode source() {
        return ApplicationSource.of(spec);
    }

    /** Returns the values, or Kustomize's patches, that the last sync put over those of the source. */
    public JsonNode deployedValues() {
        return deployed.has("kustomize") ? deployed.path("kustomize").path(PATCHES)
                : deployed.path("helm").path("valuesObject");
    }

    /** Returns the values that it sets by Helm parameters, by their paths. */
    public Map<String, String> helmParameters() {
        return SourceParameters.ofHelm(source());
    }

    /** Returns the paths of those Helm parameters that are texts, even if they look like numbers. */
    public Set<String> textParameters() {
        return source().path("helm").path("parameters").valueStream()
                .filter(parameter -> parameter.path("forceString").asBoolean(false))
                .map(parameter -> parameter.path("name").asText("")).collect(Collectors.toSet());
    }

    public String project() {
        return spec.path("project").asText("");
    }

    /** Returns the source's parameters in the comparison behind the sync status. */
    public Map<String, String> compared() {
        return SourceParameters.of(ApplicationSource.of(comparison.path("comparedTo")));
    }

    /** Whether Argo CD has compared the cluster with the whole current source. */
    public boolean isCompared() {
        String all = spec.path("sources").isEmpty() ? "source" : "sources";
        return comparison.path("comparedTo").path(all).equals(Application::compare, spec.path(all));
    }

    /** Returns the revision that Argo CD last compared the cluster with; empty if it has not compared yet. */
    public String comparedRevision() {
        return ApplicationSource.revision(spec, comparison);
    }

    /** Returns 0 if the nodes are equal; numbers are compared by value, whatever their type. */
    public static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber() ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
    }

    /** Whether the cluster has everything that the Application asks for now. */
    public boolean synced() {
        return sync.equals("Synced") && compared().equals(parameters);
    }

    /** Returns why the cluster does not have what the Application asks for now, in a sentence; empty if it has. */
    public Optional<String> complaint() {
        return synced() ? Optional.empty()
                : Optional.of("Argo CD finds that something differs from what the Application asks for: " + summary());
    }

    /** Returns why Argo CD has not compared the cluster with this value of a Helm parameter; empty if it has. */
    public Optional<String> complaint(String parameter, String value) {
        return value.equals(compared().get(parameter)) ? Optional.empty()
                : Optional.of("Argo CD compared the cluster with " + parameter + "=" + compared().get(parameter)
                        + ", expected: " + value);
    }

    /** Whether the Application makes Argo CD ignore differences in some fields of this kind of object. */
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
