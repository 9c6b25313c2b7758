package delivery.traffic;

import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A route as its users see it, by a few requests at a time. Nothing announces that a router has applied a change, so it
 * is polled while a wait for that lasts. These requests judge nothing: the sample that does is taken once, afterwards.
 */
public record RouteFeed(Supplier<Sample> look, String whereToLook) implements Feed<Sample> {

    private static final long PERIOD_MILLIS = 200;

    /** Expects the route to answer with this version and no other. */
    public static Expectation<Sample, Sample> answersOnly(String route, String version) {
        return Expectation.of(route + " answers with version " + version + " only", sample ->
                sample.served(version) == sample.size() ? Outcome.met(sample) : Outcome.notYet(seen(sample)));
    }

    /** Expects the route to have applied a new share: its answers are likelier under that than under the old one. */
    public static Expectation<Sample, Sample> tookUp(String route, String version, AskedShare before,
            AskedShare asked) {
        return Expectation.of(route + " serves version " + version + " by " + percent(asked) + " rather than by "
                + percent(before), sample -> BinomialSplitTest.isNearer(asked, before, sample.served(version),
                        sample.size()) ? Outcome.met(sample) : Outcome.notYet(seen(sample)));
    }

    /**
     * Expects the same of each look for some time. A look that is not as expected begins the time again.
     *
     * @param nanoTime a clock
     */
    public static Expectation<Sample, Sample> lasting(Expectation<Sample, Sample> expectation, Duration time,
            LongSupplier nanoTime) {
        AtomicReference<Long> since = new AtomicReference<>();
        String lasts = ", for " + time.toSeconds() + " s";
        return Expectation.of(expectation.description() + lasts, sample -> {
            Outcome<Sample> outcome = expectation.judge(sample);
            if (!(outcome instanceof Outcome.Met<Sample>)) {
                since.set(null);
                return outcome;
            }
            since.compareAndSet(null, nanoTime.getAsLong());
            return nanoTime.getAsLong() - since.get() >= time.toNanos() ? outcome
                    : Outcome.notYet(seen(sample) + ", not yet" + lasts);
        });
    }

    /**
     * Expects the same of one look, and then lets some time pass: the parts of a gateway, such as the workers of NGINX
     * (ingress-nginx, {@code balancer.lua}: each reads the backends once a second) or the replicas of Traefik ({@code
     * providersThrottleDuration}), follow a change one after the other. Looks that differ do not begin the time again.
     *
     * @param nanoTime a clock
     */
    public static Expectation<Sample, Sample> settled(Expectation<Sample, Sample> expectation, Duration time,
            LongSupplier nanoTime) {
        AtomicReference<Long> since = new AtomicReference<>();
        String settles = ", and " + time.toSeconds() + " s have passed since";
        return Expectation.of(expectation.description() + settles, sample -> {
            if (since.get() == null) {
                Outcome<Sample> outcome = expectation.judge(sample);
                if (!(outcome instanceof Outcome.Met<Sample>)) {
                    return outcome;
                }
                since.set(nanoTime.getAsLong());
            }
            return nanoTime.getAsLong() - since.get() >= time.toNanos() ? Outcome.met(sample)
                    : Outcome.notYet(seen(sample) + ", and " + time.toSeconds() + " s have not passed yet");
        });
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
