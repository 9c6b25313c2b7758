package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationSource;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.Rollout;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The state of a live release before a run changed it.
 *
 * @param object      the Application, whole as Argo CD has it
 * @param tag         the tag that users have
 * @param rollout     the Rollout, whole
 * @param replicaSets the names of its ReplicaSets
 */
public record RestorePoint(JsonNode object, String tag, Rollout rollout, Set<String> replicaSets) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Makes sure that a run can leave the release behind as it found it.
     *
     * @throws EnvironmentNotFit if something is under way, or a sync would delete an object that is there
     */
    void requireRest() {
        String operation = object.at("/status/operationState/phase").asText("");
        if (object.path("operation").isObject() || Set.of("Running", "Terminating").contains(operation)
                || !application().synced() || !rollout.healthy()
                || !rollout.currentHash().equals(rollout.stableHash())) {
            throw new EnvironmentNotFit("The live release is not at rest: Argo CD says of the Application " + name()
                    + " " + application().summary() + "; the Rollout " + rollout.name() + ": " + rollout.summary(),
                    "Wait until it is synced and healthy; nothing was changed");
        }
        String pruned = object.at("/status/resources").valueStream()
                .filter(resource -> resource.path("requiresPruning").asBoolean(false))
                .map(resource -> resource.path("kind").asText("") + " " + resource.path("name").asText(""))
                .collect(Collectors.joining(", "));
        if (!pruned.isEmpty() && !spec().at("/syncPolicy/automated/prune").asBoolean(false)) {
            throw new EnvironmentNotFit("The syncs of a run in place prune, and would delete what the Application "
                    + name() + " does not have any more: " + pruned, "Delete that, or have it belong to no Application;"
                    + " nothing was changed");
        }
    }

    /**
     * Makes sure that the release is what it was when somebody agreed that it may be changed.
     *
     * @param shown its state at that time
     * @throws EnvironmentNotFit if it was changed since
     */
    public void requireSame(RestorePoint shown) {
        if (!same(spec(), shown.spec()) || !rollout.stableHash().equals(shown.rollout.stableHash())
                || rollout.strategy() != shown.rollout.strategy() || !rollout.images().equals(shown.rollout.images())) {
            throw new EnvironmentNotFit("The live release was changed while it was asked whether it may be: Argo CD"
                    + " says of the Application " + name() + " " + application().summary() + "; the Rollout "
                    + rollout.name() + ": " + rollout.summary(), "Start the run again; nothing was changed by it");
        }
    }

    /** Reads the state from its form in a journal. */
    static RestorePoint parse(JsonNode written) {
        Set<String> replicaSets = new TreeSet<>();
        written.path("replicaSets").forEach(name -> replicaSets.add(name.asText()));
        return new RestorePoint(written.path("application"), written.path("tag").asText(""),
                Rollout.parse(written.path("rollout")), replicaSets);
    }

    /** The state for a journal. It also lists what a person looks for: parameters, strategy and stable version. */
    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("tag", tag).put("strategy", rollout.strategy().toString()).put("stable", rollout.stableHash());
        json.set("parameters", JSON.valueToTree(parameters()));
        json.set("application", object);
        json.set("rollout", rollout.object());
        json.set("replicaSets", JSON.valueToTree(new TreeSet<>(replicaSets)));
        return json;
    }

    /** Helm parameters, or Kustomize's images and overlay. */
    Map<String, String> parameters() {
        return application().parameters();
    }

    public Application application() {
        return Application.parse(object);
    }

    /** Name of the Application. */
    public String name() {
        return object.at("/metadata/name").asText("");
    }

    /** Namespace of the Application's object. */
    public String namespace() {
        return object.at("/metadata/namespace").asText("");
    }

    /** Namespace of its release. */
    public String destination() {
        return rollout.namespace();
    }

    /** The Application's specification. */
    public JsonNode spec() {
        return object.path("spec");
    }

    /**
     * The specification while a run has the Application, pinned to the revisions that were deployed.
     *
     * @param paused whether automated sync is switched off
     */
    public ObjectNode held(boolean paused) {
        ObjectNode held = spec().deepCopy();
        ApplicationSource.pin(held, object.at("/status/sync"));
        if (paused && held.path("syncPolicy") instanceof ObjectNode policy) {
            policy.remove("automated");
            if (policy.isEmpty()) {
                held.remove("syncPolicy"); // Argo CD leaves an empty one out
            }
        }
        return held;
    }

    /** Whether Argo CD syncs the Application by itself. */
    public boolean isAutomated() {
        return spec().at("/syncPolicy/automated").isObject()
                && spec().at("/syncPolicy/automated/enabled").asBoolean(true);
    }

    /** Whether Argo CD syncs the Application by itself, and reverts changes that are made only in the cluster. */
    public boolean selfHeals() {
        return isAutomated() && spec().at("/syncPolicy/automated/selfHeal").asBoolean(false);
    }

    /** Whether two specifications are the same. */
    static boolean same(JsonNode one, JsonNode other) {
        return one.equals(Application::compare, other);
    }
}
