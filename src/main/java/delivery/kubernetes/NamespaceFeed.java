package delivery.kubernetes;

import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.Listeners;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One namespace, which is read at each look, and watched to know when to look. */
final class NamespaceFeed implements Feed<Optional<Namespace>>, AutoCloseable {

    private final KubernetesClient client;
    private final String name;
    private final Listeners listeners = new Listeners();
    private final Optional<Watch> watch;

    NamespaceFeed(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
        this.watch = watch();
    }

    /** Returns a watch; empty if it cannot be opened: then the wait looks once a second, and reports errors. */
    private Optional<Watch> watch() {
        try {
            return Optional.of(client.namespaces().withName(name).watch(new Watcher<>() {
                @Override
                public void eventReceived(Action action, Namespace namespace) {
                    listeners.changed();
                }

                @Override
                public void onClose(WatcherException cause) {
                    listeners.changed();
                }
            }));
        } catch (KubernetesClientException withoutIt) {
            return Optional.empty();
        }
    }

    static Expectation<Optional<Namespace>, String> gone(String name) {
        return Expectation.of("the namespace " + name + " is gone", namespace -> namespace
                .map(still -> Outcome.<String>notYet(seen(still)))
                .orElseGet(() -> Outcome.met(name)));
    }

    @Override
    public Optional<Namespace> lastKnown() {
        try {
            return Optional.ofNullable(client.namespaces().withName(name).get());
        } catch (KubernetesClientException e) {
            throw ApiFailure.of("reading the namespace " + name, e);
        }
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return listeners.add(listener);
    }

    @Override
    public String whereToLook() {
        return "kubectl get namespace " + name + " -o yaml";
    }

    @Override
    public void close() {
        watch.ifPresent(Watch::close);
    }

    /** Returns why the namespace is still there: one that is being emptied reports its remaining objects. */
    private static String seen(Namespace namespace) {
        if (namespace.getStatus() == null) {
            return "it is there";
        }
        String left = Optional.ofNullable(namespace.getStatus().getConditions()).orElse(List.of()).stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(NamespaceCondition::getMessage)
                .collect(Collectors.joining("; "));
        return "it is " + namespace.getStatus().getPhase() + (left.isEmpty() ? "" : ": " + left);
    }
}
