package delivery.environment;

import delivery.argocd.Application;
import delivery.clone.ManifestObject;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.Cluster;
import delivery.kubernetes.ResourceKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/**
 * The cluster that Argo CD delivers to. It must be the one of KUBECONFIG, or the suite would follow releases in a
 * cluster that has none of its copies.
 */
record DestinationCluster(Cluster cluster) {

    /**
     * Looks for the live Rollouts that Argo CD reports.
     *
     * @return why KUBECONFIG names another cluster; empty if it does not, or if that cannot be read
     */
    Optional<EnvironmentNotFit> otherThan(Application application, List<ManifestObject> live) {
        for (ManifestObject object : live) {
            String uid = object.json().at("/metadata/uid").asText("");
            if (!object.kind().equals("Rollout") || uid.isEmpty()) {
                continue;
            }
            try {
                GenericKubernetesResource found = cluster.client()
                        .genericKubernetesResources(ResourceKind.ROLLOUT.context())
                        .inNamespace(object.namespace()).withName(object.name()).get();
                if (found == null || !uid.equals(found.getMetadata().getUid())) {
                    return Optional.of(new EnvironmentNotFit("KUBECONFIG names " + cluster.address() + ", where the "
                            + object + " of the Application " + application.name() + " is "
                            + (found == null ? "not" : "another one") + ": Argo CD delivers it to "
                            + destination(application), "Set KUBECONFIG, or KUBE_CONTEXT, to the cluster that Argo CD"
                            + " delivers to"));
                }
            } catch (KubernetesClientException unavailable) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String destination(Application application) {
        String name = application.spec().at("/destination/name").asText("");
        return name.isEmpty() ? application.spec().at("/destination/server").asText("another cluster")
                : "the cluster " + name;
    }

    /** Whether a namespace is known to be missing. */
    boolean lacks(String namespace) {
        try {
            return cluster.client().namespaces().withName(namespace).get() == null;
        } catch (KubernetesClientException unavailable) {
            return false;
        }
    }
}
