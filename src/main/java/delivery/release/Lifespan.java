package delivery.release;

/**
 * Lets parts of a release be made until it is removed: a run that is interrupted removes what there is while scenarios
 * still make more. What is being made is waited for. Safe for use by many threads.
 */
final class Lifespan {

    private final String name;
    private boolean ended;

    /** @param name of the release */
    Lifespan(String name) {
        this.name = name;
    }

    /** @throws IllegalStateException if it was removed: what is made now nobody would remove */
    synchronized void make(Runnable making) {
        if (ended) {
            throw new IllegalStateException(name + " was removed while it was made: the run was interrupted");
        }
        making.run();
    }

    /** Nothing is made any more. */
    synchronized void end(Runnable removal) {
        ended = true;
        removal.run();
    }
}
