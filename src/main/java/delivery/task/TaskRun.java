package delivery.task;

import delivery.criteria.Summary;
import delivery.history.HistoryEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A run as the task's file describes it.
 *
 * @param id     unique id of the run: letters and digits
 * @param begun  start of the run, in UTC
 * @param ended  end of the run, in UTC
 * @param target the environment, in a few words
 * @param report the report's file, to be linked
 */
public record TaskRun(String id, Instant begun, Instant ended, String target, Path report, Summary summary,
        List<HistoryEntry> entries, UnaryOperator<String> redaction) {

    /** @throws IllegalArgumentException if the id is not valid in an HTML comment */
    public TaskRun {
        if (!id.matches("[A-Za-z0-9]+")) {
            throw new IllegalArgumentException("the id of a run has letters and digits only: " + id);
        }
        Objects.requireNonNull(begun);
        Objects.requireNonNull(ended);
        Objects.requireNonNull(target);
        Objects.requireNonNull(report);
        Objects.requireNonNull(redaction);
        entries = List.copyOf(entries);
    }
}
