package delivery.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.environment.Platform;
import delivery.kubernetes.ResourceKind;
import delivery.restoration.JournalStore;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of a live release of the lab: everything that a run in place changes and puts back.
 *
 * @param spec     specification of the Application
 * @param objects  specifications of all objects that it deploys, with routes and their weights, by kind and name
 * @param stable   the stable ReplicaSet of each Rollout, and whether it is healthy
 * @param sets     names of its ReplicaSets
 * @param journals names of the journals in the cluster
 */
public record LiveState(JsonNode spec, Map<String, JsonNode> objects, Map<String, String> stable, List<String> sets,
        List<String> journals) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the state of the release that APPLICATION names. */
    public static LiveState of(Platform platform) {
        JsonNode application = platform.argoCd().object(platform.settings().application()).orElseThrow();
        String namespace = application.at("/spec/destination/namespace").asText();
        Map<String, JsonNode> objects = new TreeMap<>();
        platform.argoCd().resources().live(Application.parse(application)).forEach(object -> objects.put(
                object.path("kind").asText() + " " + object.at("/metadata/name").asText(), spec(object)));
        Map<String, String> stable = new TreeMap<>();
        for (GenericKubernetesResource found : platform.cluster().client()
                .genericKubernetesResources(ResourceKind.ROLLOUT.context()).inNamespace(namespace).list().getItems()) {
            JsonNode object = JSON.valueToTree(found);
            stable.put(found.getMetadata().getName(), object.at("/status/stableRS").asText() + " "
                    + object.at("/status/phase").asText() + object.at("/status/canary/weights"));
        }
        return new LiveState(application.path("spec"), objects, stable, platform.cluster().client().apps()
                .replicaSets().inNamespace(namespace).list().getItems().stream()
                .map(set -> set.getMetadata().getName()).sorted(Comparator.naturalOrder()).toList(),
                platform.cluster().client().configMaps()
                        .inNamespace(application.at("/metadata/namespace").asText()).list().getItems().stream()
                        .map(found -> found.getMetadata().getName())
                        .filter(name -> name.startsWith(JournalStore.PREFIX)).toList());
    }

    /** Leaves out addresses: a Service that only one strategy has is created again, and gets another address. */
    private static JsonNode spec(JsonNode object) {
        JsonNode spec = object.path("spec").deepCopy();
        if (object.path("kind").asText().equals("Service")) {
            ((ObjectNode) spec).remove(List.of("clusterIP", "clusterIPs"));
        }
        return spec;
    }

    /** Returns the differences between this state and a later one, a sentence each; empty if there are none. */
    public List<String> differences(LiveState now) {
        List<String> found = new ArrayList<>();
        if (!spec.equals(Application::compare, now.spec)) {
            found.add("the Application's spec is " + now.spec + " and was " + spec);
        }
        objects.forEach((name, before) -> {
            if (!now.objects.containsKey(name) || !before.equals(Application::compare, now.objects.get(name))) {
                found.add("the spec of " + name + " is " + now.objects.get(name) + " and was " + before);
            }
        });
        now.objects.keySet().stream().filter(name -> !objects.containsKey(name))
                .forEach(name -> found.add(name + " is there and was not"));
        if (!stable.equals(now.stable)) {
            found.add("stable is " + now.stable + " and was " + stable);
        }
        if (!sets.equals(now.sets)) {
            found.add("the ReplicaSets are " + now.sets + " and were " + sets);
        }
        if (!now.journals.isEmpty()) {
            found.add("journals are there: " + now.journals);
        }
        return found;
    }
}
