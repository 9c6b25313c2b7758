package delivery.traffic;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * So many requests at a steady rate over a time: what comes and goes meanwhile is seen, as it is not in a burst.
 *
 * @param sideBySide how many are under way at a time; if answers take long, all take longer than they were meant to
 * @param longest    how long they may take
 */
public record PacedRequests(int requests, Duration over, int sideBySide, Duration longest) {

    /**
     * @param late what it means that they took too long
     * @throws EnvironmentNotFit     if a request says so, or all took too long
     * @throws IllegalStateException if the thread is interrupted
     */
    public List<Answer> ask(Supplier<Answer> request, Supplier<EnvironmentNotFit> late) {
        List<Future<Answer>> asked = new ArrayList<>();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(sideBySide);
        try {
            for (int number = 0; number < requests; number++) {
                asked.add(clock.schedule(request::get, over.toNanos() * number / requests, TimeUnit.NANOSECONDS));
            }
            clock.shutdown();
            if (!clock.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw late.get();
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> done : asked) {
                answers.add(done.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while requests were sent at a steady rate", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof EnvironmentNotFit unfit ? unfit
                    : new IllegalStateException("requests could not be sent at a steady rate", e.getCause());
        } finally {
            clock.shutdownNow();
        }
    }
}
