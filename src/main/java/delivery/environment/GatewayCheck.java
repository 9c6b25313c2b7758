package delivery.environment;

import delivery.failure.EnvironmentNotFit;
import delivery.gateway.Gateway;
import delivery.traffic.Answer;
import delivery.traffic.Endpoint;
import delivery.traffic.Entrance;
import java.net.URI;
import java.util.Optional;

/**
 * Checks that the gateway answers the requests of scenarios, which follow no redirect. Its answer for the live
 * release's host is shown; whether that answer is right says nothing about the gateway.
 *
 * @param endpoint the endpoint that the scenarios ask, because a gateway may redirect one path and not another
 * @param users    the entrance of users who ask a Service; empty if they come by the gateway
 */
record GatewayCheck(Platform platform, Endpoint endpoint, Optional<Entrance> users) {

    /** @throws EnvironmentNotFit if no answer comes, or requests are redirected */
    String of(Optional<String> live) {
        if (users.isPresent()) {
            Answer seen = users.get().ask(endpoint);
            if (seen.isLate()) {
                throw new EnvironmentNotFit(users.get().toString().replaceFirst("^t", "T") + ", which users ask, gave "
                        + seen.failure().get() + " through the Kubernetes API, though the live release is healthy",
                        "See whether a firewall or a NetworkPolicy keeps the API server from its pods, and what "
                                + users.get().command(endpoint) + " says");
            }
            return "none is needed, as no route leads to the live release; " + users.get() + " answers users with "
                    + describe(seen);
        }
        Gateway gateway = platform.gateway();
        gateway.requireDirect("check." + platform.settings().hostDomain(), endpoint);
        String found = "an answer from " + url();
        return live.map(host -> found + "; " + host + " answers with " + answer(gateway, host)).orElse(found);
    }

    private String answer(Gateway gateway, String host) {
        Answer answer = gateway.ask(host, endpoint);
        if (answer.status() >= 300 && answer.status() < 400) {
            gateway.requireDirect(host, endpoint);
        }
        return describe(answer);
    }

    /** The command by which a person does the same. */
    String command() {
        return users.map(service -> service.command(endpoint)).orElseGet(() -> "curl --header 'Host: check."
                + platform.settings().hostDomain() + "' " + url() + endpoint.path());
    }

    private String url() {
        return platform.settings().gateway().map(URI::toString).orElse("");
    }

    private static String describe(Answer answer) {
        return answer.version().map(version -> "version " + version)
                .orElseGet(() -> answer.failure().orElse("nothing"));
    }
}
