package delivery.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run's commands and their outcomes by test case: the task's "Session History". Safe for use by many threads. */
public final class SessionHistory {

    private static final String TITLE = "# Session history\n\nTimes are UTC.\n";
    private static final String HEADER = "| UTC | Command | Call | Outcome |";
    private static final String RULE = "|---|---|---|---|";
    private static final String NO_CALL = "–";
    private static final Pattern HEADING = Pattern.compile("## (\\S+): .*");
    /** A bar inside a cell is escaped, even in a code span (GitHub Flavored Markdown, section 4.10). */
    private static final Pattern BETWEEN_CELLS = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern BACKTICKS = Pattern.compile("`+");
    private static final Pattern CODE = Pattern.compile("(`+) ?(.*?) ?\\1");

    private final Queue<CaseHistory> cases = new ConcurrentLinkedQueue<>();
    private final Clock clock;
    private final UnaryOperator<String> redaction;

    /** @param redaction removes secrets from every text before it is kept */
    public SessionHistory(Clock clock, UnaryOperator<String> redaction) {
        this.clock = clock;
        this.redaction = redaction;
    }

    /**
     * @param criterion id of the criterion it proves
     * @param title     the criterion in words, in one line
     */
    public CaseHistory begin(String criterion, String title) {
        CaseHistory started = new CaseHistory(criterion, title, clock, redaction);
        cases.add(started);
        return started;
    }

    /** All entries so far, case by case. */
    public List<HistoryEntry> entries() {
        return cases.stream().flatMap(testCase -> testCase.entries().stream()).toList();
    }

    /** Writes the file as Markdown, creating its folder if necessary; an older file is replaced. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, markdown(new ArrayList<>(cases)));
    }

    /**
     * Reads a file that {@link #write(Path)} wrote.
     *
     * @throws IOException if the file cannot be read or is not such a history; the message names the line
     */
    public static List<HistoryEntry> read(Path file) throws IOException {
        return read(file, Files.readAllLines(file));
    }

    private static String markdown(List<CaseHistory> cases) {
        StringBuilder text = new StringBuilder(TITLE);
        for (CaseHistory testCase : cases) {
            text.append("\n## ").append(testCase.criterion()).append(": ").append(testCase.title()).append("\n\n");
            text.append(HEADER).append('\n').append(RULE).append('\n');
            for (HistoryEntry entry : testCase.entries()) {
                text.append("| ").append(entry.at())
                        .append(" | ").append(code(entry.command()))
                        .append(" | ").append(entry.call().isEmpty() ? NO_CALL : code(entry.call()))
                        .append(" | ").append(plain(entry.outcome()))
                        .append(" |\n");
            }
        }
        return text.toString();
    }

    private static List<HistoryEntry> read(Path file, List<String> lines) throws IOException {
        List<HistoryEntry> entries = new ArrayList<>();
        String criterion = "";
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                criterion = heading.group(1);
            } else if (line.startsWith("|") && !line.equals(HEADER) && !line.equals(RULE)) {
                entries.add(entry(file, number, criterion, line));
            }
        }
        return List.copyOf(entries);
    }

    private static HistoryEntry entry(Path file, int number, String criterion, String line) throws IOException {
        // The bars at both ends produce one empty cell each.
        String[] cells = BETWEEN_CELLS.split(line, -1);
        if (cells.length != 6 || criterion.isEmpty()) {
            throw new IOException(file + ":" + number
                    + ": is not a line of a test case's table with a time, a command, a call and an outcome");
        }
        try {
            String call = cells[3].strip();
            return new HistoryEntry(criterion, Instant.parse(cells[1].strip()), fromCode(cells[2].strip()),
                    call.equals(NO_CALL) ? "" : fromCode(call), fromPlain(cells[4].strip()));
        } catch (DateTimeException noTime) {
            throw new IOException(
                    file + ":" + number + ": does not begin with a time such as 2026-01-31T12:00:00Z", noTime);
        }
    }

    /** Formats a code span, fenced by more backticks than any run of backticks in it (CommonMark, section 6.1). */
    private static String code(String text) {
        int longest = BACKTICKS.matcher(text).results().mapToInt(run -> run.group().length()).max().orElse(0);
        String fence = "`".repeat(longest + 1);
        // A space at both ends is not part of a code span, and separates a backtick at an end from the fence.
        String padding = longest > 0 ? " " : "";
        return fence + padding + text.replace("|", "\\|") + padding + fence;
    }

    private static String fromCode(String cell) {
        Matcher code = CODE.matcher(cell);
        return (code.matches() ? code.group(2) : cell).replace("\\|", "|");
    }

    private static String plain(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|");
    }

    private static String fromPlain(String cell) {
        return cell.replace("\\|", "|").replace("&lt;", "<").replace("&amp;", "&");
    }
}
