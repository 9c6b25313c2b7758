package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.cluster.ApiFailure;
import delivery.verdict.EnvironmentNotFit;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * What {@code kubectl argo rollouts} does to a Rollout, by the very requests that it sends (argo-rollouts,
 * pkg/kubectl-argo-rollouts/cmd). Bodies are raw texts: a mapper that leaves nulls out would send
 * {@code {"status":{}}} for a promotion, which does nothing.
 *
 * <p>Each throws {@link EnvironmentNotFit}, with the call named, if the API refuses it or does not answer.
 */
public final class RolloutActions {

    private static final ResourceDefinitionContext ROLLOUT = new ResourceDefinitionContext.Builder()
            .withGroup("argoproj.io").withVersion("v1alpha1").withKind("Rollout").withPlural("rollouts")
            .withNamespaced(true).build();

    private final KubernetesClient client;

    public RolloutActions(KubernetesClient client) {
        this.client = client;
    }

    /**
     * As {@code kubectl argo rollouts promote}: ends the pause it is in.
     *
     * @throws NotPossible if it is not paused; a canary would skip its current step, an analysis perhaps
     */
    public Action promote(Rollout rollout) {
        if (rollout.pauses().isEmpty()) {
            throw new NotPossible("The release is promoted while it is not paused: " + rollout.summary());
        }
        return patchStatus(rollout, "promote", "", "{\"status\":{\"pauseConditions\":null}}");
    }

    /**
     * As {@code kubectl argo rollouts promote --full}: skips what is left of a release, analysis too.
     *
     * @throws NotPossible if the controller has no new version yet: the plugin would do nothing
     */
    public Action promoteFully(Rollout rollout) {
        if (rollout.currentHash().equals(rollout.stableHash())) {
            throw new NotPossible("The release is promoted while there is nothing new: " + rollout.summary());
        }
        return patchStatus(rollout, "promote", " --full", "{\"status\":{\"promoteFull\":true}}");
    }

    /** As {@code kubectl argo rollouts abort}. */
    public Action abort(Rollout rollout) {
        return patchStatus(rollout, "abort", "", "{\"status\":{\"abort\":true}}");
    }

    /**
     * As {@code kubectl argo rollouts undo}: puts back the pod template of the second newest revision, which need not be
     * the stable one.
     *
     * @throws NotPossible if there is no earlier revision
     */
    public Action undo(Release release) {
        Rollout rollout = release.rollout().orElseThrow(() -> new NotPossible("There is no Rollout to undo"));
        List<ReplicaSetState> revisions = release.owned()
                .sorted(Comparator.comparingLong(ReplicaSetState::revision).reversed()).toList();
        if (revisions.size() < 2) {
            throw new NotPossible("There is no earlier revision of " + rollout.name() + " to go back to");
        }
        JsonNode template = revisions.get(1).template().deepCopy();
        if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(ReplicaSetState.HASH_LABEL);
        }
        String body = "[{\"op\":\"replace\",\"path\":\"/spec/template\",\"value\":" + template + "}]";
        return send(rollout, new Action(command(rollout, "undo", ""), "PATCH " + path(rollout) + " " + body, Instant.now()),
                () -> resource(rollout).patch(PatchContext.of(PatchType.JSON), body));
    }

    private Action patchStatus(Rollout rollout, String verb, String flag, String body) {
        return send(rollout, new Action(command(rollout, verb, flag), "PATCH " + path(rollout) + "/status " + body,
                Instant.now()), () -> resource(rollout).subresource("status")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), body));
    }

    /** Sends it once. Where its answer was lost nobody knows whether it was carried out, so that nothing is proved on it. */
    private static Action send(Rollout rollout, Action action, Supplier<GenericKubernetesResource> call) {
        String doing = "'" + action.command() + "' was sent as "
                + action.call().substring(0, action.call().indexOf(' ', action.call().indexOf('/')));
        GenericKubernetesResource changed;
        try {
            changed = call.get();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == 404 && refused.getStatus() != null
                    && "NotFound".equals(refused.getStatus().getReason())) {
                throw new NotPossible("There is no Rollout " + rollout.name() + " any more: " + doing);
            }
            throw ApiFailure.of(doing, refused);
        }
        if (changed == null || changed.getMetadata() == null || !rollout.name().equals(changed.getMetadata().getName())) {
            throw new EnvironmentNotFit("What answered while " + doing + " is no Kubernetes API: it sent no Rollout "
                    + rollout.name(), "See whether KUBECONFIG has the address of the API server itself");
        }
        return action;
    }

    private static String command(Rollout rollout, String verb, String flag) {
        return "kubectl argo rollouts " + verb + " " + rollout.name() + flag + " -n " + rollout.namespace();
    }

    private Resource<GenericKubernetesResource> resource(Rollout rollout) {
        return client.genericKubernetesResources(ROLLOUT).inNamespace(rollout.namespace()).withName(rollout.name());
    }

    private static String path(Rollout rollout) {
        return "/apis/argoproj.io/v1alpha1/namespaces/" + rollout.namespace() + "/rollouts/" + rollout.name();
    }
}
