package delivery.history;

import delivery.text.Ellipsis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The differences between a written history and the calls that really ran. */
public final class Discrepancies {

    private Discrepancies() {
    }

    /**
     * Compares a history with the calls that ran. Each entry matches a call of its own, because two scenarios may make
     * the same call in the same millisecond.
     *
     * @param written  the history, as read from its file
     * @param ran      the calls that a test case must report
     * @param criteria ids that must have an entry
     * @param from     when the run began
     * @param to       when the history was written
     * @return each discrepancy in words; empty if there is none
     */
    public static List<String> between(
            List<HistoryEntry> written, List<RecordedCall> ran, Collection<String> criteria, Instant from, Instant to) {
        List<String> found = new ArrayList<>();
        criteria.stream().filter(id -> written.stream().noneMatch(entry -> entry.criterion().equals(id)))
                .forEach(id -> found.add(id + " has no entry"));
        for (HistoryEntry entry : written) {
            if (entry.command().isBlank()) {
                found.add(named(entry) + " has no command");
            }
            if (entry.outcome().isBlank()) {
                found.add(named(entry) + " has no outcome: " + entry.command());
            }
            // Times are written to the millisecond.
            if (entry.at().plusMillis(1).isBefore(from) || entry.at().isAfter(to)) {
                found.add(named(entry) + " is not of this run, which went from " + from + " to " + to);
            }
        }
        List<RecordedCall> unrecorded = new ArrayList<>(ran);
        for (HistoryEntry entry : calls(written)) {
            Optional<RecordedCall> same = unrecorded.stream()
                    .filter(entry::reports)
                    .min(Comparator.comparing(entry::apart));
            same.ifPresentOrElse(unrecorded::remove,
                    () -> found.add(named(entry) + " has a call that was not made: "
                            + Ellipsis.to(200, entry.call())));
        }
        // A call that was refused changed nothing; the case ended there and reports it in its own words.
        for (RecordedCall exchange : unrecorded.stream().filter(RecordedCall::accepted).toList()) {
            found.add("a call ran that is not written: " + exchange.at() + " " + exchange.target() + " "
                    + exchange.method() + " " + exchange.path());
        }
        return List.copyOf(found);
    }

    /** The discrepancies in a sentence; empty if there are none. */
    public static Optional<String> complaint(List<String> discrepancies) {
        return discrepancies.isEmpty() ? Optional.empty() : Optional.of("The Session History and the calls that went"
                + " out differ: " + String.join("; ", discrepancies));
    }

    private static List<HistoryEntry> calls(List<HistoryEntry> written) {
        return written.stream().filter(entry -> !entry.call().isEmpty()).sorted(Comparator.comparing(HistoryEntry::at))
                .toList();
    }

    private static String named(HistoryEntry entry) {
        return "the entry of " + entry.criterion() + " at " + entry.at();
    }
}
