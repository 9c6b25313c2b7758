package delivery.rollout;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.stream.Stream;

/** What is expected of a canary's weight, whether a traffic router serves it or its pods do. */
public final class CanaryExpectations {

    private CanaryExpectations() {
    }

    /** Either version has the pods that the controller counts for the step, and they serve. */
    public static Expectation<Release, Release> podsAsCounted() {
        String pods = "the canary and the version before it have the pods that their step asks for";
        return Expectation.of(pods, release -> {
            if (release.rollout().isEmpty()) {
                return Outcome.notYet("there is no Rollout yet");
            }
            Rollout rollout = release.rollout().get();
            ReplicaCounts counted = rollout.healthy() ? new ReplicaCounts(rollout.replicas(), 0) : rollout.canaryPods();
            ReplicaCounts serving = release.servingPods();
            return serving.equals(counted) ? Outcome.met(release) : Outcome.notYet("the canary has " + serving.canary()
                    + " pods, the version before it " + serving.stable() + "; the step asks for " + counted.canary()
                    + " and " + counted.stable() + "; " + release.summary());
        });
    }

    /**
     * No user can be given the canary any more. With a traffic router the controller asks it for no weight; without one
     * no pod is left of another version than the stable one.
     */
    public static Expectation<Release, Release> noWeightLeft() {
        return Expectation.of("no weight is left on the canary", release -> {
            if (release.rollout().filter(Rollout::weighsByPods).isPresent()) {
                long pods = others(release).mapToLong(set -> Math.max(set.desired(), release.pods(set.hash()).size()))
                        .sum();
                return pods == 0 ? Outcome.met(release) : Outcome.notYet("there are " + pods
                        + " pods of another version than the stable one; " + release.summary());
            }
            return release.rollout().flatMap(Rollout::weights).filter(weights -> weights.canary() == 0).isPresent()
                    ? Outcome.met(release) : Outcome.notYet(release.summary());
        });
    }

    private static Stream<ReplicaSetState> others(Release release) {
        return release.owned().filter(set -> !set.hash().equals(release.rollout().orElseThrow().stableHash()));
    }
}
