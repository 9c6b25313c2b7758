package delivery.traffic;

import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A route as its users see it, a few requests a look. Nothing announces that a router has taken up a change, so it is
 * asked again and again while that is waited for. What is seen on the way judges nothing: the sample that does is taken
 * once, afterwards.
 */
public record RouteFeed(Supplier<Sample> look, String whereToLook) implements Feed<Sample> {

    private static final long PERIOD_MILLIS = 200;

    /** The route answers with this version, and with no other. */
    public static Expectation<Sample, Sample> answersOnly(String route, String version) {
        return Expectation.of(route + " answers with version " + version + " only", sample ->
                sample.served(version) == sample.size() ? Outcome.met(sample) : Outcome.notYet(seen(sample)));
    }

    /** The route has taken up a new share: it serves a version rather by that one than by the one before. */
    public static Expectation<Sample, Sample> tookUp(String route, String version, AskedShare before,
            AskedShare asked) {
        return Expectation.of(route + " serves version " + version + " by " + percent(asked) + " rather than by "
                + percent(before), sample -> BinomialSplitTest.isNearer(asked, before, sample.served(version),
                        sample.size()) ? Outcome.met(sample) : Outcome.notYet(seen(sample)));
    }

    private static String percent(AskedShare share) {
        return new DecimalFormat("0.#'%'", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(share.exact());
    }

    private static String seen(Sample sample) {
        return "of " + sample.size() + " requests " + sample.sentence();
    }

    @Override
    public Sample lastKnown() {
        return look.get();
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
}
