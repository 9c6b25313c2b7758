package delivery.release.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A pool with a bounded number of releases, for which scenarios wait. A release that becomes free goes to the scenario
 * that it saves most: the cost of the way from a new release, less that of the way from this one. A scenario that it
 * would save little leaves it to others and waits, as long as several releases are in use that may suit it better. Of
 * several with the same saving, the one at the lowest cost comes first, then one that has to see a release deployed,
 * then the one that asked first. Where there is room, the release of one that has to see it deployed counts as cheap as
 * any new one. Safe for use by many threads.
 */
public final class Pool<R> {

    private record Idle<R>(R release, Standing standing) {
    }

    private record Request<R>(Situation wanted, CompletableFuture<Place<R>> answer) {
    }

    /** @param idle the release to use, or to remove to make room; empty for a free place */
    private record Match<R>(Request<R> request, Optional<Idle<R>> idle, Way way, boolean makesRoom) {

        int cost() {
            if (makesRoom) {
                return way.cost() + MAKING_ROOM;
            }
            // Such a release must be made in any case, and made early it can serve other scenarios as well.
            return request.wanted().fromTheBeginning() ? Move.CLONE.cost() : way.cost();
        }

        int saving() {
            int whole = Way.fromNothing(request.wanted()).cost();
            return makesRoom ? -MAKING_ROOM : whole - way.cost();
        }

        /** Whether a release that is in use may soon save clearly more. */
        boolean canWait() {
            return idle.isPresent() && saving() < LEAST_SAVING;
        }
    }

    private static final int MAKING_ROOM = 3;
    private static final int LEAST_SAVING = Move.CLONE.cost() / 2;
    /** With fewer releases in use it is better to take what there is than to leave a place unused. */
    private static final int IN_USE_TO_WAIT = 2;

    private final int most;
    private final int atOnce;
    private final Duration settling;
    private final List<Idle<R>> idle = new ArrayList<>();
    private final List<Request<R>> waiting = new ArrayList<>();
    private int used;
    private boolean begun;
    private boolean open;

    /**
     * @param most     the largest number of releases at a time
     * @param atOnce   the largest number of releases in use at a time
     * @param settling how long the first request waits for others, because the choice is better among all of them
     */
    public Pool(int most, int atOnce, Duration settling) {
        this.most = most;
        this.atOnce = Math.min(most, atOnce);
        this.settling = settling;
    }

    /** Waits for a place. The caller gives it back by {@link #giveBack} or {@link #free}. */
    public Place<R> take(Situation wanted) {
        CompletableFuture<Place<R>> answer = ask(wanted);
        try {
            return answer.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            withdraw(answer);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for a release", interrupted);
        }
    }

    /** Asks for a place. The future completes when there is one. */
    synchronized CompletableFuture<Place<R>> ask(Situation wanted) {
        Request<R> request = new Request<>(wanted, new CompletableFuture<>());
        waiting.add(request);
        if (!begun) {
            begun = true;
            CompletableFuture.delayedExecutor(settling.toMillis(), TimeUnit.MILLISECONDS).execute(this::begin);
        }
        match();
        return request.answer();
    }

    private synchronized void begin() {
        open = true;
        match();
    }

    /** Withdraws a request. A place that was given at the moment of the interruption becomes free again. */
    private synchronized void withdraw(CompletableFuture<Place<R>> answer) {
        if (!waiting.removeIf(request -> request.answer() == answer)) {
            used--;
            match();
        }
    }

    /** Gives back a place with its release, which other scenarios can use from this standing. */
    public synchronized void giveBack(R release, Standing standing) {
        used--;
        idle.add(new Idle<>(release, standing));
        match();
    }

    /** Gives back a place whose release was removed. */
    public synchronized void free() {
        used--;
        match();
    }

    public synchronized int idle() {
        return idle.size();
    }

    private void match() {
        while (open && used < atOnce) {
            Optional<Match<R>> best = matches().filter(match -> used < IN_USE_TO_WAIT || !match.canWait())
                    .min(Comparator.<Match<R>>comparingInt(match -> -match.saving()).thenComparingInt(Match::cost)
                    .thenComparing(match -> !match.request().wanted().fromTheBeginning())
                    .thenComparing(match -> waiting.indexOf(match.request())));
            if (best.isEmpty()) {
                return;
            }
            give(best.get());
        }
    }

    private void give(Match<R> match) {
        waiting.remove(match.request());
        match.idle().ifPresent(idle::remove);
        used++;
        Optional<R> release = match.idle().map(Idle::release);
        match.request().answer().complete(match.makesRoom()
                ? new Place<>(Optional.empty(), match.way(), release) : new Place<>(release, match.way(),
                        Optional.empty()));
    }

    private Stream<Match<R>> matches() {
        boolean room = used + idle.size() < most;
        return waiting.stream().flatMap(request -> {
            Way making = Way.fromNothing(request.wanted());
            Stream<Match<R>> ready = idle.stream().flatMap(found -> Way.from(found.standing(), request.wanted())
                    .map(way -> new Match<>(request, Optional.of(found), way, false)).stream());
            Stream<Match<R>> made = room ? Stream.of(new Match<>(request, Optional.empty(), making, false))
                    : idle.stream().map(found -> new Match<>(request, Optional.of(found), making, true));
            return Stream.concat(ready, made);
        });
    }
}
