package delivery.task;

import delivery.criteria.Summary;
import delivery.history.HistoryEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a run has to tell the task.
 *
 * @param id     tells it from other runs: letters and digits
 * @param begun  UTC
 * @param ended  UTC
 * @param target what was proved on, in a few words
 * @param report the file to look into
 */
public record TaskRun(String id, Instant begun, Instant ended, String target, Path report, Summary summary,
        List<HistoryEntry> entries, UnaryOperator<String> redaction) {

    /** @throws IllegalArgumentException if the id could not stand in a comment of HTML */
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
