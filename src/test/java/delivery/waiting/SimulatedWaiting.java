package delivery.waiting;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** A feed with a script of its state at each second, in simulated time: every look takes a second. */
public final class SimulatedWaiting<T> implements Feed<T> {

    private final AtomicLong now = new AtomicLong();
    private final Listeners listeners = new Listeners();
    private final IntFunction<T> script;

    /** @param script the state at a second, counted from 0 */
    public SimulatedWaiting(IntFunction<T> script) {
        this.script = script;
    }

    public Waiting waiting() {
        return new Waiting(1, (what, elapsed, seen) -> { }, now::get);
    }

    /** Returns the current second. */
    public int second() {
        return (int) Duration.ofNanos(now.get()).toSeconds();
    }

    @Override
    public T lastKnown() {
        T state = script.apply(second());
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        listeners.changed();
        return state;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return listeners.add(listener);
    }

    @Override
    public String whereToLook() {
        return "kubectl get it";
    }
}
