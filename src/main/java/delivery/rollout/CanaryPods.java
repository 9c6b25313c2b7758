package delivery.rollout;

import delivery.failure.InvalidSelection;
import delivery.waiting.Expectation;

/** The pods that a canary has at the pause where the Rollout is, by its own steps. */
public record CanaryPods(Rollout rollout) {

    /** @throws InvalidSelection if its steps ask for none there */
    public CanaryPods {
        if (rollout.canaryPods().canary() == 0) {
            throw new InvalidSelection("The canary has no pods at step " + rollout.step().orElse(0) + ", where it"
                    + " waits: write \"When the new version is released, up to the canary's first pods\", which"
                    + " promotes it until it has some");
        }
    }

    /** Its ReplicaSet has just these. */
    public Expectation<Release, ReplicaSetState> available(String tag) {
        return ReleaseExpectations.available(tag, rollout.canaryPods().canary());
    }

    /** "1 of 3 pods at a weight of 20%", and what share that is where no traffic router serves the weight. */
    public String count() {
        return rollout.canaryPods().canary() + " of " + rollout.replicas() + " pods at a weight of "
                + rollout.askedWeight() + "%" + byPods();
    }

    private String byPods() {
        return rollout.weighsByPods() ? ", which is " + rollout.canaryPods().sentence() : "";
    }

    /** Why so many. */
    public String why() {
        return "A weight of " + rollout.askedWeight() + "% of " + rollout.replicas() + " pods makes "
                + rollout.canaryPods().canary() + byPods() + ", by the steps " + rollout.steps();
    }
}
