package delivery.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A person who acts on the releases of a run under another name, as a colleague or a colleague's program does. */
final class OtherHand implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "somebody";

    private final KubernetesClient client;
    private final String prefix;
    private final Mutant.Somebody act;
    private final Map<String, String> first = new ConcurrentHashMap<>();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Watch watch;

    /** @param application the Application that the run's own are copied from, and named after */
    OtherHand(KubernetesClient client, String application, Mutant.Somebody act) {
        this.client = client;
        this.prefix = application + "-";
        this.act = act;
        this.watch = client.genericKubernetesResources("argoproj.io/v1alpha1", "Rollout").inAnyNamespace().watch(
                new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, GenericKubernetesResource rollout) {
                        saw(JSON.valueToTree(rollout));
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        // Needs no report: the mutant's result shows that nobody acted.
                    }
                });
    }

    private void saw(JsonNode rollout) {
        String namespace = rollout.path("metadata").path("namespace").asText();
        if (!namespace.startsWith(prefix)) {
            return;
        }
        JsonNode status = rollout.path("status");
        String image = rollout.path("spec").path("template").path("spec").path("containers").path(0).path("image")
                .asText();
        first.putIfAbsent(namespace, image);
        boolean promoted = !image.equals(first.get(namespace))
                && status.path("blueGreen").path("activeSelector").asText("a")
                        .equals(status.path("currentPodHash").asText("b"))
                && status.path("observedGeneration").asText()
                .equals(rollout.path("metadata").path("generation").asText());
        boolean now = act.does().equals("promote") ? !status.path("pauseConditions").isEmpty() : promoted;
        if (now && done.add(namespace)) {
            clock.schedule(() -> act(namespace, rollout.path("metadata").path("name").asText()), act.millis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void act(String namespace, String name) {
        Resource<GenericKubernetesResource> rollout =
                client.genericKubernetesResources("argoproj.io/v1alpha1", "Rollout")
                .inNamespace(namespace).withName(name);
        try {
            if (act.does().equals("promote")) {
                rollout.subresource("status")
                        .patch(context(PatchType.JSON_MERGE), "{\"status\":{\"pauseConditions\":null}}");
            } else {
                rollout.patch(context(PatchType.JSON), "[{\"op\":\"replace\",\"path\":"
                        + "\"/spec/template/spec/containers/0/image\",\"value\":\"" + first.get(namespace) + "\"}]");
            }
        } catch (KubernetesClientException gone) {
            System.out.println("somebody could not act on " + namespace + ": " + gone.getMessage());
        }
    }

    private static PatchContext context(PatchType type) {
        return new PatchContext.Builder().withPatchType(type).withFieldManager(NAME).build();
    }

    @Override
    public void close() {
        watch.close();
        clock.shutdownNow();
    }
}
