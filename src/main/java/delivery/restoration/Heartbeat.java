package delivery.restoration;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Renews the sign in the journal that the run still has the release. */
public final class Heartbeat implements AutoCloseable {

    private static final long PERIOD_SECONDS = 5;
    /** A run whose sign is older than this is over. */
    static final Duration SILENCE = Duration.ofSeconds(3 * PERIOD_SECONDS);

    private final JournalStore store;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "journal");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins to renew the sign. */
    public Heartbeat(JournalStore store) {
        this.store = store;
        clock.scheduleWithFixedDelay(this::beat, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void beat() {
        try {
            store.requireOwn();
            store.renew();
        } catch (RuntimeException notNow) {
            return; // it is tried again; before it does anything the run looks whether the journal is its own
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
