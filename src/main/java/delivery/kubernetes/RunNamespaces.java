package delivery.kubernetes;

import delivery.text.OwnershipLabels;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The namespaces that scenarios create for themselves. */
public final class RunNamespaces {

    private RunNamespaces() {
    }

    /** @throws KubernetesClientException if it cannot be created, with code 409 if there is one with that name */
    public static void create(KubernetesClient client, String run, String namespace) {
        client.resource(new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .withLabels(labels(run))
                .withAnnotations(ProcessIdentity.self().annotations())
                .endMetadata()
                .build()).create();
    }

    /** Returns the labels that a run gives to every object that it creates. */
    public static Map<String, String> labels(String run) {
        return Map.of(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER, OwnershipLabels.RUN, run);
    }

    /**
     * Waits until a deleted namespace and all its objects are gone.
     *
     * @throws delivery.waiting.NotMet if it is still there after the limit; the message names the remaining objects
     */
    public static void awaitGone(KubernetesClient client, String namespace, Waiting waiting) {
        try (NamespaceFeed feed = new NamespaceFeed(client, namespace)) {
            waiting.until(feed, NamespaceFeed.gone(namespace), WaitLimit.DELETION);
        }
    }

    /**
     * Begins to delete the namespaces that earlier runs left behind. A namespace without our label is never touched,
     * nor one of a run that may still be active. Does not wait until they are gone.
     *
     * @param runs ids of the runs whose namespaces must stay
     * @return names of the namespaces
     */
    public static List<String> sweep(KubernetesClient client, Set<String> runs) {
        ProcessIdentity self = ProcessIdentity.self();
        List<String> swept = new ArrayList<>();
        for (Namespace namespace
                : client.namespaces().withLabel(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER).list().getItems()) {
            Map<String, String> labels = orEmpty(namespace.getMetadata().getLabels());
            if (OwnershipLabels.OWNER.equals(labels.get(OwnershipLabels.MANAGED_BY))
                    && labels.containsKey(OwnershipLabels.RUN)
                    && !runs.contains(labels.get(OwnershipLabels.RUN))
                    && namespace.getMetadata().getDeletionTimestamp() == null
                    && ProcessIdentity.isGone(orEmpty(namespace.getMetadata().getAnnotations()), self)) {
                client.resource(namespace).delete();
                swept.add(namespace.getMetadata().getName());
            }
        }
        return List.copyOf(swept);
    }

    /**
     * Begins to delete those namespaces of a run that are not being deleted yet.
     *
     * @param kept names of those that must stay
     * @return names of the namespaces
     */
    public static Set<String> remove(KubernetesClient client, String run, Set<String> kept) {
        Set<String> removed = new TreeSet<>();
        client.namespaces().withLabels(labels(run)).list().getItems().stream()
                .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null
                        && !kept.contains(namespace.getMetadata().getName())).forEach(namespace -> {
                            client.resource(namespace).delete();
                            removed.add(namespace.getMetadata().getName());
                        });
        return removed;
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return Optional.ofNullable(map).orElse(Map.of());
    }
}
