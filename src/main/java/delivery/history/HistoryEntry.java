package delivery.history;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One line of the Session History.
 *
 * @param criterion id of the criterion whose test case it belongs to
 * @param at        UTC, to the millisecond
 * @param command   that a person would type
 * @param call      sent instead, "METHOD path body"; empty for a command that only reads
 * @param outcome   observed afterwards; empty if nothing was
 */
public record HistoryEntry(String criterion, Instant at, String command, String call, String outcome) {

    /** Column headings of {@link #row()}. */
    public static final List<String> HEADER = List.of("UTC time", "command", "outcome");

    public HistoryEntry {
        Objects.requireNonNull(criterion);
        Objects.requireNonNull(at);
        Objects.requireNonNull(command);
        Objects.requireNonNull(call);
        Objects.requireNonNull(outcome);
    }

    /** The entry as a row: the time, the command and the outcome. */
    public List<String> row() {
        return List.of(at.toString(), command, outcome);
    }

    HistoryEntry withOutcome(String observed) {
        return new HistoryEntry(criterion, at, command, call, outcome.isEmpty() ? observed : outcome + "; " + observed);
    }
}
