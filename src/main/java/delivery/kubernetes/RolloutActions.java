package delivery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import delivery.history.PerformedAction;
import delivery.rollout.DeepDerivative;
import delivery.rollout.NotPossible;
import delivery.rollout.Release;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Rollout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The actions of {@code kubectl argo rollouts} on a Rollout, with exactly the requests that it sends (argo-rollouts,
 * pkg/kubectl-argo-rollouts/cmd); {@code make parity} proves that they are equal. Bodies are raw texts: a mapper that
 * leaves nulls out would send {@code {"status":{}}} for a promotion, which does nothing. The plugin's requests to
 * servers whose Rollouts have no status subresource (before 0.10) are left out.
 *
 * <p>Each throws {@link EnvironmentNotFit}, which names the call, if the API refuses it or does not answer.
 */
public final class RolloutActions {

    private static final String UNPAUSE = "{\"spec\":{\"paused\":false}}";

    private final KubernetesClient client;

    public RolloutActions(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Does what {@code kubectl argo rollouts promote} does: ends the current pauses, the controller's and a person's. A
     * canary whose analysis was inconclusive goes on to its next step, as does one that only a person has paused.
     *
     * @throws NotPossible if it is not paused; the plugin would skip a canary's current step, possibly an analysis
     */
    public PerformedAction promote(Rollout rollout) {
        if (rollout.pauses().isEmpty() && !rollout.userPause()) {
            throw new NotPossible("The release is promoted while it is not paused: " + rollout.summary());
        }
        int next = Math.min(rollout.step().orElse(0) + 1, rollout.steps().size());
        Optional<String> status = Optional.empty();
        if (!rollout.pauses().isEmpty() && rollout.inconclusive() && rollout.controllerPause()) {
            status = Optional.of(
                    "{\"status\":{\"pauseConditions\":null, \"controllerPause\":false, \"currentStepIndex\":"
                    + next + "}}");
        } else if (!rollout.pauses().isEmpty()) {
            status = Optional.of("{\"status\":{\"pauseConditions\":null}}");
        } else if (!rollout.steps().isEmpty()) {
            status = Optional.of("{\"status\":{\"pauseConditions\":null, \"currentStepIndex\":" + next + "}}");
        }
        return promote(rollout, "", status);
    }

    /**
     * Does what {@code kubectl argo rollouts promote --full} does: skips the rest of a release, analysis included, and
     * ends a person's pause.
     *
     * @throws NotPossible if the controller has no new version yet and nobody paused it: the plugin would do nothing
     */
    public PerformedAction promoteFully(Rollout rollout) {
        boolean nothingNew = rollout.currentHash().equals(rollout.stableHash());
        if (nothingNew && !rollout.userPause()) {
            throw new NotPossible("The release is promoted while there is nothing new: " + rollout.summary());
        }
        return promote(rollout, " --full",
                nothingNew ? Optional.empty() : Optional.of("{\"status\":{\"promoteFull\":true}}"));
    }

    /** Patches the status first: a Rollout that goes on before it is promoted might execute a step by itself. */
    private PerformedAction promote(Rollout rollout, String flag, Optional<String> status) {
        Instant at = Instant.now();
        String command = command(rollout, "promote", flag);
        List<String> calls = new ArrayList<>();
        status.ifPresent(body -> calls.add(patchStatus(rollout, command, body)));
        if (rollout.userPause()) {
            calls.add(patch(rollout, command, PatchType.JSON_MERGE, UNPAUSE));
        }
        return new PerformedAction(command, calls, at);
    }

    /** Does what {@code kubectl argo rollouts abort} does: goes back to the stable version, from any state. */
    public PerformedAction abort(Rollout rollout) {
        Instant at = Instant.now();
        String command = command(rollout, "abort", "");
        return new PerformedAction(command, patchStatus(rollout, command, "{\"status\":{\"abort\":true}}"), at);
    }

    /** Does what {@code kubectl argo rollouts retry rollout} does: restarts an aborted release, from any state. */
    public PerformedAction retry(Rollout rollout) {
        Instant at = Instant.now();
        String command = command(rollout, "retry rollout", "");
        return new PerformedAction(command, patchStatus(rollout, command, "{\"status\":{\"abort\":false}}"), at);
    }

    /**
     * Does what {@code kubectl argo rollouts undo} does: restores the pod template of the second newest revision, which
     * is not always the stable one.
     *
     * @throws NotPossible if there is no earlier revision, or its template is already the current one: the plugin would
     *                     do nothing
     */
    public PerformedAction undo(Release release) {
        List<ReplicaSetState> revisions = release.owned()
                .sorted(Comparator.comparingLong(ReplicaSetState::revision).reversed()).toList();
        return undo(release, "", revisions.stream().skip(1).findFirst(), "earlier revision");
    }

    /**
     * Does what {@code kubectl argo rollouts undo --to-revision} does: restores the pod template of this revision.
     *
     * @param revision 1 or more
     * @throws NotPossible if there is no such revision, or its template is already the current one: the plugin would do
     *                     nothing
     */
    public PerformedAction undo(Release release, long revision) {
        return undo(release, " --to-revision=" + revision,
                release.owned().filter(set -> set.revision() == revision).findFirst(), "revision " + revision);
    }

    private PerformedAction undo(Release release, String flag, Optional<ReplicaSetState> target, String name) {
        Rollout rollout = release.rollout().orElseThrow(() -> new NotPossible("There is no Rollout to undo"));
        ReplicaSetState back = target.orElseThrow(() ->
                new NotPossible(rollout.name() + " has no " + name + " to undo to"
                        + (rollout.object().at("/spec/revisionHistoryLimit").asInt(1) == 0 ? ": its"
                        + " revisionHistoryLimit is 0, by which the controller deletes old ReplicaSets" : "")));
        JsonNode template = back.template().deepCopy();
        if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(ReplicaSetState.HASH_LABEL);
        }
        if (DeepDerivative.from(rollout.template(), template)) {
            throw new NotPossible("The template of " + rollout.name() + " is that of revision " + back.revision()
                    + " already: there is nothing to undo");
        }
        Instant at = Instant.now();
        String command = command(rollout, "undo", flag);
        return new PerformedAction(command, patch(rollout, command, PatchType.JSON,
                "[{\"op\":\"replace\",\"path\":\"/spec/template\",\"value\":" + template + "}]"), at);
    }

