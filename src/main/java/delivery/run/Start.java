package delivery.run;

import delivery.failure.InvalidTask;
import delivery.task.TaskFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of the start of a run.
 *
 * @param begun       when the lab was ready: the time to build one is not part of the proof
 * @param task        the user's own task file, to be updated
 * @param environment the environment that was reached; present even if it is not fit
 * @param problem     the reason why the run cannot prove anything
 */
record Start(Instant begun, Recorders recorders, Optional<TaskFile> task, Optional<TestEnvironment> environment,
        Optional<RuntimeException> problem) {

    static Start none() {
        return new Start(Instant.now(), Recorders.hiding(List.of()), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    /** Returns the task file's criteria that no scenario proves; if it cannot be read, that is reported elsewhere. */
    List<String> withoutScenario() {
        try {
            return task.map(TaskFile::withoutScenario).orElse(List.of());
        } catch (InvalidTask unreadable) {
            return List.of();
        }
    }

    /** Returns the environment in a few words. */
    String target() {
        return environment.map(TestEnvironment::target).orElse("none was reached");
    }
}
