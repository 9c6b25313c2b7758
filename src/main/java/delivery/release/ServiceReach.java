package delivery.release;

import delivery.failure.EnvironmentNotFit;
import delivery.traffic.Answer;

/**
 * The way from the Kubernetes API to the pods of a release. If a firewall, a NetworkPolicy or a mesh closes it, a
 * Service that gives no answer through the API says nothing about the delivery.
 */
record ServiceReach(Audience audience) {

    /**
     * @param usersService the Service by which the gateway serves users
     * @throws EnvironmentNotFit if the API server reaches none of its pods, and the gateway does
     */
    void require(String usersService) {
        Answer inside = audience.services().ask(audience.namespace(), usersService, 1).answers().get(0);
        if (audience.entrance().isRouted() && audience.services().isOutOfReach(inside)
                && audience.entrance().ask(audience.version()).served()) {
            throw new EnvironmentNotFit("The Kubernetes API reaches no pod of the Service " + usersService + " ("
                    + inside.failure().orElseThrow() + "), by which the gateway serves users, so that no Service can be"
                    + " asked through it", "See whether a firewall, a NetworkPolicy or a mesh keeps the API server from"
                    + " the pods: kubectl get --raw " + audience.services().path(audience.namespace(), usersService));
        }
    }
}
