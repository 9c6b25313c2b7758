package delivery.kubernetes;

import delivery.failure.EnvironmentNotFit;
import delivery.rollout.NamespacedObject;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;

/** Copies Secrets and ConfigMaps from one namespace into another. Their contents go nowhere else. */
public record NamespaceCopy(KubernetesClient client, String from) {

    /**
     * Creates a copy with the same content, and nothing else of the original.
     *
     * @throws EnvironmentNotFit if there is no such object, or it may not be read or created
     */
    public void copy(NamespacedObject object, String to, Map<String, String> labels) {
        HasMetadata original = read(object);
        ObjectMeta metadata =
                new ObjectMetaBuilder().withName(object.name()).withNamespace(to).withLabels(labels).build();
        try {
            client.resource(copy(original, metadata)).create();
        } catch (KubernetesClientException refused) {
            throw failed("copying " + object + " from " + from + " to " + to, refused);
        }
    }

    /** @throws EnvironmentNotFit if there is no such object, or it may not be read */
    public void require(NamespacedObject object) {
        read(object);
    }

    private HasMetadata read(NamespacedObject object) {
        HasMetadata original;
        try {
            original = object.kind().equals("Secret")
                    ? client.secrets().inNamespace(from).withName(object.name()).get()
                    : client.configMaps().inNamespace(from).withName(object.name()).get();
        } catch (KubernetesClientException refused) {
            throw failed("reading " + object + " of " + from, refused);
        }
        if (original == null) {
            throw new EnvironmentNotFit("COPY names " + object.argument() + ", which namespace " + from
                    + " does not have", "Correct COPY, or make it there");
        }
        return original;
    }

    private static HasMetadata copy(HasMetadata original, ObjectMeta metadata) {
        if (original instanceof Secret secret) {
            return new SecretBuilder().withMetadata(metadata).withType(secret.getType()).withData(secret.getData())
                    .build();
        }
        ConfigMap map = (ConfigMap) original;
        return new ConfigMapBuilder().withMetadata(metadata).withData(map.getData()).withBinaryData(map.getBinaryData())
                .build();
    }

    /** The server's message is left out: it may quote the contents of an object that the server refuses. */
    private static EnvironmentNotFit failed(String what, KubernetesClientException refused) {
        return refused.getCode() == 403
                ? new EnvironmentNotFit("The user of KUBECONFIG may not do this: " + what + " (HTTP 403)",
                        "Allow get in the live namespace and create in new ones, or take it out of COPY")
                : new EnvironmentNotFit("The Kubernetes API failed at " + what + " (HTTP " + refused.getCode() + ")",
                        "See whether the API server is well, and whether the object is there already");
    }
}
