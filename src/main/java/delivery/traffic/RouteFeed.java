package delivery.traffic;

import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A route as its users see it: one request a look. Nothing announces that a router has taken up a change, so it is asked
 * again every tenth of a second while it is waited for. What is seen on the way is no sample, and judges nothing.
 */
public final class RouteFeed implements Feed<Answer> {

    private static final long PERIOD_MILLIS = 100;

    private final Supplier<Answer> ask;
    private final String whereToLook;

    /** @param ask sends one request */
    public RouteFeed(Supplier<Answer> ask, String whereToLook) {
        this.ask = ask;
        this.whereToLook = whereToLook;
    }

    /** The route answers with this version. */
    public static Expectation<Answer, Answer> answers(String route, String version) {
        return Expectation.of(route + " answers with version " + version, answer ->
                answer.version().filter(version::equals).isPresent() ? Outcome.met(answer)
                        : Outcome.notYet(answer.version().map(other -> "it answers with version " + other)
                                .orElse("it answers: " + answer.failure().orElse("status " + answer.status()))));
    }

    @Override
    public Answer latest() {
        return ask.get();
    }

    @Override
    public Subscription onChange(Runnable listener) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "route");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(listener, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return clock::shutdownNow;
    }

    @Override
    public String whereToLook() {
        return whereToLook;
    }
}
