package delivery.run;

import delivery.criteria.Checklist;
import delivery.settings.InvalidSettings;
import delivery.settings.Settings;
import delivery.task.InvalidTask;
import delivery.task.TaskFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Tells whether a run can be told to the task's own file, before a lab is built for it for half an hour. */
public final class TaskCheck {

    private TaskCheck() {
    }

    /** Ends with 2, having said what to do, if the file that TASK names cannot be brought up to date. */
    public static void main(String[] arguments) {
        try {
            fit(System.getenv(), System.getProperties(), Checklist.read(Path.of("features", "task-9.md")));
        } catch (InvalidSettings | InvalidTask unfit) {
            System.err.println(unfit.getMessage());
            System.exit(InvalidTask.EXIT_CODE);
        }
    }

    /**
     * The task's own file; empty if none is named.
     *
     * @throws InvalidSettings if it is named wrongly
     * @throws InvalidTask     if a run could not be told to it
     */
    static Optional<TaskFile> fit(Map<String, String> environment, Properties system, Checklist checklist) {
        Settings settings = Settings.ofTask(environment, system);
        Optional<TaskFile> named =
                settings.task().map(file -> new TaskFile(file, checklist, settings.taskDryRun()));
        named.ifPresent(TaskFile::check);
        return named;
    }
}
