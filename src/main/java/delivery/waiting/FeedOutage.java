package delivery.waiting;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time for which a feed has had no news because its source cannot be reached. After a short outage the state is
 * simply read again. In a long one the last known state proves nothing any more, and a wait for it would blame the
 * delivery. Safe for use by many threads.
 */
public final class FeedOutage {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final String what;
    private final String whatToDo;
    private final LongSupplier nanoTime;
    private boolean open;
    private long since;
    private String why = "";

    /**
     * @param what     cannot be reached while it lasts: "Argo CD"
     * @param whatToDo advice for a person, one sentence
     */
    public FeedOutage(String what, String whatToDo) {
        this(what, whatToDo, System::nanoTime);
    }

    FeedOutage(String what, String whatToDo, LongSupplier nanoTime) {
        this.what = what;
        this.whatToDo = whatToDo;
        this.nanoTime = nanoTime;
    }

    /** Records that there is no news, either from now on or still. */
    public synchronized void lasts(String reason) {
        if (!open) {
            open = true;
            since = nanoTime.getAsLong();
        }
        why = reason;
    }

    public synchronized void ends() {
        open = false;
    }

    /** @throws EnvironmentNotFit if there has been no news for so long that the last known state proves nothing */
    public synchronized void requireShort() {
        Duration lasted = Duration.ofNanos(open ? nanoTime.getAsLong() - since : 0);
        if (lasted.compareTo(LONGEST) > 0) {
            throw new EnvironmentNotFit(what + " could not be followed for " + lasted.toSeconds() + " s: "
                    + why, whatToDo);
        }
    }
}
