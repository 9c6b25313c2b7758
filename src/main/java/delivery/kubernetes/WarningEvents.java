package delivery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.rollout.EventState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;

/**
 * The warning events of a namespace, as far as they are available: they only explain a state, which is also judged if
 * they may not be read or come late.
 */
final class WarningEvents implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final String namespace;
    private final LatestVersionStore store = new LatestVersionStore();
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    /** Follows them if that is allowed. */
    WarningEvents(KubernetesClient client, String namespace, ResourceEventHandler<GenericKubernetesResource> changes) {
        this.client = client;
        this.namespace = namespace;
        this.informer = warnings().runnableInformer(0).addEventHandler(changes).itemStore(store)
                .exceptionHandler((started, broken) -> started);
        if (mayBeRead()) {
            informer.start().exceptionally(withoutThem -> null);
        }
    }

    /** Whether they may be read. A refused watch fills the log; a failure's evidence says that they may not be read. */
    private boolean mayBeRead() {
        try {
            warnings().list(new ListOptionsBuilder().withLimit(1L).build());
            return true;
        } catch (KubernetesClientException refused) {
            return false;
        }
    }

    private FilterWatchListDeletable<GenericKubernetesResource, GenericKubernetesResourceList,
            Resource<GenericKubernetesResource>> warnings() {
        return client.genericKubernetesResources(ResourceKind.EVENT.context()).inNamespace(namespace)
                .withField("type", "Warning");
    }

    /** Returns the events that are known. */
    List<EventState> lastKnown() {
        return store.trees().stream().map(EventState::parse).toList();
    }

    /** Returns the events that the API has now, or the known ones if the API does not answer. */
    List<EventState> readNow() {
        try {
            GenericKubernetesResourceList list = warnings().list();
            return list == null || list.getItems() == null ? lastKnown() : list.getItems().stream()
                    .map(event -> EventState.parse(JSON.<JsonNode>valueToTree(event))).toList();
        } catch (KubernetesClientException unavailable) {
            return lastKnown();
        }
    }

    @Override
    public void close() {
        informer.close();
    }
}
