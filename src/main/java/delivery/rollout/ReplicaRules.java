package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.chart.CanaryStep;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the controller counts the pods of a release (argo-rollouts 1.10, utils/replicaset/canary.go and replicaset.go).
 * Numbers that are not set are empty.
 *
 * @param routed        whether a traffic router serves the weights of a canary; without one its pods do
 * @param surges        whether a canary without a router may have a pod more than the release's replicas: maxSurge,
 *                      25% by default
 * @param minPods       the fewest pods that either version has while it has any; counts only with a router
 * @param dynamicStable whether the version before shrinks as a router takes its traffic away
 * @param preview       pods of a blue-green release that waits to be promoted
 */
public record ReplicaRules(boolean routed, boolean surges, OptionalInt minPods, boolean dynamicStable,
        OptionalInt preview) {

    private static final int WHOLE = 100;

    static ReplicaRules parse(JsonNode strategy) {
        JsonNode canary = strategy.path("canary");
        JsonNode surge = canary.path("maxSurge");
        boolean none = !surge.isMissingNode() && !surge.isNull() && surge.asText().replace("%", "").equals("0");
        return new ReplicaRules(canary.path("trafficRouting").isObject(), !none,
                Timing.number(canary, "minPodsPerReplicaSet"), canary.path("dynamicStableScale").asBoolean(),
                Timing.number(strategy.path("blueGreen"), "previewReplicaCount"));
    }

    /**
     * Pods at a step of a canary, once the controller has come to rest.
     *
     * @param weight  percent that the canary is asked to have
     * @param scale   the setCanaryScale that counts instead of the weight, if one does
     * @param weights what the router was asked for last
     */
    ReplicaCounts at(int replicas, int weight, Optional<CanaryStep.SetCanaryScale> scale, Optional<Weights> weights) {
        if (!routed) {
            return closest(replicas, weight);
        }
        OptionalInt pods = scale.map(CanaryStep.SetCanaryScale::replicas).orElseGet(OptionalInt::empty);
        // A scale in pods leaves the version before as large as a weight of 0 does.
        int percent = pods.isPresent() ? 0
                : scale.map(CanaryStep.SetCanaryScale::weight).orElseGet(OptionalInt::empty).orElse(weight);
        int canary = pods.isPresent() ? pods.getAsInt() : atLeast(share(replicas, percent), replicas);
        if (!dynamicStable) {
            return new ReplicaCounts(canary, replicas);
        }
        int stable = Math.max(share(replicas, WHOLE - percent),
                weights.map(asked -> share(replicas, asked.stable())).orElse(0));
        return new ReplicaCounts(atLeast(canary, replicas), atLeast(stable, replicas));
    }

    /** trafficWeightToReplicas. */
    private static int share(int replicas, int percent) {
        return (int) Math.ceil((double) percent * replicas / WHOLE);
    }

    /** CheckMinPodsPerReplicaSet. */
    private int atLeast(int pods, int replicas) {
        return pods == 0 ? 0 : Math.max(pods, Math.min(minPods.orElse(0), replicas));
    }

    /**
     * The pods that come closest to a weight, of the replicas or of one more (approximateWeightedCanaryStable
     * ReplicaCounts): between 0 and 100% each version has one at least, where there are two pods.
     */
    private ReplicaCounts closest(int replicas, int weight) {
        if (replicas == 0) {
            return new ReplicaCounts(0, 0);
        }
        int more = share(replicas, weight);
        int less = replicas * weight / WHOLE;
        boolean noneAllowed = weight == WHOLE || weight == 0 || replicas == 1 && !surges;
        Optional<ReplicaCounts> best = Optional.empty();
        if (more < replicas || noneAllowed) {
            best = closer(best, more, replicas, weight);
        }
        if (!tied(replicas, weight) && (less != 0 || noneAllowed)) {
            best = closer(best, less, replicas, weight);
        }
        if (surges) {
            best = closer(best, more, replicas + 1, weight);
            if (!tied(replicas + 1, weight) && (less != 0 || noneAllowed)) {
                best = closer(best, less, replicas + 1, weight);
            }
        }
        return best.orElse(new ReplicaCounts(0, replicas));
    }

    /** Of two that are as close the first counts. */
    private static Optional<ReplicaCounts> closer(Optional<ReplicaCounts> best, int canary, int all, int weight) {
        ReplicaCounts other = new ReplicaCounts(canary, all - canary);
        return best.isEmpty() || distance(other, weight) < distance(best.get(), weight) ? Optional.of(other) : best;
    }

    private static double distance(ReplicaCounts pods, int weight) {
        return Math.abs((double) (pods.canary() * WHOLE) / pods.all() - weight);
    }

    /** Whether the share is half a pod away from either neighbour; then the greater number counts. */
    private static boolean tied(int all, int weight) {
        double pods = all * ((double) weight / WHOLE);
        return pods - Math.floor(pods) == 0.5;
    }
}
