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
 * Requests at a steady rate over a period, which show short failures that a burst would miss.
 *
 * @param sideBySide requests under way at a time; if answers are slow, all take longer than planned
 * @param longest    most time that they may take
 */
public record PacedRequests(int requests, Duration over, int sideBySide, Duration longest) {

    /**
     * @param late the environment problem to report if they take too long
     * @throws EnvironmentNotFit     if a request throws it, or all took too long
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
