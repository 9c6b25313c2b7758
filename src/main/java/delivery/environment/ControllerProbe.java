package delivery.environment;

import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.ReleaseFeed;
import delivery.kubernetes.ResourceKind;
import delivery.kubernetes.RunNamespaces;
import delivery.rollout.Release;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A Rollout without pods, in its own namespace, that shows whether the controller works. The caller removes the
 * namespace.
 */
final class ControllerProbe {

    static final String NAME = "check";

    private final KubernetesClient client;
    private final String namespace;
    private final LongSupplier nanoTime;
    private long changed;
    private int changes;

    /** Prepares the probe. Creates nothing yet. */
    ControllerProbe(KubernetesClient client, String namespace, LongSupplier nanoTime) {
        this.client = client;
        this.namespace = namespace;
        this.nanoTime = nanoTime;
        this.changed = nanoTime.getAsLong();
    }

    String namespace() {
        return namespace;
    }

    /** Creates the Rollout, and waits until the controller has acted on it. */
    void create(String run, Waiting waiting) {
        RunNamespaces.create(client, run, namespace);
        try (ReleaseFeed feed = new ReleaseFeed(client, namespace)) {
            client.resource(Serialization.unmarshal("""
                    apiVersion: argoproj.io/v1alpha1
                    kind: Rollout
                    metadata: {name: %s, namespace: %s}
                    spec:
                      replicas: 0
                      selector: {matchLabels: {app: check}}
                      strategy: {canary: {}}
                      template:
                        metadata: {labels: {app: check}}
                        spec: {containers: [{name: check, image: none}]}
                    """.formatted(NAME, namespace), GenericKubernetesResource.class)).create();
            Expectation<Release, Release> reconciled = Expectation.of("the Argo Rollouts controller acts on a Rollout",
                    release -> release.rollout()
                            .filter(rollout -> rollout.observedGeneration() == rollout.generation())
                            .isPresent() ? Outcome.met(release)
                            : Outcome.notYet("it has not acted on it; is the controller running?"));
            waiting.until(feed, reconciled, WaitLimit.RECONCILE);
        }
        changed = nanoTime.getAsLong();
    }

    /**
     * Checks whether the controller has acted on the last change, and makes another one if it has.
     *
     * @throws EnvironmentNotFit if it has not acted on one for longer than this
     */
    void requireActedOnWithin(Duration longest) {
        try {
            GenericKubernetesResource now = rollouts().withName(NAME).get();
            String observed = now == null ? "" : String.valueOf(now.<Object>get("status", "observedGeneration"));
            if (now != null && observed.equals(String.valueOf(now.getMetadata().getGeneration()))) {
                changes++;
                rollouts().resource(now).patch(PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"minReadySeconds\":" + changes % 2 + "}}");
                changed = nanoTime.getAsLong();
            }
        } catch (KubernetesClientException unreachable) {
            // Nothing is known of the controller; the outage is reported as the API's.
            changed = nanoTime.getAsLong();
        }
        Duration quiet = Duration.ofNanos(nanoTime.getAsLong() - changed);
        if (quiet.compareTo(longest) > 0) {
            throw new EnvironmentNotFit("It has not acted on a change of a Rollout", "See its log");
        }
    }

    private NonNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList,
            Resource<GenericKubernetesResource>> rollouts() {
        return client.genericKubernetesResources(ResourceKind.ROLLOUT.context()).inNamespace(namespace);
    }
}
