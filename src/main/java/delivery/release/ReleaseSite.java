package delivery.release;

import delivery.environment.Blueprint;
import delivery.environment.Entrances;
import delivery.environment.Platform;
import delivery.restoration.HeldApplication;
import delivery.waiting.Waiting;
import java.util.Optional;

/**
 * The place of a release: the names of its objects, and the host under which users reach it.
 *
 * @param name      the name of its Application
 * @param namespace the namespace of its objects
 * @param host      the host that users request, if a route leads to it
 * @param key       part of the names of the release's own versions, which no other release has
 * @param rollout   the name of the Rollout; empty if it is the only one
 * @param held      the live Application, if the release is the live one
 */
public record ReleaseSite(String name, String namespace, String host, String key, Optional<String> rollout,
        Optional<HeldApplication> held) {

    /** The place of a copy: its own Application, namespace and host. */
    public static ReleaseSite copy(String name, String domain, Optional<String> rollout) {
        return new ReleaseSite(name, name, name + "." + domain, name, rollout, Optional.empty());
    }

    /**
     * The place of the live release.
     *
     * @param key a key that no other scenario of any run has
     */
    public static ReleaseSite live(HeldApplication held, String host, String key) {
        return new ReleaseSite(held.point().name(), held.point().destination(), host, key,
                Optional.of(held.point().rollout().name()), Optional.of(held));
    }

    /** The delivery of a release to this place. */
    Delivery delivery(Platform platform, Blueprint pattern, Waiting waiting, String run, Lifespan lifespan,
            ReleaseWatch watch, Journal journal) {
        return held.filter(live -> pattern.places().container().isPresent()).<Delivery>map(live ->
                new ImageDelivery(new ImageTarget(platform, pattern, live), waiting, lifespan, journal))
                .orElseGet(() -> new ParameterDelivery(platform, pattern, waiting, name,
                        target(platform, pattern, run), lifespan, watch, journal));
    }

    private DeliveryTarget target(Platform platform, Blueprint pattern, String run) {
        return held.<DeliveryTarget>map(live -> new LiveTarget(platform, pattern, live))
                .orElseGet(() -> new CloneTarget(platform, pattern, run, name));
    }

    /** The users of the release at this place. */
    Audience audience(Platform platform, Blueprint pattern) {
        return new Audience(platform, namespace, new Entrances(platform, pattern.exposure(), rollout).at(namespace,
                host), pattern.versionReading().endpoint(), pattern.versionReading().inside(), rollout);
    }

    /** Whether the release was created for a scenario, and is removed after it. */
    public boolean isCopy() {
        return held.isEmpty();
    }
}
