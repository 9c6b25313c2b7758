package delivery.waiting;

/** Ends the calls to a listener when it is closed. */
public interface Subscription extends AutoCloseable {

    @Override
    void close();
}
