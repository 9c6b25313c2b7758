package delivery.parity;

import delivery.kubernetes.Cluster;
import delivery.kubernetes.ReleaseFeed;
import delivery.kubernetes.RunNamespaces;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Rollout;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.function.Predicate;

/**
 * One of two equal Rollouts, in a namespace of its own. Only plain changes of its object bring it into its state,
 * without the code that is compared.
 */
final class Twin implements AutoCloseable {

    static final String NAME = "parity";

    private final Cluster cluster;
    private final String namespace;
    private final Waiting waiting;
    private final ReleaseFeed feed;
    private long written;

    Twin(Cluster cluster, String namespace, Waiting waiting) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.waiting = waiting;
        RunNamespaces.create(cluster.client(), "parity", namespace);
        feed = new ReleaseFeed(cluster.client(), namespace);
    }

    /** Deploys the manifest, and waits until the Rollout is healthy. */
    void deploy(String manifest, String registry) {
        cluster.client().load(new ByteArrayInputStream(text(manifest).replace("@REGISTRY@", registry)
                .getBytes(StandardCharsets.UTF_8))).inNamespace(namespace).create();
        await("is healthy", Rollout::healthy);
    }

    String namespace() {
        return namespace;
    }

    Release release() {
        return feed.lastKnown();
    }

    Rollout rollout() {
        return release().rollout().orElseThrow();
    }

    /** Changes the pod template to that of another version. */
    void release(int version) {
        change("{\"spec\":{" + template(version) + "}}");
    }

    static String template(int version) {
        return "\"template\":{\"metadata\":{\"annotations\":{\"version\":\"" + version + "\"}}}";
    }

    void change(String patch) {
        written = object().patch(PatchContext.of(PatchType.JSON_MERGE), patch).getMetadata().getGeneration();
    }

    void changeStatus(String patch) {
        object().subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /** Waits until the controller has observed the last write and the condition holds. */
    void await(String what, Predicate<Rollout> holds) {
        waiting.until(feed, ReleaseExpectations.that("the Rollout " + what, release -> release.rollout()
                .filter(rollout -> rollout.generation() >= written
                        && rollout.observedGeneration() == rollout.generation())
                .filter(holds).isPresent()), WaitLimit.PAUSE);
    }

    /** Waits until the newest revision is this one, and the controller works on it. */
    void awaitRevision(long revision) {
        waiting.until(feed,
                ReleaseExpectations.that("the Rollout is at revision " + revision, release -> release.owned()
                .max(Comparator.comparingLong(ReplicaSetState::revision)).filter(newest -> newest.revision() == revision
                        && newest.hash().equals(release.rollout().orElseThrow().currentHash())).isPresent()),
                        WaitLimit.PAUSE);
    }

    /** Returns everything that a command's calls may depend on. */
    String state() {
        Rollout now = rollout();
        return now.summary() + ", pauses " + now.pauses()
                + ", by a person " + now.userPause() + ", no verdict " + now.inconclusive() + ", revisions "
                + release().owned().map(set -> set.revision() + " " + set.hash()).sorted().toList();
    }

    private Resource<GenericKubernetesResource> object() {
        return cluster.client().genericKubernetesResources("argoproj.io/v1alpha1", "Rollout").inNamespace(namespace)
                .withName(NAME);
    }

    private static String text(String manifest) {
        try (InputStream stream = Twin.class.getResourceAsStream("/parity/" + manifest + ".yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the manifest " + manifest + " can't be read", e);
        }
    }

    @Override
    public void close() {
        feed.close();
        cluster.client().namespaces().withName(namespace).delete();
    }
}
