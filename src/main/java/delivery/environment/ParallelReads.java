package delivery.environment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Runs several reads in parallel, each on its own thread. */
final class ParallelReads implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "read");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins a read. The supplier waits for its result, and throws the exception that prevented it. */
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

    /** Cancels the reads that are still running. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
