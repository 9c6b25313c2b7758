package delivery.waiting;

/** A state that is kept up to date and tells of its changes. */
public interface Feed<T> {

    /**
     * The newest state that is known; it never blocks for long.
     *
     * @throws RuntimeException if the state is not known any more, because what keeps it up to date broke
     */
    T lastKnown();

    /**
     * The state as it is now, read anew if it is otherwise only told of: what tells of changes may be broken, and not
     * know it. It may block as long as a request does.
     *
     * @throws RuntimeException if the state cannot be read
     */
    default T readNow() {
        return lastKnown();
    }

    /** Has the listener called after every change, on any thread, until the subscription is closed. */
    Subscription onChange(Runnable listener);

    /** A command that shows a person the same state. */
    String whereToLook();
}
