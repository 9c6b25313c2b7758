package delivery.endurance;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Other work on the machine: a busy thread for every two cores, with the niceness of this process. It uses threads
 * instead of processes, so that they cannot outlive this process however it ends.
 */
final class Burden implements AutoCloseable {

    private static final int A_PIECE = 64 * 1024;

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** Returns the number of threads of a burden on this machine. */
    static int size() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /** Starts the threads at once. */
    Burden() {
        for (int number = 0; number < size(); number++) {
            Thread thread = new Thread(this::work, "burden-" + number);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void work() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[A_PIECE];
            while (!over) {
                digest.update(piece);
            }
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing); // every Java has it
        }
    }

    /** Whether all threads are still running. */
    boolean working() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public void close() {
        over = true;
    }
}
