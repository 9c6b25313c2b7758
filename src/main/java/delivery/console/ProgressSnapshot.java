package delivery.console;

import delivery.criteria.Criterion;
import delivery.criteria.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The progress of a run at one moment. All times are counted from the run's begin.
 *
 * @param lines   one for each criterion that is to be proved, in the task's order
 * @param stage   work of the run that belongs to no criterion, if there is any
 * @param awaited the oldest wait that belongs to no criterion
 * @param lastEnd end of the scenario that ended last
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

    /** An action or a wait, and for a wait the last observation, which may be empty. */
    record Activity(String what, Duration since, String sees) {
    }

    /**
     * One scenario that is running.
     *
     * @param step    its step; empty before the first
     * @param awaited the condition that the step waits for, if it waits
     */
    record Scenario(Duration since, Optional<Activity> step, Optional<Activity> awaited) {
    }

    /**
     * One criterion.
     *
     * @param scenarios number of its scenarios in this run
     * @param ended     number of those that have ended
     * @param running   those that are running, the oldest first
     * @param took      total duration of those that have ended
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
