package delivery.mutants;

import delivery.argocd.Application;
import delivery.environment.Platform;
import delivery.gateway.Users;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.RouteFeed;
import delivery.traffic.Sample;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A watch on the live release of a mutant, which a run may only read: its objects must stay as they are, and its users
 * must be answered all the while.
 */
final class LiveWatch implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final double PER_SECOND = 2;

    private final Platform platform;
    private final Application application;
    private final boolean objectsStay;
    private final BackgroundTraffic users;
    private final Map<String, String> before;

    /**
     * Begins to watch once the gateway serves the release.
     *
     * @param objectsStay whether the cluster already has the objects of its Application, so that Argo CD has nothing to
     *                    change
     */
    LiveWatch(Platform platform, Application application, String host, boolean objectsStay) {
        this.platform = platform;
        this.application = application;
        this.objectsStay = objectsStay;
        new Waiting(1, (what, elapsed, seen) -> { }).until(new RouteFeed(() -> platform.gateway()
                .sample(new Users(host), Endpoint.VERSION, 2, 1),
                "curl -H 'Host: " + host + "'"), RouteFeed.answersOnly("the gateway", "1.0.0"), WaitLimit.ROUTE);
        this.before = objects();
        this.users = platform.gateway().observe(host, Endpoint.VERSION, LONGEST, PER_SECOND);
    }

    /** Returns what a run did to the release; empty if nothing. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        Sample answers = users.stop();
        if (answers.size() == 0 || !answers.failures().isEmpty() || answers.byVersion().size() != 1) {
            complaints.add("of " + answers.size() + " requests of the live release's users " + answers.failures()
                    + " failed, the others were answered by " + answers.byVersion());
        }
        if (objectsStay) {
            Map<String, String> now = objects();
            before.forEach((object, version) -> {
                if (!version.equals(now.get(object))) {
                    complaints.add("the live " + object + " is " + now.getOrDefault(object, "gone") + ", it was "
                            + version);
                }
            });
        }
        return complaints;
    }

    /** Returns the resource version, by name, of every object of its Application. */
    private Map<String, String> objects() {
        Map<String, String> objects = new TreeMap<>();
        platform.argoCd().resources().live(application).forEach(known -> {
            String name = known.at("/metadata/name").asText();
            String namespace = known.at("/metadata/namespace").asText("");
            var kind = platform.cluster().client().genericKubernetesResources(known.path("apiVersion").asText(),
                    known.path("kind").asText());
            GenericKubernetesResource now = namespace.isEmpty() ? kind.withName(name).get()
                    : kind.inNamespace(namespace).withName(name).get();
            objects.put(known.path("kind").asText() + " " + name,
                    now == null ? "gone" : now.getMetadata().getResourceVersion());
        });
        return objects;
    }

    @Override
    public void close() {
        users.close();
    }
}
