package delivery.environment;

import delivery.argocd.ArgoCd;
import delivery.argocd.ArgoCdRefused;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.ResourceKind;
import delivery.text.OwnershipLabels;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The Applications that runs create. They are removed through Argo CD or, if it refuses, as objects of the cluster: a
 * token may expire in the middle of a run, and nothing may stay because of that.
 *
 * @param live name of the live Application, which is never removed
 */
public record ManagedApplications(ArgoCd argoCd, KubernetesClient client, String live) {

    /**
     * The call that removed an Application without the objects that it deployed, and whether the Application existed.
     */
    public record Removed(String command, String call, boolean there) {
    }

    /**
     * @throws EnvironmentNotFit if neither Argo CD nor the cluster lists them
     * @throws ArgoCdRefused     if Argo CD refuses to list them, and the cluster does not list them either
     */
    public Set<String> of(String run) {
        return askEither(() -> argoCd.labelled(OwnershipLabels.RUN, run).keySet(), () ->
                objects(Map.of(OwnershipLabels.RUN, run)).stream()
                .map(object -> object.getMetadata().getName()).collect(Collectors.toSet()));
    }

    /**
     * @return empty if no call was sent, because the cluster has no such Application
     * @throws EnvironmentNotFit if neither Argo CD nor the cluster removes it
     * @throws ArgoCdRefused     if Argo CD refuses to remove it, and the cluster does not remove it either
     */
    public Optional<Removed> remove(String name) {
        requireMade(name);
        return askEither(() -> Optional.of(new Removed("argocd app delete " + name + " --cascade=false",
                "DELETE /api/v1/applications/" + name, argoCd.delete(name))), () -> removeObject(name));
    }

    private void requireMade(String name) {
        if (name.equals(live)) {
            throw new IllegalArgumentException("The Application " + name + " is the live one, which no run removes");
        }
    }

    private Optional<Removed> removeObject(String name) {
        return objects(Map.of(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER)).stream()
                .map(GenericKubernetesResource::getMetadata)
                .filter(known -> known.getName().equals(name)).findFirst().map(known -> {
                    client.genericKubernetesResources(ResourceKind.APPLICATION.context())
                            .inNamespace(known.getNamespace()).withName(name).delete();
                    return new Removed("kubectl delete application " + name + " --namespace " + known.getNamespace(),
                            "DELETE /apis/argoproj.io/v1alpha1/namespaces/" + known.getNamespace() + "/applications/"
                            + name, true);
                });
    }

    private List<GenericKubernetesResource> objects(Map<String, String> labels) {
        return client.genericKubernetesResources(ResourceKind.APPLICATION.context()).inAnyNamespace()
                .withLabels(labels).list().getItems();
    }

    /** Asks Argo CD, then the cluster. If both refuse, throws Argo CD's refusal, which a person can resolve. */
    private static <T> T askEither(Supplier<T> byArgoCd, Supplier<T> byCluster) {
        try {
            return byArgoCd.get();
        } catch (EnvironmentNotFit | ArgoCdRefused refused) {
            try {
                return byCluster.get();
            } catch (KubernetesClientException neither) {
                refused.addSuppressed(neither);
                throw refused;
            }
        }
    }
}
