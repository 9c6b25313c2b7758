package delivery.rollout;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.time.Duration;
import java.util.Optional;

/** The scale-down of an old ReplicaSet after users were switched away from it, and its delay in seconds. */
public record ScaleDown(String hash, int delay) {

    /** Seconds that the controller may take in addition to the delay, on a busy machine. */
    private static final int ROUND_SECONDS = 10;

    /** Expects the ReplicaSet to ask for no pods any more. A delay beyond the longest wait is not waited for. */
    public Expectation<Release, Release> begun() {
        return Expectation.of("the old ReplicaSet is scaled down", release -> {
            if (release.replicaSet(hash).map(ReplicaSetState::desired).orElse(0) == 0) {
                return Outcome.met(release);
            }
            if (delay > Release.LONGEST_OWN_TIME.toSeconds()) {
                return Outcome.impossible("scaleDownDelaySeconds: " + delay + " in the Rollout keeps the old version"
                        + " for " + delay + " s after a switch, which is longer than the "
                        + Release.LONGEST_OWN_TIME.toSeconds() + " s that are waited for");
            }
            String never = delay == 0 ? ", with which it may never be (argo-rollouts 1992)" : "";
            return Outcome.notYet("scaleDownDelaySeconds: " + delay + " in the Rollout" + never + "; "
                    + release.summary());
        });
    }

    /** Returns how much longer than usual it may take, by the Rollout's own numbers. */
    public Duration ownTime(Release release) {
        return release.ownTime().plusSeconds(delay);
    }

    /**
     * Compares the time that the ReplicaSet was kept with its delay. The controller keeps its deadline to the second,
     * so that the time may be one second shorter.
     *
     * @param ended the release, whose old ReplicaSet was scaled down just now
     * @return the problem, with both times; empty if it was kept as long as it should be
     */
    public Optional<String> complaint(Release ended) {
        Duration took = ended.delayToScaleDown(hash);
        boolean right = took.toSeconds() >= Math.max(0, delay - 1) && took.toSeconds() <= delay + ROUND_SECONDS;
        return right ? Optional.empty() : Optional.of("The Rollout keeps the old version for " + delay
                + " s, but it was " + took.toSeconds() + " s to the end of the old ReplicaSet");
    }
}
