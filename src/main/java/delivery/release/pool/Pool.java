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
 * A bounded number of releases for scenarios that wait for one. Whenever there is something to give, it goes to the
 * scenario that can be served by the cheapest way; of two that can by the same, to the one that asked first. A scenario
 * that has to see a release deployed is served first where one must be made in any case. Safe for use by many threads.
 */
public final class Pool<R> {

    private record Idle<R>(R release, Standing standing) {
    }

    private record Request<R>(Situation wanted, CompletableFuture<Place<R>> answer) {
    }

    /** @param idle empty for a place that is free */
    private record Match<R>(Request<R> request, Optional<Idle<R>> idle, Way way, boolean makesRoom) {

        int cost() {
            return way.cost() + (makesRoom ? MAKING_ROOM : 0);
        }
    }

    private static final int MAKING_ROOM = 3;

    private final int most;
    private final int atOnce;
    private final Duration settling;
    private final List<Idle<R>> idle = new ArrayList<>();
    private final List<Request<R>> waiting = new ArrayList<>();
    private int used;
    private boolean begun;
    private boolean open;

    /**
     * @param most     how many releases there are at a time
     * @param atOnce   how many of them are used at a time
     * @param settling how long the first to ask waits for others to ask too: the choice is better among all
     */
    public Pool(int most, int atOnce, Duration settling) {
        this.most = most;
        this.atOnce = Math.min(most, atOnce);
        this.settling = settling;
    }

    /** Waits for a place. Whoever has it gives it back by {@link #giveBack} or {@link #free}. */
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

    /** Asks for a place; the answer comes when there is one. */
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

    /** A place that was given in the moment of the interruption is free again. */
    private synchronized void withdraw(CompletableFuture<Place<R>> answer) {
        if (!waiting.removeIf(request -> request.answer() == answer)) {
            used--;
            match();
        }
    }

    /** Its release can be used by others, from where it stands. */
    public synchronized void giveBack(R release, Standing standing) {
        used--;
        idle.add(new Idle<>(release, standing));
        match();
    }

    /** Its release is gone. */
    public synchronized void free() {
        used--;
        match();
    }

    public synchronized int idle() {
        return idle.size();
    }

    private void match() {
        while (open && used < atOnce) {
            Optional<Match<R>> best = matches().min(Comparator.<Match<R>>comparingInt(Match::cost)
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
