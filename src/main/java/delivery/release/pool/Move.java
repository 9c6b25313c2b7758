package delivery.release.pool;

import delivery.rollout.Strategy;
import java.util.Optional;

/** One part of the way to a situation: what a person would do with the release, too. */
public enum Move {

    /** Makes a release with what is wanted of it. */
    CLONE(20),
    /** Promotes the version that waits, to its end. */
    PROMOTE(4),
    /** Sets the tag back to the version that users have. */
    SET_BACK(5),
    /**
     * Switches from blue-green to canary. There is no way back: the controller keeps the weights of the last canary in
     * the status, and keeps the pods of the ReplicaSets that those name (argo-rollouts, rollout/controller.go,
     * newRolloutContext, and rollout/replicaset.go, isReplicaSetReferenced), so that a later blue-green release would
     * not be scaled down as one that has never been a canary. It costs more than the time it takes: who asks for
     * blue-green afterwards needs a new release.
     */
    SWITCH(15),
    /** Delivers the wanted values over those that it has. */
    VALUES(8),
    /** Releases a version that this release has not had yet. */
    RELEASE(9),
    /** Promotes a canary from pause to pause until it waits at the last one. */
    WALK(7);

    private final int cost;

    Move(int cost) {
        this.cost = cost;
    }

    /** About how many seconds it takes on a small machine: only which of two ways is the shorter depends on it. */
    int cost() {
        return cost;
    }

    /** Where it leads to from where a release stands; empty if it cannot be made there. */
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
