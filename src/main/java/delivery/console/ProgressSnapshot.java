package delivery.console;

import delivery.criteria.Criterion;
import delivery.criteria.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a run is at a moment. All times are counted from the run's begin.
 *
 * @param lines   one for each criterion that is to be proved, in the task's order
 * @param stage   what the run as a whole does, if it does anything but prove criteria
 * @param awaited what is waited for longest of what belongs to no criterion
 * @param lastEnd when the last scenario up to now ended
 */
record ProgressSnapshot(List<Line> lines, Optional<Activity> stage, Optional<Activity> awaited,
        Optional<Duration> lastEnd) {

    enum Mark {
        WAITING, RUNNING, PROVEN, NOT_MET, NOT_RUN, NOT_APPLICABLE;

        static Mark of(Verdict verdict) {
            return valueOf(verdict.name());
        }

        String sign() {
            return this == WAITING ? "·" : this == RUNNING ? "▸" : Verdict.valueOf(name()).sign();
        }
    }

    /** What is done, or waited for, and what is there instead, which may be empty. */
    record Activity(String what, Duration since, String sees) {
    }

    /**
     * One scenario that is under way.
     *
     * @param step    its step; empty before the first
     * @param awaited what the step waits for, if it does
     */
    record Scenario(Duration since, Optional<Activity> step, Optional<Activity> awaited) {
    }

    /**
     * One criterion.
     *
     * @param scenarios how many it has in this run
     * @param ended     how many of them have ended
     * @param running   those under way, the oldest first
     * @param took      by those that have ended, together
     * @param reason    why it is not proven; empty if it is, or if that is not known yet
     */
    record Line(Criterion criterion, Mark mark, int scenarios, int ended, List<Scenario> running, Duration took,
            String reason) {

        Line {
            running = List.copyOf(running);
        }

        int ahead() {
            return Math.max(0, scenarios - ended - running.size());
        }
    }

    ProgressSnapshot {
        lines = List.copyOf(lines);
    }

    boolean proving() {
        return lines.stream().anyMatch(line -> line.mark() == Mark.RUNNING || line.ahead() > 0);
    }
}
