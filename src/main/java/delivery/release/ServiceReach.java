package delivery.release;

import delivery.failure.EnvironmentNotFit;
import delivery.traffic.Answer;
import java.util.List;

/**
 * The way from the Kubernetes API to the pods of a release. If a firewall, a NetworkPolicy or a mesh closes it, a
 * Service that gives no answer through the API says nothing about the delivery.
 */
record ServiceReach(Audience audience) {

    /** One connection may be cut by chance. */
    private static final int REQUESTS = 3;

    /**
     * @param usersService the Service by which the gateway serves users
     * @throws EnvironmentNotFit if the API server reaches none of its pods, and the gateway does
     */
    void require(String usersService) {
        List<Answer> inside = audience.services().ask(audience.namespace(), usersService, REQUESTS).answers();
        if (audience.entrance().isRouted() && inside.stream().allMatch(audience.services()::isOutOfReach)
                && audience.entrance().ask(audience.version()).served()) {
            throw new EnvironmentNotFit("The Kubernetes API reaches no pod of the Service " + usersService + " ("
                    + inside.get(0).failure().orElseThrow() + "), by which the gateway serves users, so that no Service"
                    + " can be asked through it", "See whether a firewall, a NetworkPolicy or a mesh keeps the API"
                    + " server from the pods: kubectl get --raw "
                    + audience.services().path(audience.namespace(), usersService));
        }
    }
}
