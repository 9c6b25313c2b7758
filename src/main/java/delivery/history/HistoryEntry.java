package delivery.history;

import delivery.text.Ellipsis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** A call is recorded when it begins or when its answer arrives, and a slow answer separates the two. */
    private static final Duration APART = Duration.ofMinutes(1);

    private static final Pattern CALL = Pattern.compile("([A-Z]+)\\s+(\\S+)\\s*(.*)", Pattern.DOTALL);

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

    /** Whether its call is this one: the same method and path, a body that begins alike, and nearly the same time. */
    public boolean reports(RecordedCall sent) {
        Matcher written = CALL.matcher(call);
        return written.matches()
                && written.group(1).equals(sent.method())
                && pathOnly(written.group(2)).equals(pathOnly(sent.path()))
                && sameBody(written.group(3), sent.body())
                && apart(sent).compareTo(APART) <= 0;
    }

    /** The time between the entry and a call. */
    Duration apart(RecordedCall sent) {
        return Duration.between(at, sent.at()).abs();
    }

    /** Whether one body begins like the other, because either may be shortened or left out. */
    private static boolean sameBody(String written, String sent) {
        String one = comparable(written);
        String other = comparable(sent);
        return one.startsWith(other) || other.startsWith(one);
    }

    private static String comparable(String body) {
        return Ellipsis.withoutMark(body.strip()).replaceAll("\\s+", "");
    }

    private static String pathOnly(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}
