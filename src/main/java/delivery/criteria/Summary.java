package delivery.criteria;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is known after a run.
 *
 * @param lines   one for every criterion of the checklist, in its order
 * @param unknown ids that were selected or had a scenario, but are not in the checklist
 * @param withoutScenario criteria of the task's own file that the checklist does not have, in their words
 */
public record Summary(List<Line> lines, Set<String> unknown, List<String> withoutScenario) {

    /** @param selected whether the run was to prove it */
    public record Line(Criterion criterion, boolean selected, Result result) {
    }

    public Summary {
        lines = List.copyOf(lines);
        SortedSet<String> sorted = new TreeSet<>(unknown);
        unknown = Collections.unmodifiableSortedSet(sorted);
        withoutScenario = List.copyOf(withoutScenario);
    }

    /** Of a task that has no criteria but those of the checklist. */
    public Summary(List<Line> lines, Set<String> unknown) {
        this(lines, unknown, List.of());
    }

    /** The same for a task's own file that has criteria more. */
    public Summary besides(List<String> others) {
        return new Summary(lines, unknown, others);
    }

    /**
     * Whether all is well, but not all is proven: the task has criteria that no scenario proves, or criteria that are
     * not applicable to the delivery.
     */
    public boolean isPartial() {
        List<Line> applicable = lines.stream()
                .filter(line -> line.result().verdict() != Verdict.NOT_APPLICABLE).toList();
        return (!withoutScenario.isEmpty() || applicable.size() < lines.size())
                && new Summary(applicable, unknown).exitCode() == 0;
    }

    /** The number that the command ends with: {@link #ending()}'s. */
    public int exitCode() {
        return ending().code();
    }

    /**
     * How the command that ran the suite ends. A task that has a criterion which no scenario proves, or one that is not
     * applicable to the delivery, cannot be proved as a whole, which ends as wrong input does. Of several endings the
     * worst counts: not met, then the suite's, the environment's, wrong input. A result counts
     * whether its criterion was selected or not.
     */
    public ExitCode ending() {
        if (any(Verdict.NOT_MET, Cause.CRITERION)) {
            return ExitCode.NOT_MET;
        }
        if (any(Verdict.NOT_RUN, Cause.SUITE)) {
            return ExitCode.SUITE;
        }
        if (any(Verdict.NOT_RUN, Cause.ENVIRONMENT) || any(Verdict.NOT_MET, Cause.ENVIRONMENT)) {
            return ExitCode.ENVIRONMENT;
        }
        boolean nothingSelected = lines.stream().noneMatch(Line::selected);
        boolean leftOut = lines.stream().anyMatch(line -> line.selected() && line.result().verdict() != Verdict.PROVEN);
        return nothingSelected || leftOut || !unknown.isEmpty() || !withoutScenario.isEmpty()
                ? ExitCode.WRONG_INPUT : ExitCode.PROVEN;
    }

    /** How many of the selected criteria have a verdict. */
    public long count(Verdict verdict) {
        return lines.stream().filter(line -> line.selected() && line.result().verdict() == verdict).count();
    }

    /** How many of the selected criteria have which verdict: "2 proven, 0 not met, 1 not run". */
    public String counted() {
        return count(Verdict.PROVEN) + " proven, " + count(Verdict.NOT_MET) + " not met, " + count(Verdict.NOT_RUN)
                + " not run" + (count(Verdict.NOT_APPLICABLE) == 0 ? ""
                        : ", " + count(Verdict.NOT_APPLICABLE) + " not applicable");
    }

    private boolean any(Verdict verdict, Cause cause) {
        return lines.stream().anyMatch(line -> line.result().verdict() == verdict && line.result().cause() == cause);
    }
}
