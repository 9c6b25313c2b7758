package delivery.waiting;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners to the changes of a feed. Safe for use by many threads. */
public final class Listeners {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Adds a listener until the subscription is closed. */
    public Subscription add(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public void changed() {
        listeners.forEach(Runnable::run);
    }
}