    /** @return the call that was made */
    private String patchStatus(Rollout rollout, String command, String body) {
        return send(rollout, command, "PATCH " + path(rollout) + "/status", body, () -> resource(rollout)
                .subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), body));
    }

    private String patch(Rollout rollout, String command, PatchType type, String body) {
        return send(rollout, command, "PATCH " + path(rollout), body,
                () -> resource(rollout).patch(PatchContext.of(type), body));
    }

    /** Sends the request once. If its answer is lost, it may have been carried out or not, and proves nothing. */
    private static String send(Rollout rollout, String command, String call, String body,
            Supplier<GenericKubernetesResource> sending) {
        String doing = "'" + command + "' was sent as " + call;
        GenericKubernetesResource changed;
        try {
            changed = sending.get();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == 404 && refused.getStatus() != null
                    && "NotFound".equals(refused.getStatus().getReason())) {
                throw new NotPossible("There is no Rollout " + rollout.name() + " any more: " + doing);
            }
            throw ApiFailure.of(doing, refused);
        }
        if (changed == null || changed.getMetadata() == null
                || !rollout.name().equals(changed.getMetadata().getName())) {
            throw new EnvironmentNotFit("The server that answered while " + doing + " is not a Kubernetes API: it sent"
                    + " no Rollout " + rollout.name(),
                    "See whether KUBECONFIG has the address of the API server itself");
        }
        return call + " " + body;
    }

    private static String command(Rollout rollout, String verb, String flag) {
        return "kubectl argo rollouts " + verb + " " + rollout.name() + flag + " -n " + rollout.namespace();
    }

    private Resource<GenericKubernetesResource> resource(Rollout rollout) {
        return client.genericKubernetesResources(ResourceKind.ROLLOUT.context()).inNamespace(rollout.namespace())
                .withName(rollout.name());
    }

    private static String path(Rollout rollout) {
        return "/apis/argoproj.io/v1alpha1/namespaces/" + rollout.namespace() + "/rollouts/" + rollout.name();
    }
}
