package delivery.run;

import delivery.failure.InvalidTask;
import delivery.task.TaskFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of the start of a run.
 *
 * @param begun       when the lab was there: building one is no part of the proof
 * @param task        the user's own file of the task, to be brought up to date
 * @param environment what was reached to prove on; there even if it is not fit
 * @param problem     what keeps the run from proving anything
 */
record Start(Instant begun, Recorders recorders, Optional<TaskFile> task, Optional<TestEnvironment> environment,
        Optional<RuntimeException> problem) {

    static Start none() {
        return new Start(Instant.now(), Recorders.hiding(List.of()), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    /** What the task's own file has more than the checklist; if it cannot be read, that is told elsewhere. */
    List<String> withoutScenario() {
        try {
            return task.map(TaskFile::withoutScenario).orElse(List.of());
        } catch (InvalidTask told) {
            return List.of();
        }
    }

    /** What was proved on, in a few words. */
    String target() {
        return environment.map(TestEnvironment::target).orElse("none was reached");
    }
}
