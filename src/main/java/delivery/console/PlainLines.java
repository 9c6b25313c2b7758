package delivery.console;

import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Verdict;
import delivery.text.Ellipsis;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints one line for each criterion that begins, ends or takes long, as suits a log. */
record PlainLines(PrintStream out, Glyphs signs) {

    private static final int LONGEST_WORDS = 90;

    void started(Criterion criterion) {
        line("…", criterion.id(), Ellipsis.to(LONGEST_WORDS, criterion.words()));
    }

    void ended(Criterion criterion, Result result) {
        String reason = FailureCauses.of(result);
        line(signs.of(result.verdict()), criterion.id(), result.verdict().words()
                + (result.verdict() == Verdict.NOT_APPLICABLE ? "" : " after " + seconds(result.took()))
                + (reason.isEmpty() ? "" : ": " + reason));
    }

    /** @param id id of the criterion that waits; empty if none does */
    void waitingFor(String id, String what, Duration elapsed, String lastSeen) {
        line("⏳", id, what + ", for " + seconds(elapsed) + ": " + lastSeen);
    }

    /** Prints a text of any number of lines, each in a form that can be shown. */
    void say(String text) {
        text.lines().map(signs::text).forEach(out::println);
    }

    private void line(String sign, String id, String text) {
        out.println(signs.text(sign + " " + (id.isEmpty() ? "" : String.format("%-6s ", id)) + text));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
