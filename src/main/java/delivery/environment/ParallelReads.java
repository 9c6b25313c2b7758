package delivery.environment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Reads things side by side, each on a thread of its own. */
final class ParallelReads implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "read");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins to read something; to get it waits until it is there, and throws what kept it from being read. */
    <T> Supplier<T> begin(Supplier<T> read) {
        CompletableFuture<T> reading = CompletableFuture.supplyAsync(read, threads);
        return () -> {
            try {
                return reading.join();
            } catch (CompletionException wrapped) {
                throw wrapped.getCause() instanceof RuntimeException cause ? cause : wrapped;
            }
        };
    }

    /** Nobody waits any more for what is still being read. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
