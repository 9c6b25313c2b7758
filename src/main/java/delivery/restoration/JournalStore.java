package delivery.restoration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.ApiFailure;
import delivery.kubernetes.ProcessIdentity;
import delivery.kubernetes.RunNamespaces;
import delivery.text.OwnershipLabels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The journal of what a run changes in a live release. It is a ConfigMap, so that a later run can put back the changes
 * of one that was killed. Only the run that created it writes to it.
 *
 * @param namespace of the ConfigMap
 * @param name      of the ConfigMap
 * @param run       id of this run
 */
public record JournalStore(KubernetesClient client, String namespace, String name, String run) {

    /** The beginning of the name of each journal that no setting names. */
    public static final String PREFIX = "progressive-delivery-";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RENEWED = "delivery.acceptance/renewed";
    private static final String PATCH = "application.patch";
    private static final String POINT = "before.json";
    private static final String WRITTEN = "written.json";

    /**
     * The journal of an Application.
     *
     * @param object the Application, whole
     * @param named  the journal that a setting names, as namespace/name
     */
    public static JournalStore of(KubernetesClient client, JsonNode object, Optional<String> named, String run) {
        String[] place = named.orElse(object.at("/metadata/namespace").asText("") + "/" + PREFIX
                + object.at("/metadata/name").asText("")).split("/");
        return new JournalStore(client, place[0], place[1], run);
    }

    /**
     * The content of a journal.
     *
     * @param written     specifications of the Application, one of which the run that holds it wrote last
     * @param annotations the process that holds it, and the time of its last sign of life
     * @param version     the resource version of the ConfigMap
     */
    record Entry(RestorePoint point, List<JsonNode> written, Map<String, String> annotations, String run,
            String version) {

        String renewed() {
            return annotations.getOrDefault(RENEWED, "");
        }

        String holder() {
            return "run " + run + ProcessIdentity.words(annotations) + ", which said so last at " + renewed();
        }
    }

    /**
     * Reads the journal; empty if there is none.
     *
     * @throws EnvironmentNotFit if it cannot be read
     */
    Optional<Entry> read() {
        return found().map(this::entry);
    }

    private Optional<ConfigMap> found() {
        try {
            return Optional.ofNullable(resource().get());
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("reading the journal " + this, refused);
        }
    }

    /** Reads the journal; empty if there is none, or it may not be read. */
    Optional<Entry> readIfAllowed() {
        try {
            return read();
        } catch (EnvironmentNotFit unknown) {
            if (unknown.getCause() instanceof KubernetesClientException refused
                    && (refused.getCode() == 403 || refused.getCode() == 401)) {
                return Optional.empty();
            }
            throw unknown;
        }
    }

    private Entry entry(ConfigMap found) {
        Map<String, String> data = Optional.ofNullable(found.getData()).orElse(Map.of());
        try {
            List<JsonNode> written = new ArrayList<>();
            JSON.readTree(data.getOrDefault(WRITTEN, "[]")).forEach(written::add);
            JsonNode point = JSON.readTree(data.getOrDefault(POINT, ""));
            if (!point.at("/application/spec").isObject() || !point.at("/rollout/spec").isObject()) {
                throw unreadable(null);
            }
            return new Entry(RestorePoint.parse(point), written,
                    Optional.ofNullable(found.getMetadata().getAnnotations()).orElse(Map.of()),
                    holder(found), Optional.ofNullable(found.getMetadata().getResourceVersion()).orElse(""));
        } catch (JsonProcessingException broken) {
            throw unreadable(broken);
        }
    }

    private static String holder(ConfigMap found) {
        return Optional.ofNullable(found.getMetadata().getLabels()).orElse(Map.of())
                .getOrDefault(OwnershipLabels.RUN, "unknown");
    }

    private EnvironmentNotFit unreadable(Throwable cause) {
        return new EnvironmentNotFit("The ConfigMap " + this + " is not a journal of a run, or was damaged",
                "Look whether the live release is as it should be, then delete it, or set JOURNAL to another one",
                cause);
    }

