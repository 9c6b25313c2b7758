package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.rollout.ConditionState;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReleaseImages;
import delivery.rollout.Rollout;
import delivery.waiting.Subscription;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
@EnableKubernetesMockClient(crud = true)
class ReleaseFeedTest {

    private final Waiting waiting = new Waiting(0.1, (what, elapsed, lastSeen) -> { });

    KubernetesClient client;

    @Test
    void aReleaseIsFollowedInItsNamespace() {
        rollout("elsewhere", "Healthy").create();
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            assertThat(feed.lastKnown().rollout()).isEmpty();
            assertThat(feed.whereToLook()).isEqualTo("kubectl argo rollouts get rollout NAME -n shop");

            rollout("shop", "Progressing").create();
            client.resource(new ServiceBuilder().withNewMetadata().withNamespace("shop").withName("active")
                    .endMetadata()
                    .withNewSpec().addToSelector("rollouts-pod-template-hash", "new").endSpec().build()).create();
            Release made = waiting.until(feed, ReleaseExpectations.that("it is there", release ->
                    release.rollout().isPresent() && release.service("active").isPresent()), WaitLimit.SYNC);
            assertThat(made.rollout().orElseThrow().phase()).isEqualTo("Progressing");
            assertThat(made.service("active").orElseThrow().hash()).isEqualTo("new");
            assertThat(feed.whereToLook()).isEqualTo("kubectl argo rollouts get rollout sample-api -n shop");

            rollout("shop", "Healthy").update();
            waiting.until(feed, ReleaseExpectations.that("it is healthy", release ->
                    release.rollout().filter(Rollout::healthy).isPresent()), WaitLimit.SYNC);

            rollout("shop", "Healthy").delete();
            waiting.until(feed, ReleaseExpectations.that("it is gone", release -> release.rollout().isEmpty()),
                    WaitLimit.SYNC);
        }
    }

    @Test
    void ofSeveralRolloutsTheChosenOneIsFollowed() {
        rollout("shop", "Healthy").create();
        List<String> seen = new CopyOnWriteArrayList<>();
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop", ReleaseImages.ANY,
                Optional.of("worker"), rollout -> seen.add(rollout.name()))) {
            assertThat(feed.lastKnown().rollout()).isEmpty();
            rollout("shop", "worker", "Progressing").create();
            Release release = waiting.until(feed, ReleaseExpectations.that("it is there", known ->
                    known.rollout().isPresent()), WaitLimit.SYNC);
            assertThat(release.rollout().orElseThrow().phase()).isEqualTo("Progressing");
            assertThat(feed.readNow().rollout().orElseThrow().name()).isEqualTo("worker");
        }
        assertThat(seen).containsOnly("worker");
    }

    /** A pod may be gone again before anybody reads the state. */
    @Test
    void everyPodIsShownAlthoughItIsGoneByNow() throws InterruptedException {
        BlockingQueue<String> shown = new LinkedBlockingQueue<>();
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            Subscription witness = feed.onPod(pod -> shown.add(pod.name() + " " + pod.hash()));
            Resource<Pod> pod = client.resource(new PodBuilder().withNewMetadata().withNamespace("shop")
                    .withName("one").addToLabels("rollouts-pod-template-hash", "old").endMetadata().build());
            pod.create();
            pod.delete();
            assertThat(shown.poll(20, TimeUnit.SECONDS)).isEqualTo("one old");
            witness.close();
            client.resource(new PodBuilder().withNewMetadata().withNamespace("shop").withName("two").endMetadata()
                    .build()).create();
            waiting.until(feed, ReleaseExpectations.that("it is there", release -> release.pods().size() == 1),
                    WaitLimit.SYNC);
        }
        assertThat(shown).noneMatch(name -> name.startsWith("two"));
    }

    @Test
    void aListenerThatEndedItsSubscriptionIsLeftAlone() {
        AtomicInteger changes = new AtomicInteger();
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            Subscription ended = feed.onChange(changes::incrementAndGet);
            ended.close();
            rollout("shop", "Healthy").create();
            waiting.until(feed, ReleaseExpectations.that("it is there", release -> release.rollout().isPresent()),
                    WaitLimit.SYNC);
        }
        assertThat(changes).hasValue(0);
    }

    @Test
    void whatTheObjectsComplainOfIsFollowedToo() {
        rollout("shop", "Progressing").create();
        try (ReleaseFeed feed = new ReleaseFeed(client, "shop")) {
            client.resource(new ReplicaSetBuilder().withNewMetadata().withNamespace("shop").withName("set")
                    .endMetadata()
                    .withNewStatus().addNewCondition().withType("ReplicaFailure").withStatus("True")
                    .withReason("FailedCreate").withMessage("exceeded quota: small, requested: pods=1").endCondition()
                    .endStatus().build()).create();
            Release complaining = waiting.until(feed, ReleaseExpectations.that("it complains", release ->
                    !release.symptoms().conditions().isEmpty()), WaitLimit.SYNC);
            assertThat(complaining.symptoms().conditions()).containsExactly(new ConditionState("ReplicaSet", "set",
                    "ReplicaFailure", "True", "FailedCreate", "exceeded quota: small, requested: pods=1"));
            assertThat(complaining.symptoms().quotas()).as("quotas of the delivery").isEmpty();
            assertThat(feed.readNow().symptoms()).isEqualTo(complaining.symptoms());
        }
    }

    @ParameterizedTest
    @CsvSource({"argocd.argoproj.io/tracking-id, true", "app.kubernetes.io/instance, true", "team, false"})
    void aQuotaThatArgoCdAppliedBelongsToTheDelivery(String mark, boolean delivered) {
        client.resource(new ResourceQuotaBuilder().withNewMetadata().withNamespace("shop").withName("small")
                .addToAnnotations(mark, "shop").endMetadata().build()).create();
        List<ConditionState> complaints = List.of(new ConditionState("ReplicaSet", "set", "ReplicaFailure", "True",
                "FailedCreate", "exceeded quota: small, requested: pods=1"));
        DeliveredQuotas quotas = new DeliveredQuotas(client, "shop");
        assertThat(quotas.of(complaints)).isEqualTo(delivered ? Set.of("small") : Set.of());
        client.resourceQuotas().inNamespace("shop").withName("small").delete();
        assertThat(quotas.of(complaints)).as("read once").isEqualTo(delivered ? Set.of("small") : Set.of());
        assertThat(quotas.of(List.of())).isEmpty();
    }

    private Resource<GenericKubernetesResource> rollout(String namespace, String phase) {
        return rollout(namespace, "sample-api", phase);
    }

    private Resource<GenericKubernetesResource> rollout(String namespace, String name, String phase) {
        GenericKubernetesResource object = new GenericKubernetesResourceBuilder().withApiVersion("argoproj.io/v1alpha1")
                .withKind("Rollout")
                .withNewMetadata().withNamespace(namespace).withName(name).withGeneration(1L).endMetadata()
                .addToAdditionalProperties("status", Map.of("observedGeneration", "1", "phase", phase)).build();
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder().withGroup("argoproj.io")
                .withVersion("v1alpha1").withKind("Rollout").withPlural("rollouts").withNamespaced(true).build())
                .inNamespace(namespace).resource(object);
    }
}
