package delivery.release;

import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.kubernetes.ApiFailure;
import delivery.kubernetes.LiveNamespace;
import delivery.kubernetes.NamespaceCopy;
import delivery.kubernetes.ReleaseFeed;
import delivery.kubernetes.ResourceKind;
import delivery.kubernetes.RunNamespaces;
import delivery.rollout.ForeignChange;
import delivery.rollout.NamespacedObject;
import delivery.rollout.ReleaseImages;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Optional;

/** The namespace of a release under test. Removing it removes everything in it. */
record ReleaseNamespace(Platform platform, Blueprint pattern, String run, ReleaseSite site, Lifespan lifespan,
        Journal journal) {

    /** The same namespace, with the journal of another scenario. */
    ReleaseNamespace withJournal(Journal other) {
        return new ReleaseNamespace(platform, pattern, run, site, lifespan, other);
    }

    private String name() {
        return site.namespace();
    }

    /** Creates the namespace; that of the live release exists already. */
    void create() {
        if (!site.isCopy()) {
            return;
        }
        lifespan.make(() -> {
            try {
                RunNamespaces.create(platform.cluster().client(), run, name());
            } catch (KubernetesClientException refused) {
                throw ApiFailure.of("making the namespace " + name(), refused);
            }
        });
        journal.did("kubectl create namespace " + name(), "POST /api/v1/namespaces", Instant.now(), "created");
        platform.settings().copy().forEach(this::copy);
    }

    /** Copies an object. The history shows the command, but not the object's content. */
    private void copy(NamespacedObject object) {
        lifespan.make(() -> new NamespaceCopy(platform.cluster().client(), live())
                .copy(object, name(), RunNamespaces.labels(run)));
        journal.did("kubectl get " + object.argument() + " --namespace " + live() + " -o json | jq"
                + " '{apiVersion, kind, type, data, metadata: {name: .metadata.name}}' | kubectl create --namespace "
                + name() + " -f -", "POST /api/v1/namespaces/" + name() + "/" + object.resource(), Instant.now(),
                "copied");
    }

    private String live() {
        return pattern.live().namespace();
    }

    /** @param foreign sees every state of the Rollout */
    ReleaseFeed follow(ForeignChange foreign) {
        return new ReleaseFeed(platform.cluster().client(), name(), images(pattern), site.rollout(),
                foreign::see);
    }

    /** The release's own container among those of a pod. */
    static ReleaseImages images(Blueprint pattern) {
        return new ReleaseImages(Optional.of(pattern.image().registry() + "/" + pattern.image().repository()),
                pattern.container());
    }

    /** A feed of the same release that ends a wait once the delivery is no longer the only cause of its state. */
    GuardedRelease guarded(ReleaseFeed releases, ForeignChange foreign) {
        LiveNamespace live = new LiveNamespace(platform.cluster().client(), live());
        return new GuardedRelease(releases, foreign, live::has, name(), System::nanoTime);
    }

    /**
     * Deletes the namespace without waiting until it is empty; that of the live release stays.
     *
     * @param rollout the name of its Rollout; empty if none is known
     */
    void remove(Optional<String> rollout) {
        if (!site.isCopy()) {
            return;
        }
        Instant at = Instant.now();
        platform.cluster().client().namespaces().withName(name()).delete();
        journal.did("kubectl delete namespace " + name(), "DELETE /api/v1/namespaces/" + name(), at, "deleted");
        rollout.ifPresent(this::endPods);
    }

    /**
     * Deletes the Rollout ahead of its namespace. Kubernetes deletes the pods of a deleted namespace only after 5 s
     * (kube-controller-manager, {@code namespaceDeletionGracePeriod}); if they have ended by then, it needs no second
     * look some seconds later. A user who may not delete Rollouts waits for that.
     */
    private void endPods(String rollout) {
        Instant at = Instant.now();
        String outcome;
        try {
            platform.cluster().client().genericKubernetesResources(ResourceKind.ROLLOUT.context())
                    .inNamespace(name()).withName(rollout).delete();
            outcome = "deleted, before its namespace";
        } catch (KubernetesClientException refused) {
            outcome = "not deleted: it goes with its namespace";
        }
        journal.did("kubectl delete rollout " + rollout + " --namespace " + name(),
                "DELETE /apis/argoproj.io/v1alpha1/namespaces/" + name() + "/rollouts/" + rollout, at, outcome);
    }
}
