package delivery.release.pool;

import delivery.rollout.Strategy;
import java.util.Optional;

/** A move of a release towards a situation, as a person would make it. */
public enum Move {

    /** Creates a release with the strategy and overrides that are wanted. */
    CLONE(20),
    /** Promotes the waiting version to the end. */
    PROMOTE(4),
    /** Sets the tag back to the version that users have. */
    SET_BACK(5),
    /**
     * Switches from blue-green to canary. There is no way back: the controller keeps the weights of the last canary in
     * the status, and the pods of the ReplicaSets that they name (argo-rollouts, rollout/controller.go,
     * newRolloutContext, and rollout/replicaset.go, isReplicaSetReferenced). A later blue-green release would therefore
     * not be scaled down like one that was never a canary. The cost is more than the time it takes, because a scenario
     * that asks for blue-green afterwards needs a new release.
     */
    SWITCH(15),
    /** Delivers the wanted overrides in place of those that the release has. */
    VALUES(8),
    /** Releases a version that this release has not had yet. */
    RELEASE(9),
    /** Promotes a canary from pause to pause until it waits at the last one. */
    WALK(7);

    private final int cost;

    Move(int cost) {
        this.cost = cost;
    }

    /** The approximate duration in seconds on a small machine. It only decides which of two ways is shorter. */
    int cost() {
        return cost;
    }

    /** The standing that the move leads to from another one; empty if the move is not possible there. */
    Optional<Standing> from(Optional<Standing> standing, Situation wanted) {
        return switch (this) {
            case CLONE -> standing.isEmpty()
                    ? Optional.of(new Standing(wanted.strategy(), Stage.STABLE, wanted.overrides())) : Optional.empty();
            case PROMOTE -> standing.filter(now -> now.stage() == Stage.PREVIEW || now.stage() == Stage.LAST_PAUSE)
                    .map(now -> now.at(Stage.PROMOTED));
            case SET_BACK -> standing.filter(now -> !now.stage().atRest()).map(now -> now.at(Stage.STABLE));
            case SWITCH -> standing.filter(now -> now.stage().atRest() && now.strategy() == Strategy.BLUE_GREEN
                            && wanted.strategy() == Strategy.CANARY)
                    .map(now -> new Standing(wanted.strategy(), Stage.STABLE, now.overrides()));
            case VALUES -> standing.filter(now -> now.stage().atRest() && now.strategy() == wanted.strategy()
                            && !now.overrides().equals(wanted.overrides())
                            && wanted.overrides().replaces(now.overrides()))
                    .map(now -> new Standing(now.strategy(), Stage.STABLE, wanted.overrides()));
            case RELEASE -> standing.filter(now -> now.stage().atRest())
                    .map(now -> now.at(now.strategy() == Strategy.BLUE_GREEN ? Stage.PREVIEW : Stage.PAUSED));
            case WALK -> standing.filter(now -> now.stage() == Stage.PAUSED).map(now -> now.at(Stage.LAST_PAUSE));
        };
    }
}
