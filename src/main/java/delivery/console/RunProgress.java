package delivery.console;

import delivery.console.ProgressSnapshot.Activity;
import delivery.console.ProgressSnapshot.Line;
import delivery.console.ProgressSnapshot.Mark;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Tracks a run. A scenario has one thread, so that thread's waits are its own. Safe for use by many threads. */
final class RunProgress {

    private static final class Running {

        private final String id;
        private final Duration since;
        private Optional<Activity> step = Optional.empty();
        private Optional<Activity> wait = Optional.empty();

        Running(String id, Duration since) {
            this.id = id;
            this.since = since;
        }
    }

    private final LongSupplier nanoTime;
    private final long begun;
    private final Map<String, Criterion> criteria = new LinkedHashMap<>();
    private final Map<String, Integer> expected = new LinkedHashMap<>();
    private final Map<String, List<Result>> results = new LinkedHashMap<>();
    private final Map<Thread, Running> running = new LinkedHashMap<>();
    private final Map<Thread, Activity> waits = new LinkedHashMap<>();
    private Optional<Activity> stage = Optional.empty();
    private Optional<Duration> before = Optional.empty();
    private Optional<Duration> lastEnd = Optional.empty();

    RunProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    Duration now() {
        return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - begun));
    }

    /** @param scenarios number of scenarios of each criterion that is to be proved, by the criterion's id */
    synchronized void expect(Checklist checklist, Map<String, Integer> scenarios) {
        for (Criterion criterion : checklist.criteria()) {
            if (scenarios.getOrDefault(criterion.id(), 0) > 0) {
                criteria.put(criterion.id(), criterion);
                expected.put(criterion.id(), scenarios.get(criterion.id()));
            }
        }
    }

    synchronized void stage(String what) {
        stage = Optional.of(new Activity(what, now(), ""));
    }

    synchronized void started(Criterion criterion) {
        Duration now = now();
        before = before.or(() -> stage.map(last -> now.minus(last.since())));
        stage = Optional.empty();
        criteria.putIfAbsent(criterion.id(), criterion);
        running.put(Thread.currentThread(), new Running(criterion.id(), now));
    }

    /** Records that this thread's scenario begins its next step. */
    synchronized void step(String words) {
        Running scenario = running.get(Thread.currentThread());
        if (scenario != null) {
            scenario.step = Optional.of(new Activity(words, now(), ""));
        }
    }

    synchronized void ended(Criterion criterion, Result result) {
        running.remove(Thread.currentThread());
        waits.remove(Thread.currentThread());
        results.computeIfAbsent(criterion.id(), unused -> new ArrayList<>()).add(result);
        lastEnd = Optional.of(now());
    }

    synchronized void waits(String what) {
        waiting(new Activity(what, now(), ""));
    }

    synchronized void sees(String lastSeen) {
        current().ifPresent(wait -> waiting(new Activity(wait.what(), wait.since(), lastSeen)));
    }

    synchronized void waitEnded() {
        waits.remove(Thread.currentThread());
        Running scenario = running.get(Thread.currentThread());
        if (scenario != null) {
            scenario.wait = Optional.empty();
        }
    }

    /** Returns the id of the criterion whose scenario this thread runs; empty if it runs none. */
    synchronized String criterionHere() {
        Running scenario = running.get(Thread.currentThread());
        return scenario == null ? "" : scenario.id;
    }

    synchronized ProgressSnapshot standing() {
        return new ProgressSnapshot(criteria.values().stream().map(this::line).toList(), stage,
                waits.values().stream().min(Comparator.comparing(Activity::since)), lastEnd);
    }

    /** Returns the time from the last stage to the begin of the first scenario; empty if none has begun. */
    synchronized Optional<Duration> before() {
        return before;
    }

    private void waiting(Activity wait) {
        Running scenario = running.get(Thread.currentThread());
        if (scenario == null) {
            waits.put(Thread.currentThread(), wait);
        } else {
            scenario.wait = Optional.of(wait);
        }
    }

    private Optional<Activity> current() {
        Running scenario = running.get(Thread.currentThread());
        return scenario == null ? Optional.ofNullable(waits.get(Thread.currentThread())) : scenario.wait;
    }

    private Line line(Criterion criterion) {
        List<Result> found = results.getOrDefault(criterion.id(), List.of());
        List<ProgressSnapshot.Scenario> scenarios = running.values().stream()
                .filter(scenario -> scenario.id.equals(criterion.id()))
                .map(scenario -> new ProgressSnapshot.Scenario(scenario.since, scenario.step, scenario.wait)).toList();
        int number = Math.max(expected.getOrDefault(criterion.id(), 0), found.size() + scenarios.size());
        Optional<Result> worst = Stream.of(Verdict.NOT_MET, Verdict.NOT_RUN, Verdict.NOT_APPLICABLE)
                .flatMap(verdict -> found.stream().filter(result -> result.verdict() == verdict)).findFirst();
        return new Line(criterion, mark(worst, number > found.size(), !scenarios.isEmpty()), number, found.size(),
                scenarios, found.stream().map(Result::took).reduce(Duration.ZERO, Duration::plus),
                worst.map(FailureCauses::of).orElse(""));
    }

    private static Mark mark(Optional<Result> worst, boolean more, boolean running) {
        if (running) {
            return Mark.RUNNING;
        }
        return worst.map(result -> Mark.of(result.verdict())).orElse(more ? Mark.WAITING : Mark.PROVEN);
    }
}
