package delivery.waiting;

/** A wait was interrupted, so that nothing was learned. The thread's interrupt flag is set again. */
public final class WaitInterrupted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WaitInterrupted(String what, InterruptedException cause) {
        super("interrupted while waiting for: " + what, cause);
    }
}
