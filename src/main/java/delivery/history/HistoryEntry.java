package delivery.history;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One line of the session's history.
 *
 * @param criterion id of the criterion whose test case it belongs to
 * @param at        UTC, to the millisecond
 * @param command   what a person would type
 * @param call      what was sent instead, "METHOD path body"; empty for a command that only looks
 * @param outcome   what was observed then; empty if nothing was
 */
public record HistoryEntry(String criterion, Instant at, String command, String call, String outcome) {

    /** Heads of the columns of {@link #row()}. */
    public static final List<String> HEADER = List.of("UTC time", "command", "outcome");

    public HistoryEntry {
        Objects.requireNonNull(criterion);
        Objects.requireNonNull(at);
        Objects.requireNonNull(command);
        Objects.requireNonNull(call);
        Objects.requireNonNull(outcome);
    }

    /** As a reader needs it: when, what, and what came of it. */
    public List<String> row() {
        return List.of(at.toString(), command, outcome);
    }

    HistoryEntry withOutcome(String observed) {
        return new HistoryEntry(criterion, at, command, call, outcome.isEmpty() ? observed : outcome + "; " + observed);
    }
}