    /**
     * Creates the journal, before anything is changed.
     *
     * @throws EnvironmentNotFit if it cannot be written, or another run was faster
     */
    void create(RestorePoint point) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("about", about(point));
        ArrayNode patch = JSON.createArrayNode();
        patch.addObject().put("op", "replace").put("path", "/spec").set("value", point.spec());
        data.put(PATCH, patch.toString());
        data.put(POINT, point.json().toString());
        // The largest number that is ever written, so that a journal that fits now fits later.
        data.put(WRITTEN, JSON.createArrayNode().add(point.spec()).add(point.held(true)).toString());
        try {
            client.resource(new ConfigMapBuilder().withNewMetadata().withName(name).withNamespace(namespace)
                    .withLabels(RunNamespaces.labels(run)).withAnnotations(ProcessIdentity.self().annotations())
                    .addToAnnotations(RENEWED, Instant.now().toString()).endMetadata().withData(data).build())
                    .create();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == 409) {
                throw new EnvironmentNotFit("Another run has just written the journal " + this,
                        "Wait until it has ended", refused);
            }
            throw ApiFailure.of("writing the journal " + this, refused);
        }
    }

    private String about(RestorePoint point) {
        return "A run of the acceptance suite proves the delivery of the Application " + point.name()
                + " in place. Whatever ends it, the next run puts back what it changed. By hand: " + byHand(point);
    }

    /** The commands that put the Application back by hand. */
    String byHand(RestorePoint point) {
        return "kubectl get configmap " + name + " -n " + namespace + " -o jsonpath='{.data."
                + PATCH.replace(".", "\\.") + "}' | kubectl patch applications.argoproj.io " + point.name() + " -n "
                + point.namespace() + " --type json --patch-file /dev/stdin";
    }

    /** The command that discards the journal once nothing is left to be put back. */
    String discard() {
        return "kubectl delete configmap " + name + " -n " + namespace;
    }

    /** Records the specifications, one of which the Application may have from now on by this run's doing. */
    void written(List<JsonNode> specs) {
        ArrayNode all = JSON.createArrayNode().addAll(specs);
        patch(JSON.createObjectNode().set("data", JSON.createObjectNode().put(WRITTEN, all.toString())));
    }

    /** Renews the sign of life of the run. */
    void renew() {
        patch(JSON.createObjectNode().set("metadata", JSON.createObjectNode().set("annotations", holder())));
    }

    /**
     * Makes this run the holder of the journal that an earlier one left.
     *
     * @throws EnvironmentNotFit if another run was faster
     */
    void takeOver(Entry left) {
        ObjectNode metadata = JSON.createObjectNode().put("resourceVersion", left.version());
        metadata.set("labels", JSON.valueToTree(RunNamespaces.labels(run)));
        metadata.set("annotations", holder());
        patch(JSON.createObjectNode().set("metadata", metadata));
    }

    private static ObjectNode holder() {
        ObjectNode annotations = JSON.valueToTree(ProcessIdentity.self().annotations());
        return annotations.put(RENEWED, Instant.now().toString());
    }

    private void patch(JsonNode change) {
        try {
            resource().patch(PatchContext.of(PatchType.JSON_MERGE), change.toString());
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == 409) {
                throw new EnvironmentNotFit("Another run has just written the journal " + this,
                        "Wait until it has ended", refused);
            }
            throw ApiFailure.of("writing the journal " + this, refused);
        }
    }

    /** @throws EnvironmentNotFit if the journal is gone, or another run's by now */
    void requireOwn() {
        ConfigMap there = found().orElseThrow(() -> another("nobody: it was deleted"));
        if (!holder(there).equals(run)) {
            throw another(holder(there));
        }
    }

    /** The error that the journal is another run's by now; empty if it is this one's, or gone. */
    Optional<EnvironmentNotFit> another() {
        return found().map(JournalStore::holder).filter(holder -> !holder.equals(run)).map(this::another);
    }

    /** @throws EnvironmentNotFit if the journal is another run's by now */
    void requireNoOther() {
        another().ifPresent(another -> {
            throw another;
        });
    }

    /**
     * Makes sure that the journal is this run's. Writes it again if somebody deleted it while the release is changed.
     *
     * @throws EnvironmentNotFit if it is another run's by now
     */
    void keep(RestorePoint point, List<JsonNode> written) {
        if (found().isEmpty()) {
            create(point);
            written(written);
        }
        requireOwn();
    }

    private EnvironmentNotFit another(String holder) {
        return new EnvironmentNotFit("The journal " + this + " of the live release is not this run's any more, but "
                + holder, "Let one run at a time prove an Application in place");
    }

    void delete() {
        try {
            resource().delete();
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("deleting the journal " + this, refused);
        }
    }

    private Resource<ConfigMap> resource() {
        return client.configMaps().inNamespace(namespace).withName(name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
