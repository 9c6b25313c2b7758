package delivery.failure;

import java.time.Duration;

/** Something takes longer by the delivery's own numbers than a run waits: nothing was learned about the criterion. */
public final class ExcessiveDuration extends WrongInput {

    private static final long serialVersionUID = 1L;

    /**
     * @param what    takes so long, and which field says so
     * @param longest that a run waits
     */
    public ExcessiveDuration(String what, Duration longest) {
        super(what + ". A run waits " + longest.toSeconds() + " s at most: shorten it in the values to prove this");
    }
}
