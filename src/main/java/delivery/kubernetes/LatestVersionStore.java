package delivery.kubernetes;

import delivery.waiting.ResourceVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Objects;

/** The newest state of each object that a watch has reported: late and repeated events change nothing. */
final class LatestVersionStore extends BasicItemStore<GenericKubernetesResource> {

    LatestVersionStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        GenericKubernetesResource known = get(key);
        return known != null && version(known.getMetadata()).isLaterThan(version(object.getMetadata()))
                ? known : super.put(key, object);
    }

    private static ResourceVersion version(ObjectMeta metadata) {
        return new ResourceVersion(Objects.requireNonNullElse(metadata.getUid(), ""),
                Objects.requireNonNullElse(metadata.getResourceVersion(), ""));
    }
}
