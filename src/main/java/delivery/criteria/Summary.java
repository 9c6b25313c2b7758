package delivery.criteria;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The results of a run.
 *
 * @param lines           one for each criterion of the checklist, in its order
 * @param unknown         ids that were selected or had a scenario, but are not in the checklist
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

    /** A summary for a task that has only the criteria of the checklist. */
    public Summary(List<Line> lines, Set<String> unknown) {
        this(lines, unknown, List.of());
    }

    /** Returns the same for a task whose own file has these further criteria. */
    public Summary withOthers(List<String> others) {
        return new Summary(lines, unknown, others);
    }

    /**
     * Whether nothing failed, yet not everything is proven: the task has criteria that no scenario proves, or that are
     * not applicable to the delivery.
     */
    public boolean isPartial() {
        List<Line> applicable = lines.stream()
                .filter(line -> line.result().verdict() != Verdict.NOT_APPLICABLE).toList();
        return (!withoutScenario.isEmpty() || applicable.size() < lines.size())
                && new Summary(applicable, unknown).exitCode() == 0;
    }

    /** The number of the exit code: {@link #ending()}'s. */
    public int exitCode() {
        return ending().code();
    }

    /**
     * The exit code of the command that ran the suite. If no scenario proves a criterion of the task, or one is not
     * applicable to the delivery, the task cannot be proved as a whole, which ends like wrong input. The worst ending
     * counts: not met, then an error of the suite, the environment, wrong input. A result counts whether its criterion
     * was selected or not.
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

    /** Number of the selected criteria with this verdict. */
    public long count(Verdict verdict) {
        return lines.stream().filter(line -> line.selected() && line.result().verdict() == verdict).count();
    }

    /** Numbers of the selected criteria by verdict: "2 proven, 0 not met, 1 not run". */
    public String counted() {
        return count(Verdict.PROVEN) + " proven, " + count(Verdict.NOT_MET) + " not met, " + count(Verdict.NOT_RUN)
                + " not run" + (count(Verdict.NOT_APPLICABLE) == 0 ? ""
                        : ", " + count(Verdict.NOT_APPLICABLE) + " not applicable");
    }

    private boolean any(Verdict verdict, Cause cause) {
        return lines.stream().anyMatch(line -> line.result().verdict() == verdict && line.result().cause() == cause);
    }
}
