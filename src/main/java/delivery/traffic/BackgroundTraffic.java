package delivery.traffic;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Requests that are sent at a steady rate while something else goes on. */
public final class BackgroundTraffic implements AutoCloseable {

    /** Users that send in parallel, so that one request without an answer does not stop the others. */
    private static final int USERS = 8;
    private static final double FASTEST = 500;
    private static final double MOST_REQUESTS = 200_000;
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> users = new ArrayList<>();
    private final UnaryOperator<Sample> judged;
    private final ScheduledThreadPoolExecutor threads;
    private volatile boolean over;

    /** @param judged checks or filters the sample that {@link #stop()} returns; throws if nothing was learned */
    public BackgroundTraffic(Supplier<Answer> request, UnaryOperator<Sample> judged, Duration atMost,
            double perSecond) {
        this.judged = judged;
        if (!(perSecond > 0 && perSecond <= FASTEST)) {
            throw new IllegalArgumentException("requests a second must be more than 0, at most 500: " + perSecond);
        }
        if (atMost.isNegative() || atMost.isZero() || atMost.toSeconds() * perSecond > MOST_REQUESTS) {
            throw new IllegalArgumentException(
                    "a load must last some time, and 200,000 requests at most: " + atMost + " at " + perSecond + "/s");
        }
        threads = new ScheduledThreadPoolExecutor(USERS + 1, task -> {
            Thread thread = new Thread(task, "load");
            thread.setDaemon(true);
            return thread;
        });
        // Requests that are not under way when the load stops are not sent.
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        long apart = Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond);
        for (int user = 0; user < USERS; user++) {
            users.add(threads.scheduleWithFixedDelay(
                    () -> ask(request), user * apart, USERS * apart, TimeUnit.NANOSECONDS));
        }
        threads.schedule(() -> {
            over = true;
            threads.shutdown();
        }, atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The longest time for which a load of this rate may last: half an hour, and 200,000 requests at most. */
    public static Duration longest(double perSecond) {
        Duration atThatRate = Duration.ofSeconds((long) (MOST_REQUESTS / perSecond));
        return atThatRate.compareTo(LONGEST) < 0 ? atThatRate : LONGEST;
    }

    /** Sends one request. One that is cut off because the load is closed says nothing about the release. */
    private void ask(Supplier<Answer> request) {
        Answer answer = request.get();
        if (!Thread.currentThread().isInterrupted()) {
            answers.add(answer);
        }
    }

    /** Waits for the load to end by itself, and returns whether it did within this time. */
    public boolean endsWithin(Duration limit) throws InterruptedException {
        return threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    public Sample soFar() {
        return new Sample(List.copyOf(answers));
    }

    /**
     * Ends the load, waits for the requests under way and returns all answers. May be called again.
     *
     * @throws delivery.failure.EnvironmentNotFit if the load judges, and the gateway took no connection meanwhile
     * @throws IllegalStateException              if the thread is interrupted
     */
    public Sample stop() {
        threads.shutdown();
        try {
            // A request under way ends by its own limit.
            if (!endsWithin(Answer.LIMIT.multipliedBy(2))) {
                throw new IllegalStateException("requests of the load did not end");
            }
            for (Future<?> user : users) {
                if (!user.isCancelled()) {
                    user.get(); // a repeating task that is done has failed
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the load ended", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load broke", e.getCause());
        }
        return judged.apply(soFar());
    }

    /**
     * Ends the load like {@link #stop()}, and requires it to have lasted until now.
     *
     * @throws EnvironmentNotFit if it had ended by itself, so that what users were served afterwards is not known
     */
    public Sample allTheWhile() {
        if (over) {
            throw new EnvironmentNotFit("This took longer than users can send requests, so that nobody knows whether"
                    + " they lost one", "Have them send fewer requests a second");
        }
        return stop();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
