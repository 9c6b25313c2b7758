package delivery.rollout;

import delivery.failure.InvalidSelection;
import delivery.waiting.Expectation;

/** The pods that a canary has at the Rollout's current pause, according to its steps. */
public record CanaryPods(Rollout rollout) {

    /** @throws InvalidSelection if the steps ask for no pods there */
    public CanaryPods {
        if (rollout.canaryPods().canary() == 0) {
            throw new InvalidSelection("The canary has no pods at step " + rollout.step().orElse(0) + ", where it"
                    + " waits: write \"When the new version is released, up to the canary's first pods\", which"
                    + " promotes it until it has some");
        }
    }

    /** Expects the canary's ReplicaSet to have exactly these pods. */
    public Expectation<Release, ReplicaSetState> available(String tag) {
        return ReleaseExpectations.available(tag, rollout.canaryPods().canary());
    }

    /** "1 of 3 pods at a weight of 20%", followed by the resulting share if there is no traffic router. */
    public String count() {
        return rollout.canaryPods().canary() + " of " + rollout.replicas() + " pods at a weight of "
                + rollout.askedWeight() + "%" + byPods();
    }

    private String byPods() {
        return rollout.weighsByPods() ? ", which is " + rollout.canaryPods().sentence() : "";
    }

    /** The reason for this number, in a sentence. */
    public String why() {
        return "A weight of " + rollout.askedWeight() + "% of " + rollout.replicas() + " pods makes "
                + rollout.canaryPods().canary() + byPods() + ", by the steps " + rollout.steps();
    }
}
