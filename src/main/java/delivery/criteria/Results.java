package delivery.criteria;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The results of the scenarios. A criterion is proven only if every scenario begun for it proved it. Thread-safe. */
public final class Results {

    private final Map<String, List<Result>> ended = new TreeMap<>();
    private final Map<String, Integer> running = new TreeMap<>();
    private Map<String, Integer> scenarios = Map.of();

    /**
     * Sets how many scenarios a criterion has, by its id, one for each row of examples: it is proven by all of them.
     */
    public synchronized void expect(Map<String, Integer> each) {
        scenarios = Map.copyOf(each);
    }

    public synchronized void started(String id) {
        running.merge(id, 1, Integer::sum);
    }

    /** @throws IllegalStateException if no scenario for the criterion had begun */
    public synchronized void ended(String id, Result result) {
        if (running.getOrDefault(id, 0) == 0) {
            throw new IllegalStateException("a scenario of " + id + " ended that had not begun");
        }
        running.merge(id, -1, Integer::sum);
        ended.computeIfAbsent(id, unused -> new ArrayList<>()).add(result);
    }

    /** @param selected ids of the criteria that this run was to prove */
    public synchronized Summary summary(Checklist checklist, Set<String> selected) {
        Set<String> unknown = new TreeSet<>(selected);
        unknown.addAll(running.keySet());
        List<Summary.Line> lines = new ArrayList<>();
        for (Criterion criterion : checklist.criteria()) {
            unknown.remove(criterion.id());
            boolean isSelected = selected.contains(criterion.id());
            lines.add(new Summary.Line(criterion, isSelected, together(criterion.id(), isSelected)));
        }
        return new Summary(lines, unknown);
    }

    private Result together(String id, boolean selected) {
        List<Result> all = new ArrayList<>(ended.getOrDefault(id, List.of()));
        if (running.getOrDefault(id, 0) > 0) {
            all.add(Result.notRun(Cause.SUITE, "its scenario began and did not end", Duration.ZERO));
        }
        if (all.isEmpty()) {
            return selected ? Result.notRun(Cause.SELECTION, "no scenario ran for it", Duration.ZERO)
                    : Result.UNSELECTED;
        }
        Duration took = all.stream().map(Result::took).reduce(Duration.ZERO, Duration::plus);
        int missing = scenarios.getOrDefault(id, 0) - all.size();
        if (missing > 0) {
            all.add(Result.notRun(Cause.SELECTION, "only " + all.size() + " of its " + scenarios.get(id)
                    + " examples ran", Duration.ZERO));
        }
        Result worst = all.stream().max(Comparator.comparingInt(Results::weight)).orElseThrow();
        String seen = worst.verdict() != Verdict.PROVEN ? "" : all.stream().map(Result::seen)
                .filter(sentence -> !sentence.isEmpty()).distinct().sorted().collect(Collectors.joining("; "));
        return new Result(worst.verdict(), worst.cause(), worst.reason(), seen, took);
    }

    /** The weight of a result: those that a person must hear about first weigh most. */
    private static int weight(Result result) {
        return switch (result.verdict()) {
            case NOT_MET -> 5;
            case NOT_RUN -> result.cause() == Cause.SUITE ? 4 : result.cause() == Cause.ENVIRONMENT ? 3 : 2;
            case NOT_APPLICABLE -> 1;
            case PROVEN -> 0;
        };
    }
}
