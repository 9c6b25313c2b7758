package delivery.release.pool;

import delivery.rollout.Strategy;

/** The stage of a release on its way from one version to the next. */
public enum Stage {

    /** Users have one version, and nothing is under way. */
    STABLE("with one version"),
    /** A new version waits on preview next to the version of users (blue-green). */
    PREVIEW("on preview"),
    /** A new version waits at a pause of its canary that is not the last one. */
    PAUSED("at a pause of its canary"),
    /** A new version waits at the last pause of its canary. */
    LAST_PAUSE("at the last pause of its canary"),
    /** The new version was promoted, and the previous one has no pods left. */
    PROMOTED("promoted"),
    /** Any other stage: in transition, aborted or undone. */
    UNDER_WAY("on its way");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** The last stage at which a release with this strategy waits for a person. */
    public static Stage waiting(Strategy strategy) {
        return strategy == Strategy.CANARY ? LAST_PAUSE : PREVIEW;
    }

    /** The stage in words that continue "left the release". */
    @Override
    public String toString() {
        return words;
    }

    /** Whether nothing is under way. */
    boolean atRest() {
        return this == STABLE || this == PROMOTED;
    }
}
