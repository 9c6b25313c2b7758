package delivery.traffic;

import delivery.verdict.EnvironmentNotFit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** So many requests at a steady rate over a time: what comes and goes meanwhile is seen, as it is not in a burst. */
final class Steady {

    private static final int SIDE_BY_SIDE = 4;
    private static final long LONGEST_DELAY_MILLIS = 10_000;

    private Steady() {
    }

    /**
     * @param late what it means that the requests took longer than three times the time and ten seconds, which it is given
     * @throws EnvironmentNotFit     if a request says so, or the time was too short
     * @throws IllegalStateException if the thread is interrupted
     */
    static List<Answer> ask(Supplier<Answer> request, int requests, Duration over,
            Function<Duration, EnvironmentNotFit> late) {
        List<Future<Answer>> asked = new ArrayList<>();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(SIDE_BY_SIDE);
        try {
            for (int number = 0; number < requests; number++) {
                asked.add(clock.schedule(request::get, over.toNanos() * number / requests,
                        TimeUnit.NANOSECONDS));
            }
            clock.shutdown();
            Duration longest = over.multipliedBy(3).plusMillis(LONGEST_DELAY_MILLIS);
            if (!clock.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw late.apply(longest);
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
