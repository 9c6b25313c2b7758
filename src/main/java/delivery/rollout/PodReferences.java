package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The objects that a pod needs in its namespace: pull secrets, and Secrets and ConfigMaps that are not optional. */
public final class PodReferences {

    /** The ConfigMap that Kubernetes creates in every namespace. */
    private static final String ROOT_CERTIFICATE = "kube-root-ca.crt";

    private final Set<NamespacedObject> found = new TreeSet<>();

    private PodReferences() {
    }

    /** @param spec pod specification, as in a template */
    public static Set<NamespacedObject> of(JsonNode spec) {
        PodReferences references = new PodReferences();
        references.pullSecrets(spec);
        Stream.of("containers", "initContainers").forEach(kind -> spec.path(kind).forEach(references::container));
        spec.path("volumes").forEach(volume -> {
            references.add("Secret", volume.path("secret"), "secretName");
            references.add("ConfigMap", volume.path("configMap"), "name");
            volume.at("/projected/sources").forEach(source -> {
                references.add("Secret", source.path("secret"), "name");
                references.add("ConfigMap", source.path("configMap"), "name");
            });
        });
        return references.found;
    }

    /** Returns the pull secrets that pods inherit from their ServiceAccount. */
    public static Set<NamespacedObject> ofServiceAccount(JsonNode account) {
        PodReferences references = new PodReferences();
        references.pullSecrets(account);
        return references.found;
    }

    private void pullSecrets(JsonNode holder) {
        holder.path("imagePullSecrets").forEach(secret -> add("Secret", secret, "name"));
    }

    private void container(JsonNode container) {
        container.path("envFrom").forEach(source -> {
            add("Secret", source.path("secretRef"), "name");
            add("ConfigMap", source.path("configMapRef"), "name");
        });
        container.path("env").forEach(variable -> {
            add("Secret", variable.at("/valueFrom/secretKeyRef"), "name");
            add("ConfigMap", variable.at("/valueFrom/configMapKeyRef"), "name");
        });
    }

    private void add(String kind, JsonNode reference, String field) {
        String name = reference.path(field).asText("");
        if (!name.isEmpty() && !reference.path("optional").asBoolean() && !name.equals(ROOT_CERTIFICATE)) {
            found.add(new NamespacedObject(kind, name));
        }
    }
}
