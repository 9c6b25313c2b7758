package delivery.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/**
 * The commands of a run and their outcomes, by test case: the section "Session History" of the task. Safe for use by
 * many threads.
 */
public final class SessionHistory {

    private final Queue<CaseHistory> cases = new ConcurrentLinkedQueue<>();
    private final Clock clock;
    private final UnaryOperator<String> redaction;

    /** @param redaction takes secrets out of every text before it is kept */
    public SessionHistory(Clock clock, UnaryOperator<String> redaction) {
        this.clock = clock;
        this.redaction = redaction;
    }

    /**
     * Begins a test case.
     *
     * @param criterion id of the criterion it proves
     * @param title     the criterion in words, in one line
     */
    public CaseHistory begin(String criterion, String title) {
        CaseHistory started = new CaseHistory(criterion, title, clock, redaction);
        cases.add(started);
        return started;
    }

    /** Everything up to now, case by case. */
    public List<HistoryEntry> entries() {
        return cases.stream().flatMap(testCase -> testCase.entries().stream()).toList();
    }

    /** Writes the file as Markdown, making its folder if need be; an older one is replaced. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, HistoryFormat.write(new ArrayList<>(cases)), StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #write(Path)} wrote.
     *
     * @throws IOException if the file cannot be read or is no such history; the message names the line
     */
    public static List<HistoryEntry> read(Path file) throws IOException {
        return HistoryFormat.read(file, Files.readAllLines(file, StandardCharsets.UTF_8));
    }
}
