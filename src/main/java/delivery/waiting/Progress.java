package delivery.waiting;

import java.time.Duration;

/** Hears of waits, on the thread that waits. What it throws would end the wait: it must not. */
@FunctionalInterface
public interface Progress {

    /** A wait begins: what is waited for, in words, is not so at once. */
    default void began(String what) {
    }

    /** What is there instead, in words, first and whenever it changes. */
    default void saw(String lastSeen) {
    }

    /**
     * Called when a wait has lasted for 5 seconds and then every 15 seconds.
     *
     * @param what     what is waited for, in words
     * @param elapsed  since the wait began
     * @param lastSeen what is there instead
     */
    void waitingFor(String what, Duration elapsed, String lastSeen);

    /** The wait that began on this thread is over, however it ended. */
    default void ended() {
    }
}
