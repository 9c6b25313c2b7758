package delivery.restoration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.failure.EnvironmentNotFit;
import delivery.history.PerformedAction;
import delivery.kubernetes.ApiFailure;
import delivery.kubernetes.ResourceKind;
import delivery.kubernetes.RolloutActions;
import delivery.rollout.NotPossible;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Rollout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The calls that bring a live Rollout to rest.
 *
 * @param permit sends a call, or throws if it must no longer be sent
 * @param did    receives each call
 */
record RolloutCalls(KubernetesClient client, String namespace, String name,
        Function<Supplier<PerformedAction>, PerformedAction> permit, Consumer<PerformedAction> did) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The Rollout now. */
    Rollout now() {
        GenericKubernetesResource found;
        try {
            found = resource().get();
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("reading the Rollout " + name + " in " + namespace, refused);
        }
        return Optional.ofNullable(found).map(object -> Rollout.parse(JSON.valueToTree(object)))
                .orElseThrow(() -> new EnvironmentNotFit("There is no Rollout " + name + " in " + namespace
                        + " any more", "See argocd app get"));
    }

    /** Promotes the Rollout to the end, unless it has just got there by itself. */
    void promote(Rollout rollout) {
        Optional<PerformedAction> promoted;
        try {
            promoted = Optional.of(permit.apply(() -> new RolloutActions(client).promoteFully(rollout)));
        } catch (NotPossible goneOn) {
            promoted = Optional.empty(); // it has got to the end by itself
        }
        promoted.ifPresent(did);
    }

    /** Aborts the release, which takes users back to the stable version. */
    void abort(Rollout rollout) {
        did.accept(permit.apply(() -> new RolloutActions(client).abort(rollout)));
    }

    /** Sends a call, records it, and returns it. */
    private PerformedAction send(String doing, String command, String call, Runnable sending) {
        PerformedAction performed = permit.apply(() -> {
            Instant at = Instant.now();
            try {
                sending.run();
            } catch (KubernetesClientException refused) {
                throw ApiFailure.of(doing, refused);
            }
            return new PerformedAction(command, call, at);
        });
        did.accept(performed);
        return performed;
    }

    private Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources(ResourceKind.ROLLOUT.context()).inNamespace(namespace).withName(name);
    }

    /** Removes the weights of the last canary from the status. */
    void forgetWeights() {
        String body = "{\"status\":{\"canary\":{\"weights\":null}}}";
        send("taking the weights of the last canary out of the status of " + name, "kubectl patch rollout " + name
                + " -n " + namespace + " --subresource status --type merge -p '" + body + "'",
                "PATCH " + path() + "/status " + body, () -> resource().subresource("status")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), body));
    }

    /** Deletes ReplicaSets that have no pods. */
    void remove(List<ReplicaSetState> left) {
        left.forEach(set -> send("deleting the ReplicaSet " + set.name() + ", which a run has left and an undo would"
                + " return to", "kubectl delete replicaset " + set.name() + " -n " + namespace,
                "DELETE /apis/apps/v1/namespaces/" + namespace + "/replicasets/" + set.name(), () ->
                client.apps().replicaSets().inNamespace(namespace).withName(set.name()).delete()));
    }

    private String path() {
        return "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/rollouts/" + name;
    }

    /**
     * Sets the image of a container, as {@code kubectl argo rollouts set image} does. The plugin sends the whole
     * Rollout; this sends the image alone, so that it overwrites nothing else.
     *
     * @param now the Rollout as it was just read; if its specification has changed since, nothing is set
     * @throws EnvironmentNotFit if the Rollout has no such container any more, or the API server refuses
     */
    PerformedAction setImage(Rollout now, String container, String image) {
        int index = containers(now).indexOf(container);
        if (index < 0) {
            throw new EnvironmentNotFit("The Rollout " + name + " has no container " + container + " any more",
                    "See kubectl get rollout " + name + " -n " + namespace + " -o yaml");
        }
        String body = "[{\"op\":\"test\",\"path\":\"/metadata/generation\",\"value\":" + now.generation()
                + "},{\"op\":\"replace\",\"path\":\"/spec/template/spec/containers/" + index
                + "/image\",\"value\":\"" + image + "\"}]";
        return send("setting the image of the Rollout " + name, "kubectl argo rollouts set image " + name + " "
                + container + "=" + image + " -n " + namespace, "PATCH " + path() + " " + body,
                () -> resource().patch(PatchContext.of(PatchType.JSON), body));
    }

    private static List<String> containers(Rollout rollout) {
        return rollout.object().at("/spec/template/spec/containers").valueStream()
                .map(container -> container.path("name").asText("")).toList();
    }

    /**
     * Replaces a part of the specification. The record of the call leaves it out, as it may hold a secret.
     *
     * @param now  the Rollout as it was just read; if its specification has changed since, nothing is replaced
     * @param path the path within the Rollout: "/spec/template"
     */
    void replace(Rollout now, String path, JsonNode part) {
        String body = "[{\"op\":\"test\",\"path\":\"/metadata/generation\",\"value\":" + now.generation()
                + "},{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":" + part + "}]";
        send("putting back " + path + " of the Rollout " + name, "kubectl patch rollout " + name + " -n "
                + namespace + " --type json", "PATCH " + path(),
                () -> resource().patch(PatchContext.of(PatchType.JSON), body));
    }
}
