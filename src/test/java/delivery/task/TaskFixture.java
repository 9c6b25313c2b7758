package delivery.task;

import delivery.criteria.Cause;
import delivery.criteria.Checklist;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import delivery.history.HistoryEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A task's file as users have it, and runs to write into it. */
final class TaskFixture {

    static final Checklist CHECKLIST = Checklist.read(Path.of("features/task-9.md"));
    static final Instant ENDED = Instant.parse("2026-11-24T08:26:10.500Z");

    /** A task without ids, with the analysis only in the description, and the blocker in running text. */
    static final String TASK = """
            ---
            id: task-9
            title: 'Test progressive delivery (blue-green and canary)'
            status: To Do
            assignee: [Zoë, 李雷]
            created: '2025-11-02 09:15'
            updated: '2025-11-03 17:40'
            dependencies:
              - task-8
            ---

            ## Description

            Test the full progressive delivery workflow for the sample-api application using Argo Rollouts:

            - Validating the canary deployment strategy (traffic splitting, analysis, promotion)

            ## Acceptance Criteria

            - [ ] **Setup:**
              - [ ] A new version of the application is built and pushed to GHCR (e.g., with a visible change like a \
            version bump in the UI or API response).
            - [ ] **Blue-Green Strategy:**
              - [ ] Argo CD Application is updated to use the new image tag.
              - [ ] A new ReplicaSet (preview) is created and becomes healthy.
              - [ ] The `*-preview` Service correctly routes traffic to the new version.
              - [ ] The stable Service continues to route traffic to the old version.
              - [ ] Manual promotion (`kubectl argo rollouts promote`) successfully switches traffic to the new version.
              - [ ] The old ReplicaSet is scaled down.
            - [ ] **Canary Strategy:**
              - [ ] Argo CD Application is updated to use the canary strategy (`rollouts.strategy=canary`).
              - [ ] A new ReplicaSet (canary) is created.
              - [ ] Traffic is split between stable and canary services according to the steps in `values.yaml`.
              - [ ] Manual promotion successfully shifts all traffic to the new version.
            - [ ] **Rollback:**
              - [ ] A rollback can be successfully triggered (`kubectl argo rollouts undo`).
              - [ ] Traffic is fully restored to the previous stable version.
            - [ ] **Documentation:**
              - [ ] Session History is updated with commands used and observed outcomes for each test case.

            ## Blockers

            The E2E environment from task-8 must be fully healthy and validated before starting.

            ## Session History

            <!-- Update with timestamps, commands and outcomes for each test -->

            ## Decisions Made

            - Use a simple, observable change for the new application version (e.g., update `version.py`).

            ## Next Steps

            - Document all steps and results
            """;

    private TaskFixture() {
    }

    /** Returns the task as Backlog.md writes it once it has ticked a box, with all boxes numbered. */
    static String numbered(String text) {
        AtomicInteger number = new AtomicInteger();
        return Pattern.compile("(?m)^(\\s*- \\[[ xX]] )(?!\\*\\*)").matcher(text)
                .replaceAll(box -> box.group(1) + "#" + number.incrementAndGet() + " ");
    }

    /** Returns the task with all boxes in one list, as Backlog.md makes it, with its markers and keys. */
    static String flat(boolean numbered) {
        StringBuilder text = new StringBuilder("""
                ---
                id: TASK-9
                created_date: '2026-04-25 12:14'
                updated_date: '2026-05-02 09:31'
                ---

                ## Description

                <!-- SECTION:DESCRIPTION:BEGIN -->
                Test the delivery.
                <!-- SECTION:DESCRIPTION:END -->

                ## Acceptance Criteria
                <!-- AC:BEGIN -->
                """);
        CHECKLIST.criteria().forEach(criterion -> text.append("- [ ] ").append(criterion.words()).append('\n'));
        String flat = text + """
                <!-- AC:END -->

                ## Definition of Done
                <!-- DOD:BEGIN -->
                - [ ] #1 Reviewed
                <!-- DOD:END -->
                """;
        return numbered ? numbered(flat.replace("#1 Reviewed", "Reviewed")) : flat;
    }

    /** Returns a run with all criteria proven, except for the given results. */
    static TaskRun run(String id, Map<String, Result> exceptions) {
        List<Summary.Line> lines = CHECKLIST.criteria().stream().map(criterion -> new Summary.Line(criterion, true,
                exceptions.getOrDefault(criterion.id(), proven(criterion.id())))).toList();
        return run(id, new Summary(lines, Set.of()), "kubectl get rollout -n x", "seen", "nothing");
    }

    /** Returns a run that was to prove only some of the criteria. */
    static TaskRun partial(String id, Map<String, Result> selected) {
        List<Summary.Line> lines = CHECKLIST.criteria().stream().map(criterion -> new Summary.Line(criterion,
                selected.containsKey(criterion.id()), selected.getOrDefault(criterion.id(), notSelected()))).toList();
        return run(id, new Summary(lines, Set.of()), "kubectl get rollout -n x", "seen", "nothing");
    }

    /** Returns a run in which every command is the same. */
    static TaskRun run(String id, Summary summary, String command, String outcome, String secret) {
        List<HistoryEntry> entries = new ArrayList<>();
        for (Summary.Line line : summary.lines()) {
            if (line.selected()) {
                entries.add(new HistoryEntry(line.criterion().id(), ENDED.minusSeconds(60), command, "PATCH /x {}",
                        outcome));
            }
        }
        return new TaskRun(id, ENDED.minusSeconds(120), ENDED, "the embedded lab, https://198.18.0.1:6443",
                Path.of("reports/allure.html"), summary, entries, text -> text.replace(secret, "(redacted)"));
    }

    static Result proven(String id) {
        return Result.proven("what proves " + id, Duration.ofMillis(12_300));
    }

    static Result notMet(String reason) {
        return Result.notMet(reason, Duration.ofSeconds(4));
    }

    static Result unfit() {
        return Result.notRun(Cause.ENVIRONMENT, "environment problem: no node is ready", Duration.ZERO);
    }

    static Result notSelected() {
        return Result.notRun(Cause.SELECTION, "not selected in this run", Duration.ZERO);
    }

    /** Returns the text as a run updates it. */
    static String updated(String text, TaskRun run) {
        return new TaskUpdate(Path.of("task-9.md"), text, CHECKLIST, run, "[allure.html](<../reports/allure.html>)")
                .text();
    }
}
