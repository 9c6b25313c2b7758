package delivery.release.pool;

import delivery.rollout.Strategy;

/** How far a release is on its way from one version to the next. */
public enum Stage {

    /** Users have one version, and nothing is under way. */
    STABLE("with one version"),
    /** A new version waits beside it, by blue-green. */
    PREVIEW("on preview"),
    /** A new version waits at a pause of its canary that is not the last one. */
    PAUSED("at a pause of its canary"),
    /** It waits at the last pause of its canary. */
    LAST_PAUSE("at the last pause of its canary"),
    /** It was promoted, and the version before it has no pods any more. */
    PROMOTED("promoted"),
    /** Anything else: on the way to somewhere, aborted, undone. */
    UNDER_WAY("on its way");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** Where a release by this strategy waits for a person, the last time. */
    public static Stage waiting(Strategy strategy) {
        return strategy == Strategy.CANARY ? LAST_PAUSE : PREVIEW;
    }

    /** After "left the release". */
    @Override
    public String toString() {
        return words;
    }

    /** Whether nothing is under way. */
    boolean atRest() {
        return this == STABLE || this == PROMOTED;
    }
}
