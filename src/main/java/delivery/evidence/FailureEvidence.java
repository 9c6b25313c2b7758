package delivery.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.kubernetes.ResourceKind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A namespace's evidence of a failure: its events, its pods' logs, and its Rollouts, ReplicaSets and AnalysisRuns. It
 * must be collected before any clean-up. Secrets are not read, and the values of the pods' environment are left out.
 */
public record FailureEvidence(KubernetesClient client, Evidence evidence) {

    private static final int LAST_LINES = 100;
    private static final int MOST_PODS = 30;
    private static final int MOST_EVENTS = 500;
    private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Attaches everything that can be read. If something cannot be read, the reason is attached instead: the failure
     * that is being documented must not be replaced by another.
     */
    public void collect(String namespace) {
        attach("Events of " + namespace, () -> events(namespace));
        attach("Rollouts of " + namespace, () -> yaml(of(namespace, ResourceKind.ROLLOUT)));
        attach("ReplicaSets of " + namespace,
                () -> yaml(client.apps().replicaSets().inNamespace(namespace).list().getItems()));
        attach("AnalysisRuns of " + namespace, () -> yaml(of(namespace, ResourceKind.ANALYSIS_RUN)));
        List<Pod> pods = new ArrayList<>();
        attach("Pods of " + namespace, () -> {
            pods.addAll(client.pods().inNamespace(namespace).list().getItems());
            return pods.isEmpty() ? "none" : pods.stream().map(FailureEvidence::line).collect(Collectors.joining("\n"));
        });
        pods.stream().limit(MOST_PODS).forEach(this::logs);
    }

    private void logs(Pod pod) {
        String name = pod.getMetadata().getName();
        Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .map(Container::getName).forEach(in -> {
                    attach("Log of " + name + "/" + in, () -> log(pod, in, false));
                    if (restarts(pod, in) > 0) {
                        attach("Log of " + name + "/" + in + " before its last restart", () -> log(pod, in, true));
                    }
                });
    }

    /** Reads a log directly: the client's method first waits until the pod is ready, which may never happen. */
    private String log(Pod pod, String container, boolean previous) {
        String log = client.raw("/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/"
                + pod.getMetadata().getName() + "/log?container=" + container + "&previous=" + previous
                + "&tailLines=" + LAST_LINES);
        return log == null ? "could not be read: the pod or its container is gone" : log;
    }

    private void attach(String name, Supplier<String> content) {
        String text;
        try {
            text = content.get();
        } catch (KubernetesClientException unreadable) {
            text = "could not be read: " + unreadable.getMessage();
        }
        evidence.attach(name, text.isBlank() ? "none" : text);
    }

    private String events(String namespace) {
        List<Event> events = client.v1().events().inNamespace(namespace).list().getItems();
        return events.stream()
                .sorted(Comparator.comparing(FailureEvidence::time))
                .skip(Math.max(0, events.size() - MOST_EVENTS))
                .map(event -> String.join("  ", time(event), text(event.getType()), text(event.getReason()),
                        text(event.getInvolvedObject().getKind()) + "/" + text(event.getInvolvedObject().getName()),
                        text(event.getMessage())))
                .collect(Collectors.joining("\n"));
    }

    private List<? extends HasMetadata> of(String namespace, ResourceKind kind) {
        return client.genericKubernetesResources(kind.context()).inNamespace(namespace).list().getItems();
    }

    private static String yaml(List<? extends HasMetadata> objects) {
        return objects.stream().map(object -> {
            // The managers of the fields are most of an object's text and do not help to explain a failure.
            object.getMetadata().setManagedFields(List.of());
            JsonNode shown = JSON.valueToTree(object);
            if (shown.at("/metadata/annotations") instanceof ObjectNode annotations) {
                annotations.remove(APPLIED);
            }
            // A secret may stand there in plain text.
            shown.findValues("env").forEach(env -> env.forEach(variable -> {
                if (variable.has("value")) {
                    ((ObjectNode) variable).put("value", "(left out)");
                }
            }));
            return Serialization.asYaml(shown);
        }).collect(Collectors.joining());
    }

    private static int restarts(Pod pod, String container) {
        return pod.getStatus() == null ? 0 : pod.getStatus().getContainerStatuses().stream()
                .filter(status -> container.equals(status.getName())).map(ContainerStatus::getRestartCount)
                .mapToInt(count -> count == null ? 0 : count).sum();
    }

    private static String line(Pod pod) {
        String phase = pod.getStatus() == null ? "" : text(pod.getStatus().getPhase());
        String waiting = pod.getStatus() == null ? "" : pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
                .map(status -> status.getName() + " waits: " + text(status.getState().getWaiting().getReason()) + " "
                        + text(status.getState().getWaiting().getMessage()))
                .collect(Collectors.joining("; "));
        return String.join("  ", pod.getMetadata().getName(), phase, waiting).stripTrailing();
    }

    /** Returns an event's time; events of the newer kind have no last timestamp. */
    private static String time(Event event) {
        return event.getLastTimestamp() != null ? event.getLastTimestamp()
                : event.getEventTime() == null ? "" : text(event.getEventTime().getTime());
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
