package delivery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.failure.EnvironmentNotFit;
import delivery.rollout.AnalysisRunState;
import delivery.rollout.ConditionState;
import delivery.rollout.ContainerExit;
import delivery.rollout.EventState;
import delivery.rollout.PodState;
import delivery.rollout.Release;
import delivery.rollout.ReleaseImages;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Rollout;
import delivery.rollout.ServerTime;
import delivery.rollout.ServiceState;
import delivery.rollout.Symptoms;
import delivery.waiting.Feed;
import delivery.waiting.FeedOutage;
import delivery.waiting.Listeners;
import delivery.waiting.Subscription;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A namespace's one release, as watches of the Kubernetes API report it. A broken watch is opened again, however it
 * broke, from a new list if it missed something.
 */
public final class ReleaseFeed implements Feed<Release>, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The kinds that make up a release. */
    private static final List<ResourceKind> KINDS = List.of(ResourceKind.ROLLOUT, ResourceKind.ANALYSIS_RUN,
            ResourceKind.REPLICA_SET, ResourceKind.POD, ResourceKind.SERVICE);

    private static final long LONGEST_START_SECONDS = 30;

    private final KubernetesClient client;
    private final String namespace;
    private final ReleaseImages images;
    private final Optional<String> chosen;
    private final Listeners listeners = new Listeners();
    private final List<Consumer<PodState>> podWitnesses = new CopyOnWriteArrayList<>();
    private final FeedOutage gap =
            new FeedOutage("The Kubernetes API", "See whether the API server is well and can be reached from here");
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();
    private final Map<ResourceKind, LatestVersionStore> stores = new EnumMap<>(ResourceKind.class);
    private final WarningEvents warnings;
    private final DeliveredQuotas quotas;

    /** Opens the watches and waits for their first lists. */
    public ReleaseFeed(KubernetesClient client, String namespace) {
        this(client, namespace, ReleaseImages.ANY, Optional.empty(), seen -> { });
    }

    /**
     * Opens the watches of a release.
     *
     * @param images  its own images; a pod's other containers do not count
     * @param chosen  the name of its Rollout if the namespace has others, which are ignored
     * @param witness sees every reported state of the Rollout, even those between two looks; on any thread
     */
    public ReleaseFeed(KubernetesClient client, String namespace, ReleaseImages images, Optional<String> chosen,
            Consumer<Rollout> witness) {
        this.client = client;
        this.namespace = namespace;
        this.images = images;
        this.chosen = chosen;
        this.quotas = new DeliveredQuotas(client, namespace);
        this.warnings = new WarningEvents(client, namespace, new ChangeHandler(object -> { }));
        for (ResourceKind kind : KINDS) {
            stores.put(kind, new LatestVersionStore());
            informers.add(client.genericKubernetesResources(kind.context()).inNamespace(namespace)
                    .runnableInformer(0).addEventHandler(new ChangeHandler(kind == ResourceKind.ROLLOUT
                            ? object -> chosen(JSON.valueToTree(object)).map(own -> new Rollout(own, images))
                                    .ifPresent(witness)
                            : kind == ResourceKind.POD ? this::showPod : object -> { }))
                    .itemStore(stores.get(kind))
                    // Without this handler the informer would stop for good after one event that cannot be read.
                    .exceptionHandler((started, broken) -> started));
        }
        // Start them all at once and limit the time: the client sets no limit of its own to the first lists.
        CompletableFuture<?>[] started = informers.stream()
                .map(informer -> informer.start().toCompletableFuture()).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(started).get(LONGEST_START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException broken) {
            close();
            throw ApiFailure.of("opening the watches of " + namespace, broken);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the watches of " + namespace + " were opened", e);
        }
    }

    @Override
    public Release lastKnown() {
        if (informers.stream().allMatch(SharedIndexInformer::isWatching)) {
            gap.ends();
        } else {
            gap.lasts("its watches of " + namespace + " are broken");
        }
        gap.requireShort();
        return release(kind -> stores.get(kind).trees(), warnings.lastKnown());
    }

    @Override
    public Release readNow() {
        try {
            return release(kind -> listed(kind).stream().map(object -> JSON.<JsonNode>valueToTree(object)).toList(),
                    warnings.readNow());
        } catch (KubernetesClientException broken) {
            throw ApiFailure.of("reading the release in " + namespace, broken);
        }
    }

    /** Returns the listed objects; an answer that is not a list would look like an empty one, as if all were gone. */
    private List<GenericKubernetesResource> listed(ResourceKind kind) {
        GenericKubernetesResourceList list =
                client.genericKubernetesResources(kind.context()).inNamespace(namespace).list();
        if (list == null || list.getItems() == null || list.getMetadata() == null
                || list.getMetadata().getResourceVersion() == null || list.getItems().stream().anyMatch(item ->
                        item == null || item.getMetadata() == null || item.getMetadata().getName() == null)) {
            throw new EnvironmentNotFit("The server that answered while reading the release in " + namespace
                    + " is not a Kubernetes API: it sent no list of " + kind.context().getPlural(),
                    "See whether KUBECONFIG has the address of the API server itself");
        }
        return list.getItems();
    }

    private Release release(Function<ResourceKind, List<JsonNode>> source, List<EventState> events) {
        Map<ResourceKind, List<JsonNode>> objects = new EnumMap<>(ResourceKind.class);
        KINDS.forEach(kind -> objects.put(kind, source.apply(kind)));
        List<ConditionState> conditions = Stream.of(ResourceKind.ROLLOUT, ResourceKind.REPLICA_SET, ResourceKind.POD)
                .flatMap(kind -> objects.get(kind).stream()
                        .flatMap(object -> ConditionState.parse(kind.context().getKind(), object))).toList();
        Optional<JsonNode> rollout = objects.get(ResourceKind.ROLLOUT).stream()
                .flatMap(object -> chosen(object).stream()).findFirst();
        // Parse the Rollout first: it determines which of a pod's images is the release's.
        return new Release(rollout.map(object -> new Rollout(object, images)),
                objects.get(ResourceKind.REPLICA_SET).stream().map(object -> ReplicaSetState.parse(object, images))
                        .toList(),
                objects.get(ResourceKind.POD).stream().map(object -> PodState.parse(object, images)).toList(),
                objects.get(ResourceKind.SERVICE).stream().map(ServiceState::parse).toList(),
                objects.get(ResourceKind.ANALYSIS_RUN).stream().map(AnalysisRunState::parse).toList(),
                new Symptoms(conditions, events,
                        objects.get(ResourceKind.POD).stream().flatMap(ContainerExit::parse).toList(),
                        rollout.flatMap(object -> ServerTime.changed(object, "status"))
                                .map(ServerTime::toString).orElse(""), quotas.of(conditions)));
    }

    private Optional<JsonNode> chosen(JsonNode rollout) {
        return Optional.of(rollout).filter(object -> chosen.filter(name ->
                !name.equals(object.at("/metadata/name").asText(""))).isEmpty());
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return listeners.add(listener);
    }

    /**
     * Shows every state of a pod that is reported from now on, even those between two looks, on any thread. Existing
     * pods may be shown as well.
     */
    public Subscription onPod(Consumer<PodState> witness) {
        podWitnesses.add(witness);
        return () -> podWitnesses.remove(witness);
    }

    private void showPod(GenericKubernetesResource object) {
        podWitnesses.forEach(witness -> witness.accept(PodState.parse(JSON.valueToTree(object), images)));
    }

    @Override
    public String whereToLook() {
        return "kubectl argo rollouts get rollout "
                + lastKnown().rollout().map(Rollout::name).orElse("NAME") + " -n " + namespace;
    }

    @Override
    public void close() {
        warnings.close();
        informers.forEach(SharedIndexInformer::close);
    }

    private final class ChangeHandler implements ResourceEventHandler<GenericKubernetesResource> {

        private final Consumer<GenericKubernetesResource> seen;

        ChangeHandler(Consumer<GenericKubernetesResource> seen) {
            this.seen = seen;
        }

        @Override
        public void onAdd(GenericKubernetesResource object) {
            changed(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            changed(object);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
            listeners.changed();
        }

        private void changed(GenericKubernetesResource object) {
            seen.accept(object);
            listeners.changed();
        }
    }
}
