package delivery.waiting;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The one place that waits. It waits for changes, not for time to pass: a state is judged at once, after every change,
 * and also once a second, because a judgement may depend on the time.
 */
public final class Waiting {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration FIRST_PROGRESS = Duration.ofSeconds(5);
    private static final Duration NEXT_PROGRESS = Duration.ofSeconds(15);

    private final double patience;
    private final Progress progress;
    private final LongSupplier nanoTime;
    private final String who;
    private final Map<List<Object>, WaitRecord> slowest;

    /** @param patience factor by which every limit is multiplied */
    public Waiting(double patience, Progress progress) {
        this(patience, progress, System::nanoTime);
    }

    Waiting(double patience, Progress progress, LongSupplier nanoTime) {
        this(patience, progress, nanoTime, "", new ConcurrentHashMap<>());
    }

    private Waiting(double patience, Progress progress, LongSupplier nanoTime, String who,
            Map<List<Object>, WaitRecord> slowest) {
        if (!(patience > 0)) {
            throw new IllegalArgumentException("patience must be above 0: " + patience);
        }
        this.patience = patience;
        this.progress = Objects.requireNonNull(progress);
        this.nanoTime = nanoTime;
        this.who = who;
        this.slowest = slowest;
    }

    /** Returns the same, with its waits recorded under a name: a criterion's id. */
    public Waiting by(String somebody) {
        return new Waiting(patience, progress, nanoTime, somebody, slowest);
    }

    /** The slowest wait of each kind under each name, however it ended, sorted by name and kind. */
    public List<WaitRecord> slowest() {
        return slowest.values().stream().sorted(Comparator.comparing(WaitRecord::who).thenComparing(WaitRecord::limit))
                .toList();
    }

    /**
     * Waits until a state is as expected.
     *
     * @return the value of the expectation's outcome
     * @throws NotMet            if it is not met within the limit, or at once if it cannot be met any more
     * @throws EnvironmentNotFit if the feed broke, if the environment is the likely cause, or if the last state itself
     * shows that a part of the platform did not work
     * @throws WaitInterrupted   if the thread is interrupted
     */
    public <T, R> R until(Feed<T> feed, Expectation<? super T, R> expectation, WaitLimit limit) {
        return until(feed, expectation, limit, state -> Duration.ZERO);
    }

    /**
     * Waits like the other method, for a state that says itself, by its delays and intervals, that it may take longer.
     *
     * @param ownTime how much longer than the limit a state may take to become as expected; the largest value of any
     *                state counts. Patience does not change it: it is not an allowance for a slow machine
     */
    public <T, R> R until(Feed<T> feed, Expectation<? super T, R> expectation, WaitLimit limit,
            Function<? super T, Duration> ownTime) {
        Duration usual = limit.times(patience);
        Wait<T> wait = new Wait<>(feed, expectation.description(), usual);
        Signal change = new Signal();
        Subscription subscription = feed.onChange(change::give);
        boolean doubted = false;
        try {
            while (true) {
                // The time is taken before the state is read, so that the last judgement never concerns a state from
                // before the limit. That state is read again, so that an event that was missed is not blamed on the
                // delivery.
                boolean over = wait.elapsed().compareTo(wait.atMost) >= 0;
                T state = over || doubted ? wait.readNow() : wait.lastKnown();
                wait.mayTake(usual.plus(ownTime.apply(state)));
                over = over && wait.elapsed().compareTo(wait.atMost) >= 0;
                Outcome<R> outcome = expectation.judge(state);
                if (outcome instanceof Outcome.Met<R> met) {
                    return met.value();
                }
                if (outcome instanceof Outcome.Impossible<R> impossible) {
                    throw wait.failed(impossible.why(), true);
                }
                Outcome.NotYet<R> notYet = (Outcome.NotYet<R>) outcome;
                wait.saw(notYet.seen());
                Optional<Obstacle> insurmountable = wait.insurmountable(notYet.obstacles());
                if (insurmountable.isPresent() && (over || doubted)) {
                    throw wait.ended(insurmountable.get());
                }
                doubted = insurmountable.isPresent();
                if (doubted) {
                    continue;
                }
                if (over && notYet.platformDown()) {
                    throw wait.platformDown();
                }
                if (over) {
                    throw wait.timedOut();
                }
                wait.pause(change);
            }
        } finally {
            subscription.close();
            wait.ended();
            slowest.merge(List.of(who, limit), new WaitRecord(who, limit, wait.elapsed(), wait.atMost),
                    WaitRecord::slower);
        }
    }

