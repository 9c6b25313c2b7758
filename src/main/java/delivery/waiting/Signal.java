package delivery.waiting;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A signal that wakes the one thread that waits for it. One given before the wait is not lost. */
final class Signal {

    private boolean given;

    synchronized void give() {
        given = true;
        notifyAll();
    }

    /** Waits until the signal is given or the time is over, and resets it. */
    synchronized void await(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); !given && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        given = false;
    }
}
