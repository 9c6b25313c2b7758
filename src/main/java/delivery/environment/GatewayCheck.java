package delivery.environment;

import delivery.gateway.Gateway;
import delivery.traffic.Answer;
import delivery.traffic.Endpoint;
import java.util.Optional;

/**
 * The gateway must take what the scenarios will ask for, which follow no redirect. What it answers for the live
 * release's host is shown; whether that is right says nothing of the gateway.
 *
 * @param endpoint that the scenarios ask: a gateway may send users elsewhere on one path and not on another
 */
record GatewayCheck(Platform platform, Endpoint endpoint) {

    /** @throws delivery.failure.EnvironmentNotFit if no answer comes, or requests are sent elsewhere */
    String of(Optional<String> live) {
        Gateway gateway = platform.gateway();
        gateway.requireDirect("check." + platform.settings().hostDomain(), endpoint);
        String found = "an answer from " + platform.settings().gateway();
        return live.map(host -> found + "; " + host + " answers with " + answer(gateway, host)).orElse(found);
    }

    private String answer(Gateway gateway, String host) {
        Answer answer = gateway.ask(host, endpoint);
        if (answer.status() >= 300 && answer.status() < 400) {
            gateway.requireDirect(host, endpoint);
        }
        return answer.version().map(version -> "version " + version)
                .orElseGet(() -> answer.failure().orElse("nothing"));
    }
}
