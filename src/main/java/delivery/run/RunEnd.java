package delivery.run;

import delivery.console.Console;
import delivery.criteria.Cause;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.ExitCode;
import delivery.criteria.Result;
import delivery.criteria.Results;
import delivery.criteria.Summary;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.InvalidTask;
import delivery.report.RunRecord;
import delivery.task.TaskRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Ends a run: audits its history, writes its reports, updates the task's file, and removes what the run created. */
record RunEnd(String id, Checklist checklist, Start start, Reproduction reproduction, Results results,
        HistoryAudit audit, Reports reports, Console console) {

    /** Returns the verdicts on all criteria so far. */
    Summary summary(Set<String> selected) {
        return results.summary(checklist, selected).withOthers(start.withoutScenario());
    }

    /** @throws InvalidTask if the user's task file cannot be updated; the reports are written all the same */
    Summary finish(Set<String> selected) {
        Instant proved = Instant.now();
        console.stage("the reports are written");
        start.environment().ifPresent(TestEnvironment::giveUp);
        try {
            checkHistory(selected);
        } catch (IOException unwritable) {
            reports.unwritten(unwritable);
        }
        Optional<EnvironmentNotFit> harm = start.environment().flatMap(TestEnvironment::putBack);
        users().ifPresent(asked -> reports.describe("Live users", asked.words()));
        Summary summary = summary(selected);
        List<String> notes = new ArrayList<>();
        Optional<InvalidTask> taskProblem = recordTask(summary, notes);
        int exitCode = exitCode(summary, taskProblem.isPresent(), harm.isPresent());
        reports.write(summary, exitCode, code -> record(summary, code), start.begun());
        reports.notes().forEach(console::say);
        console.stage("what the scenarios made is removed");
        start.environment().ifPresent(TestEnvironment::awaitRemoval);
        console.end(summary, harm.map(Throwable::getMessage), RunTiming.words(start.begun(), proved),
                reports.html().toUri().toString());
        notes.forEach(console::say);
        start.environment().ifPresent(TestEnvironment::close);
        if (taskProblem.isPresent()) {
            throw taskProblem.get();
        }
        return summary;
    }

    /**
     * Returns the process's exit code. Harm to a live release is not a verdict on a criterion, but is never green.
     *
     * @param taskFailed whether the task's file could not be updated
     * @param harm       whether the live release was left changed, or its users were not served
     */
    static int exitCode(Summary summary, boolean taskFailed, boolean harm) {
        if (summary.exitCode() != 0 && !summary.isPartial()) {
            return summary.exitCode();
        }
        return taskFailed ? ExitCode.WRONG_INPUT.code() : harm ? ExitCode.ENVIRONMENT.code() : summary.exitCode();
    }

    private Optional<LiveUsers> users() {
        return start.environment().flatMap(known -> known.live().users());
    }

    private RunRecord record(Summary summary, int exitCode) {
        RunRecord.Target target = start.environment().map(known -> new RunRecord.Target(
                known.settings().lab() ? "lab" : "cluster", known.platform().cluster().address(),
                known.settings().effective(), known.validation().layout().map(RunRecord.Laid::of)
                        .orElse(List.of()), users().map(asked -> new RunRecord.Users(asked.availability().requests(),
                        asked.availability().failed().size(), asked.words())).orElse(null))).orElse(null);
        Map<String, String> selectedBy = new LinkedHashMap<>(reproduction.selectedBy());
        selectedBy.replaceAll((name, value) -> start.recorders().redaction().apply(value));
        RunRecord.Reproduce again = reproduction.command();
        return RunRecord.of(id, start.begun(), Instant.now(), summary, exitCode,
                start.environment().map(known -> known.waiting().slowest()).orElse(List.of()), selectedBy, target,
                new ComponentVersions(start.environment()).byName(),
                new RunRecord.Reproduce(start.recorders().redaction().apply(again.command()), again.secrets()));
    }

    /** Updates the task's file or shows what would change; returns the reason if that failed. */
    private Optional<InvalidTask> recordTask(Summary summary, List<String> notes) {
        TaskRun proved = new TaskRun(id, start.begun(), Instant.now(), start.target(), reports.html(), summary,
                start.recorders().history().entries(), start.recorders().redaction());
        try {
            start.task().ifPresent(file -> notes.add(file.record(proved)));
            return Optional.empty();
        } catch (InvalidTask changed) {
            notes.add(changed.getMessage());
            return Optional.of(changed);
        }
    }

    /**
     * Checks that the history of the whole run agrees with what was done. If it does not, the criterion that asks for
     * documentation is not met; if that was not selected, this is a fault of the suite, which writes the history.
     */
    private void checkHistory(Set<String> selected) throws IOException {
        Set<String> judged = summary(selected).lines().stream()
                .filter(line -> line.result().cause() == Cause.CRITERION)
                .map(line -> line.criterion().id()).collect(Collectors.toSet());
        List<String> discrepancies = audit.discrepancies(reports.history(start.recorders().history()),
                start.recorders().calls(), judged, start.begun());
        discrepancies.forEach(words -> console.say("session history: " + words));
        if (!discrepancies.isEmpty()) {
            String found = "The Session History of the whole run differs from what was done: " + discrepancies.get(0);
            List<String> documentation = ids(checklist.documentation());
            // If no criterion asks for documentation, all of them are in doubt.
            for (String criterion : documentation.isEmpty() ? ids(checklist.criteria()) : documentation) {
                boolean asked = documentation.contains(criterion) && selected.contains(criterion);
                results.started(criterion);
                results.ended(criterion, asked ? Result.notMet(found, Duration.ZERO)
                        : Result.notRun(Cause.SUITE, found, Duration.ZERO));
            }
        }
    }

    private static List<String> ids(List<Criterion> criteria) {
        return criteria.stream().map(Criterion::id).toList();
    }
}
