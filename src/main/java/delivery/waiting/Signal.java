package delivery.waiting;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Wakes the one thread that waits for it. A signal given before the wait is not lost. */
final class Signal {

    private boolean given;

    synchronized void give() {
        given = true;
        notifyAll();
    }

    /** Waits until the signal is given or the time is over, and takes it back. */
    synchronized void await(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); !given && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        given = false;
    }
}
