package delivery.waiting;

/** A handle that ends the calls to a listener when it is closed. */
public interface Subscription extends AutoCloseable {

    @Override
    void close();
}