    /**
     * Checks that a state stays as expected. Patience does not change the duration, which is part of the proof.
     *
     * @throws NotMet            at the first state that is not as expected
     * @throws EnvironmentNotFit if the feed broke
     * @throws WaitInterrupted   if the thread is interrupted
     */
    public <T> void throughout(Feed<T> feed, Expectation<? super T, ?> expectation, Duration duration) {
        Wait<T> wait = new Wait<>(feed, expectation.description() + ", throughout " + ObservationLog.seconds(duration),
                duration);
        Signal change = new Signal();
        Subscription subscription = feed.onChange(change::give);
        try {
            boolean over = false;
            while (!over) {
                over = wait.elapsed().compareTo(duration) >= 0;
                Outcome<?> outcome = expectation.judge(over ? wait.readNow() : wait.lastKnown());
                if (outcome instanceof Outcome.NotYet<?> notYet) {
                    throw wait.failed(notYet.seen(), false);
                }
                if (outcome instanceof Outcome.Impossible<?> impossible) {
                    throw wait.failed(impossible.why(), true);
                }
                wait.saw("so, up to now");
                if (!over) {
                    wait.pause(change);
                }
            }
        } finally {
            subscription.close();
            wait.ended();
        }
    }

    /** One wait, with its time and the states seen. */
    private final class Wait<T> {

        private final Feed<T> feed;
        private final String description;
        private Duration atMost;
        private final long start = nanoTime.getAsLong();
        private final ObservationLog sightings = new ObservationLog();
        private final Obstacles obstacles = new Obstacles();
        private Duration nextProgress = FIRST_PROGRESS;
        private String reported = "";
        private boolean begun;

        Wait(Feed<T> feed, String description, Duration atMost) {
            this.feed = feed;
            this.description = description;
            this.atMost = atMost;
        }

        Duration elapsed() {
            return Duration.ofNanos(nanoTime.getAsLong() - start);
        }

        void mayTake(Duration time) {
            atMost = time.compareTo(atMost) > 0 ? time : atMost;
        }

        T lastKnown() {
            return known(feed::lastKnown);
        }

        T readNow() {
            return known(feed::readNow);
        }

        private T known(Supplier<T> state) {
            try {
                return state.get();
            } catch (EnvironmentNotFit unfit) {
                throw unfit;
            } catch (RuntimeException broken) {
                throw new EnvironmentNotFit("The state could not be followed any more while waiting for: "
                        + description + ": " + broken.getMessage(), "Look: " + feed.whereToLook(), broken);
            }
        }

        void saw(String text) {
            sightings.add(elapsed(), text);
        }

        void pause(Signal change) {
            if (!begun) {
                begun = true;
                progress.began(description);
            }
            if (!sightings.isEmpty() && !sightings.last().equals(reported)) {
                reported = sightings.last();
                progress.saw(reported);
            }
            Duration elapsed = elapsed();
            if (elapsed.compareTo(nextProgress) >= 0) {
                progress.waitingFor(description, elapsed, sightings.last());
                nextProgress = elapsed.plus(NEXT_PROGRESS);
            }
            Duration left = atMost.minus(elapsed);
            try {
                change.await(left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new WaitInterrupted(description, e);
            }
        }

        void ended() {
            if (begun) {
                progress.ended();
            }
        }

        NotMet failed(String why, boolean forGood) {
            saw(why);
            return new NotMet(why + "\nExpected: " + description + story(), forGood);
        }

        /** The obstacle that is final, judging by all states seen so far. */
        Optional<Obstacle> insurmountable(List<Obstacle> now) {
            Duration elapsed = elapsed();
            obstacles.see(now, elapsed);
            return obstacles.insurmountable(elapsed);
        }

        NotMet ended(Obstacle cause) {
            return because(cause, cause.sentence(), true);
        }

        NotMet timedOut() {
            return obstacles.likely().map(cause -> because(cause, "Likely cause: " + cause.sentence(), false))
                    .orElseGet(() -> new NotMet(expected(Optional.empty()) + story(), false));
        }

        /** @throws EnvironmentNotFit if the environment is the cause */
        private NotMet because(Obstacle cause, String sentence, boolean forGood) {
            if (cause.remedy().isPresent()) {
                throw new EnvironmentNotFit(sentence, cause.remedy().get() + "\n" + expected(Optional.of(cause))
                        + story());
            }
            return new NotMet(sentence + "\n" + expected(Optional.of(cause)) + story(), forGood);
        }

        private String expected(Optional<Obstacle> cause) {
            return "Expected: " + description + "\nLast seen: " + sightings.last() + obstacles.others(cause);
        }

        EnvironmentNotFit platformDown() {
            return new EnvironmentNotFit("A part of the platform did not work while it was waited for: " + description
                    + "; last seen: " + sightings.last(), "See the logs of what did not answer. " + story());
        }

        private String story() {
            return "\nSeen on the way:\n" + sightings.lines()
                    + "\nWaited: " + ObservationLog.seconds(elapsed()) + " of " + ObservationLog.seconds(atMost)
                    + "\nLook: " + feed.whereToLook();
        }
    }
}
