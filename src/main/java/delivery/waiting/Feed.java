package delivery.waiting;

/** A state that is kept up to date, with notification of changes. */
public interface Feed<T> {

    /**
     * Returns the newest known state; never blocks for long.
     *
     * @throws RuntimeException if the state is no longer known, because the connection that keeps it up to date broke
     */
    T lastKnown();

    /**
     * Returns the current state. Reads it again if it is normally known only through notifications, because their
     * source may have failed without noticing. May block as long as a request does.
     *
     * @throws RuntimeException if the state cannot be read
     */
    default T readNow() {
        return lastKnown();
    }

    /** Calls the listener after every change, on any thread, until the subscription is closed. */
    Subscription onChange(Runnable listener);

    /** A command that shows a person the same state. */
    String whereToLook();
}
