package delivery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.waiting.ResourceVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The newest state of each object that a watch has reported: late and repeated events change nothing. */
final class LatestVersionStore extends BasicItemStore<GenericKubernetesResource> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Map<String, Tree> trees = Map.of();

    LatestVersionStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        GenericKubernetesResource known = get(key);
        return known != null && version(known.getMetadata()).isLaterThan(version(object.getMetadata()))
                ? known : super.put(key, object);
    }

    /**
     * Returns the objects as JSON trees, which nobody may change. Each state of an object is converted once, however
     * often it is looked at.
     */
    synchronized List<JsonNode> trees() {
        Map<String, Tree> now = new LinkedHashMap<>();
        keySet().forEach(key -> {
            GenericKubernetesResource object = get(key);
            Tree known = trees.get(key);
            if (object != null) {
                now.put(key, known != null && known.object() == object ? known
                        : new Tree(object, JSON.valueToTree(object)));
            }
        });
        trees = now;
        return now.values().stream().map(Tree::root).toList();
    }

    private record Tree(GenericKubernetesResource object, JsonNode root) {
    }

    private static ResourceVersion version(ObjectMeta metadata) {
        return new ResourceVersion(Objects.requireNonNullElse(metadata.getUid(), ""),
                Objects.requireNonNullElse(metadata.getResourceVersion(), ""));
    }
}
