package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last exit of a container that should keep running.
 *
 * @param restarts number of times the container was restarted
 * @param reason   {@code Error}, {@code OOMKilled}, {@code Completed}, …
 * @param message  termination message of the container; may be empty
 */
public record ContainerExit(String pod, String container, int restarts, int code, String reason, String message) {

    public static Stream<ContainerExit> parse(JsonNode pod) {
        // An init container that has done its work has also exited.
        return Stream.concat(parse(pod, "initContainerStatuses").filter(exit -> exit.code() != 0),
                parse(pod, "containerStatuses"));
    }

    private static Stream<ContainerExit> parse(JsonNode pod, String list) {
        return pod.path("status").path(list).valueStream()
                .flatMap(status -> exit(status).stream()
                        .map(exit -> new ContainerExit(pod.path("metadata").path("name").asText(""),
                                status.path("name").asText(""), status.path("restartCount").asInt(),
                                exit.path("exitCode").asInt(), exit.path("reason").asText(""),
                                exit.path("message").asText("").strip())));
    }

    private static Optional<JsonNode> exit(JsonNode status) {
        return Stream.of("state", "lastState").map(state -> status.path(state).path("terminated"))
                .filter(JsonNode::isObject).findFirst();
    }
}
