package delivery.rollout;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Rollout in one line. */
final class RolloutSummary {

    private RolloutSummary() {
    }

    static String of(Rollout rollout) {
        String hashes = rollout.strategy() != Strategy.BLUE_GREEN ? ""
                : "active " + orNone(rollout.activeHash()) + ", preview " + orNone(rollout.previewHash());
        String step = rollout.strategy() != Strategy.CANARY || rollout.step().isEmpty() ? ""
                : "step " + rollout.step().getAsInt() + " of " + rollout.steps().size();
        return Stream.of(rollout.phase() + (rollout.message().isEmpty() ? "" : " (" + rollout.message() + ")"),
                        rollout.strategy().toString(), "image " + String.join(" ", rollout.images()),
                        "new " + orNone(rollout.currentHash()), "stable " + orNone(rollout.stableHash()), hashes, step,
                        rollout.weights().map(asked -> "weights " + asked.canary() + "/" + asked.stable()).orElse(""),
                        rollout.abort() ? "aborted" : "")
                .filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String orNone(String hash) {
        return hash.isEmpty() ? "none" : hash;
    }
}
