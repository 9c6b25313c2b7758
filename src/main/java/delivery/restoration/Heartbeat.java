package delivery.restoration;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Renews the sign of life in the journal, which shows that the run still has the release. */
public final class Heartbeat implements AutoCloseable {

    private static final long PERIOD_SECONDS = 5;
    /** The age of a sign of life at which its run is over. */
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
            return; // the next beat tries again; before each action the run checks that the journal is its own
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
