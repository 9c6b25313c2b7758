package delivery.history;

import delivery.text.Ellipsis;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The actions and observations for one criterion in one scenario. Safe for use by many threads. */
public final class CaseHistory {

    /** The most characters kept of a call: a rollback sends a whole pod template, whose beginning is enough. */
    private static final int LONGEST_CALL = 600;
    private static final int LONGEST_OUTCOME = 1_000;

    private final String criterion;
    private final String title;
    private final Clock clock;
    private final UnaryOperator<String> redaction;
    private final List<HistoryEntry> entries = new ArrayList<>();

    CaseHistory(String criterion, String title, Clock clock, UnaryOperator<String> redaction) {
        this.criterion = criterion;
        this.title = title;
        this.clock = clock;
        this.redaction = redaction;
    }

    /** @param call sent for the command: "PATCH /apis/… {…}" */
    public synchronized void did(String command, String call, Instant at) {
        entries.add(new HistoryEntry(criterion, at.truncatedTo(ChronoUnit.MILLIS), line(command),
                Ellipsis.to(LONGEST_CALL, line(call)), ""));
    }

    public synchronized void looked(String command, String outcome) {
        entries.add(new HistoryEntry(criterion, clock.instant().truncatedTo(ChronoUnit.MILLIS), line(command), "",
                Ellipsis.to(LONGEST_OUTCOME, line(outcome))));
    }

    /**
     * Adds an observation made after the last action to the earlier observations of it.
     *
     * @throws IllegalStateException if there was no action yet
     */
    public synchronized void observed(String outcome) {
        if (entries.isEmpty()) {
            throw new IllegalStateException("something was observed for " + criterion + " before anything was done");
        }
        int last = entries.size() - 1;
        HistoryEntry entry = entries.get(last).withOutcome(line(outcome));
        entries.set(last, new HistoryEntry(entry.criterion(), entry.at(), entry.command(), entry.call(),
                Ellipsis.to(LONGEST_OUTCOME, entry.outcome())));
    }

    /** Records that the test case ended before anything was observed of the last action. */
    public synchronized void endedEarly(String why) {
        if (!entries.isEmpty() && entries.get(entries.size() - 1).outcome().isEmpty()) {
            observed(why);
        }
    }

    String criterion() {
        return criterion;
    }

    String title() {
        return title;
    }

    synchronized List<HistoryEntry> entries() {
        return List.copyOf(entries);
    }

    private String line(String text) {
        return redaction.apply(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
