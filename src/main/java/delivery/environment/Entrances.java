package delivery.environment;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.clone.ManifestObject;
import delivery.failure.EnvironmentNotFit;
import delivery.gateway.HostEntrance;
import delivery.kubernetes.RouteReader;
import delivery.kubernetes.ServiceEntrance;
import delivery.layout.Exposure;
import delivery.route.RouteObjects;
import delivery.route.RouteObjects.Kind;
import delivery.route.UsersService;
import delivery.settings.Setting;
import delivery.traffic.Entrance;
import java.util.List;
import java.util.Optional;

/**
 * Decides where the users of a delivery's releases send their requests: to the gateway or to a Service. No other class
 * decides that.
 *
 * @param exposure how users reach the live release
 * @param rollout  the name of the Rollout that releases, if there are others
 */
public record Entrances(Platform platform, Exposure exposure, Optional<String> rollout) {

    /** The entrances of the live release and of its copies. */
    public static Entrances of(Platform platform, Blueprint pattern) {
        return new Entrances(platform, pattern.exposure(), pattern.rollout());
    }

    /** The entrance of the live release for its survey; empty if users come by a gateway and the settings name none. */
    static Optional<Entrance> ofLive(Platform platform, Exposure exposure, List<ManifestObject> running) {
        if (exposure.isRouted() && platform.named().isEmpty()) {
            return Optional.empty();
        }
        String namespace = running.stream().filter(object -> object.kind().equals("Service")
                && exposure.service().filter(object.name()::equals).isPresent())
                .map(ManifestObject::namespace).findFirst().orElse("");
        return Optional.of(new Entrances(platform, exposure, Optional.ofNullable(platform.settings().places()
                .get(Setting.ROLLOUT))).at(namespace, exposure.host().orElse("")));
    }

    /**
     * The entrance of one release.
     *
     * @param host the host under which a route leads to it, if the delivery has routes
     */
    public Entrance at(String namespace, String host) {
        return exposure.service().<Entrance>map(live -> new ServiceEntrance(platform.cluster().client(), namespace,
                () -> service(namespace, live))).orElseGet(() -> new HostEntrance(platform.gateway(), host));
    }

    /** The users' Service by the current Rollout: with another strategy, it may differ from the live one's. */
    private String service(String namespace, String live) {
        RouteObjects objects = RouteReader.read(platform.cluster().client(), namespace, Kind.ROLLOUT, Kind.SERVICE);
        if (!objects.unread().isEmpty()) {
            throw new EnvironmentNotFit("Which Service users ask in " + namespace + " cannot be read: "
                    + String.join(", ", objects.unread()),
                    "Give the user of KUBECONFIG the permissions that src/doc/own-cluster.md lists");
        }
        List<JsonNode> rollouts = objects.of(rollout).of(Kind.ROLLOUT);
        // It is not known which of several it is: Rollouts of other Applications may be next to the live one.
        return rollouts.size() != 1 ? live : UsersService.of(rollouts.get(0), objects.of(Kind.SERVICE),
                platform.settings().service()).name().orElse(live);
    }
}
