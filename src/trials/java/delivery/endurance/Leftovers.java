package delivery.endurance;

import delivery.kubernetes.ApiFailure;
import delivery.kubernetes.ResourceKind;
import delivery.text.OwnershipLabels;
import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.Listeners;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The objects of runs that still exist: Applications, and namespaces with all that is in them. They are read on demand;
 * a watch only shows when to read again.
 */
final class Leftovers implements Feed<Set<String>>, AutoCloseable {

    /** Suffix of an object that still exists and is being deleted. */
    static final String BEING_REMOVED = " (being removed)";

    private final KubernetesClient client;
    private final Listeners listeners = new Listeners();
    private final Watch namespaces;
    private final Watch applications;

    Leftovers(KubernetesClient client) {
        this.client = client;
        this.namespaces = client.namespaces().withLabel(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER)
                .watch(new Look<>());
        this.applications = client.genericKubernetesResources(ResourceKind.APPLICATION.context()).inAnyNamespace()
                .withLabel(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER).watch(new Look<>());
    }

    /** A watch that triggers a look at once; without it, the wait looks once a second. */
    private final class Look<T> implements Watcher<T> {

        @Override
        public void eventReceived(Action action, T resource) {
            listeners.changed();
        }

        @Override
        public void onClose(WatcherException cause) {
            listeners.changed();
        }
    }

    static Expectation<Set<String>, String> none() {
        return Expectation.of("nothing is left of the runs that ended", left -> left.isEmpty() ? Outcome.met("nothing")
                : Outcome.notYet(String.join(", ", left)));
    }

    /** Returns the names of the namespaces that exist. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        client.namespaces().withLabel(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER).list().getItems()
                .forEach(namespace -> names.add(namespace.getMetadata().getName()));
        return names;
    }

    @Override
    public Set<String> lastKnown() {
        Set<String> left = new TreeSet<>();
        try {
            for (GenericKubernetesResource application : client
                    .genericKubernetesResources(ResourceKind.APPLICATION.context()).inAnyNamespace()
                    .withLabel(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER).list().getItems()) {
                left.add("Application " + application.getMetadata().getName());
            }
            for (Namespace namespace : client.namespaces().withLabel(OwnershipLabels.MANAGED_BY, OwnershipLabels.OWNER)
                    .list().getItems()) {
                left.add("namespace " + namespace.getMetadata().getName()
                        + (namespace.getMetadata().getDeletionTimestamp() == null ? "" : BEING_REMOVED));
            }
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("looking for what runs left", refused);
        }
        return left;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return listeners.add(listener);
    }

    @Override
    public String whereToLook() {
        return "kubectl get namespaces,applications --all-namespaces --selector " + OwnershipLabels.SELECTOR;
    }

    @Override
    public void close() {
        namespaces.close();
        applications.close();
    }
}
