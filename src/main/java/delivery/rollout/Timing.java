package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parts of a Rollout's specification that say what it does without a person, and when. Numbers that are not set are
 * empty.
 *
 * @param promotesItself       whether a blue-green pause ends without a person: it does unless autoPromotionEnabled is
 *                             false (argo-rollouts, rollout/pause.go, CompletedBlueGreenPause)
 * @param autoPromotionSeconds seconds until such a pause ends; it ends at once if none are set
 * @param scaleDownDelay       seconds for which an old version is kept after a switch
 * @param abortScaleDownDelay  seconds for which an aborted version is kept
 * @param progressDeadline     seconds within which a release must make progress
 * @param minReady             seconds that a pod must be ready before it counts as available; 0 by default
 * @param gracePeriod          seconds that a pod is given to terminate; 30 by default
 * @param starting             seconds that its probes allow a pod to start; 0 if they set none
 */
public record Timing(boolean promotesItself, OptionalInt autoPromotionSeconds, OptionalInt scaleDownDelay,
        OptionalInt abortScaleDownDelay, OptionalInt progressDeadline, int minReady, int gracePeriod,
        int starting) {

    /** Seconds that waits for pods last anyway: the limit AVAILABLE. */
    private static final int WAITED_FOR = 120;

    /** A specification in which nothing is set. */
    public static final Timing UNSET = new Timing(false, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(),
            OptionalInt.empty(), 0, 30, 0);

    /** @param used the part of the strategy that the Rollout follows */
    static Timing parse(JsonNode spec, JsonNode used) {
        JsonNode blueGreen = spec.path("strategy").path("blueGreen");
        int after = blueGreen.path("autoPromotionSeconds").asInt(0);
        return new Timing(blueGreen.isObject() && blueGreen.path("autoPromotionEnabled").asBoolean(true),
                after > 0 ? OptionalInt.of(after) : OptionalInt.empty(), number(used, "scaleDownDelaySeconds"),
                number(used, "abortScaleDownDelaySeconds"), number(spec, "progressDeadlineSeconds"),
                spec.path("minReadySeconds").asInt(UNSET.minReady),
                spec.path("template").path("spec").path("terminationGracePeriodSeconds").asInt(UNSET.gracePeriod),
                starting(spec.at("/template/spec/containers")));
    }

    private static int starting(JsonNode containers) {
        int longest = 0;
        for (JsonNode container : containers) {
            JsonNode startup = container.path("startupProbe");
            int own = container.at("/readinessProbe/initialDelaySeconds").asInt(0) + (startup.isObject()
                    ? startup.path("initialDelaySeconds").asInt(0) + startup.path("periodSeconds").asInt(10)
                            * startup.path("failureThreshold").asInt(3) : 0);
            longest = Math.max(longest, own);
        }
        return longest;
    }

    /** Returns the number in a field; empty if it does not hold one. */
    static OptionalInt number(JsonNode object, String field) {
        return object.path(field).isNumber() ? OptionalInt.of(object.path(field).asInt()) : OptionalInt.empty();
    }

    /** Why a blue-green release goes on without a person; empty if it waits for one. */
    Optional<String> promotion() {
        if (!promotesItself) {
            return Optional.empty();
        }
        return Optional.of(autoPromotionSeconds.isPresent()
                ? "autoPromotionSeconds: " + autoPromotionSeconds.getAsInt()
                        + " in the Rollout promotes it without a person"
                : "autoPromotionEnabled is not false in the Rollout, which promotes it without a person");
    }

    /**
     * Returns how much longer than usual pods may take to become available and to terminate: a team that sets a
     * progress deadline, or probes for a slow start, thereby says that they take so long.
     */
    Duration ofPods() {
        return Duration.ofSeconds(minReady + Math.max(0, gracePeriod - UNSET.gracePeriod)
                + Math.max(starting, progressDeadline.orElse(0) - WAITED_FOR));
    }
}
