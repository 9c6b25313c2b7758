package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.chart.CanaryStep;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The controller's rules for the number of pods of a release (argo-rollouts 1.10, utils/replicaset/canary.go and
 * replicaset.go). Numbers that are not set are empty.
 *
 * @param routed        whether a traffic router serves the weights of a canary; if not, its pods do
 * @param surges        whether a canary without a router may have one more pod than the release's replicas: maxSurge,
 *                      25% by default
 * @param minPods       least number of pods of either version while it has any; used only with a router
 * @param dynamicStable whether the old version shrinks as a router takes its traffic away
 * @param preview       number of pods of a blue-green release that waits for its promotion
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
     * Returns the pods at a step of a canary once the controller has settled.
     *
     * @param weight  requested weight of the canary, in percent
     * @param scale   the setCanaryScale that overrides the weight, if there is one
     * @param weights last weights requested from the router
     */
    ReplicaCounts at(int replicas, int weight, Optional<CanaryStep.SetCanaryScale> scale, Optional<Weights> weights) {
        if (!routed) {
            return closest(replicas, weight);
        }
        OptionalInt pods = scale.map(CanaryStep.SetCanaryScale::replicas).orElseGet(OptionalInt::empty);
        // With a scale in pods, the old version stays as large as with a weight of 0.
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

    /** As trafficWeightToReplicas. */
    private static int share(int replicas, int percent) {
        return (int) Math.ceil((double) percent * replicas / WHOLE);
    }

    /** As CheckMinPodsPerReplicaSet. */
    private int atLeast(int pods, int replicas) {
        return pods == 0 ? 0 : Math.max(pods, Math.min(minPods.orElse(0), replicas));
    }

    /**
     * The pods that come closest to a weight, out of the replicas or one more (approximateWeightedCanaryStable
     * ReplicaCounts). Between 0 and 100% each version has at least one pod if there are two pods.
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

    /** The better approximation; of two that are equally close, the first. */
    private static Optional<ReplicaCounts> closer(Optional<ReplicaCounts> best, int canary, int all, int weight) {
        ReplicaCounts other = new ReplicaCounts(canary, all - canary);
        return best.isEmpty() || distance(other, weight) < distance(best.get(), weight) ? Optional.of(other) : best;
    }

    private static double distance(ReplicaCounts pods, int weight) {
        return Math.abs((double) (pods.canary() * WHOLE) / pods.all() - weight);
    }

    /** Whether the share is exactly halfway between two numbers of pods; then the greater number counts. */
    private static boolean tied(int all, int weight) {
        double pods = all * ((double) weight / WHOLE);
        return pods - Math.floor(pods) == 0.5;
    }
}
