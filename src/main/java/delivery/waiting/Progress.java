package delivery.waiting;

import java.time.Duration;

/** Hears of waits that last. */
@FunctionalInterface
public interface Progress {

    /**
     * Called when a wait has lasted for 5 seconds and then every 15 seconds, on the thread that waits.
     *
     * @param what     what is waited for, in words
     * @param elapsed  since the wait began
     * @param lastSeen what is there instead
     */
    void waitingFor(String what, Duration elapsed, String lastSeen);
}
