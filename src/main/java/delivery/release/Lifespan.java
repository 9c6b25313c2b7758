package delivery.release;

/**
 * Allows parts of a release to be created until the release is removed. An interrupted run removes releases while
 * scenarios are still creating parts of them: removal waits for a part that is being created, and no further part is.
 * Safe for use by many threads.
 */
final class Lifespan {

    private final String name;
    private boolean ended;

    /** @param name the name of the release */
    Lifespan(String name) {
        this.name = name;
    }

    /** @throws IllegalStateException if the release was removed, because nobody would remove a part created now */
    synchronized void make(Runnable making) {
        if (ended) {
            throw new IllegalStateException(name + " was removed while it was made: the run was interrupted");
        }
        making.run();
    }

    /** Removes the release, and prevents any further part from being created. */
    synchronized void end(Runnable removal) {
        ended = true;
        removal.run();
    }
}
