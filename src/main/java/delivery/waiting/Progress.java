package delivery.waiting;

import java.time.Duration;

/** A listener to waits, called on the waiting thread. It must not throw, because that would end the wait. */
@FunctionalInterface
public interface Progress {

    /** Called when a wait begins because the expectation, given in words, is not met at once. */
    default void began(String what) {
    }

    /** Called with the state seen instead, in words, first and whenever it changes. */
    default void saw(String lastSeen) {
    }

    /**
     * Called when a wait has lasted for 5 seconds and then every 15 seconds.
     *
     * @param what     expectation in words
     * @param elapsed  since the wait began
     * @param lastSeen state seen instead, in words
     */
    void waitingFor(String what, Duration elapsed, String lastSeen);

    /** Called when the wait that began on this thread is over, however it ended. */
    default void ended() {
    }
}
