package delivery.run;

import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Verdict;
import delivery.waiting.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person sees while the criteria are proved: one line for each that begins, ends or takes long. */
final class Console implements Progress {

    private static final int LONGEST_WORDS = 90;

    private final PrintStream out = System.out;

    void started(Criterion criterion) {
        line("…", criterion.id(), cut(criterion.words()));
    }

    void ended(Criterion criterion, Result result) {
        String sign = result.verdict() == Verdict.PROVEN ? "✔" : result.verdict() == Verdict.NOT_MET ? "✘" : "–";
        // What was expected, and what was seen instead.
        String reason = result.reason().isEmpty() ? ""
                : ": " + result.reason().lines().limit(2).collect(Collectors.joining(". "));
        line(sign, criterion.id(), result.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " after "
                + seconds(result.took()) + reason);
    }

    @Override
    public void waitingFor(String what, Duration elapsed, String lastSeen) {
        line("⏳", "", what + ", for " + seconds(elapsed) + ": " + lastSeen);
    }

    void say(String text) {
        out.println(text);
    }

    void list(String text) {
        out.println();
        out.println(text);
    }

    private void line(String sign, String id, String text) {
        out.println(sign + " " + (id.isEmpty() ? "" : String.format("%-6s ", id)) + text);
    }

    private static String cut(String words) {
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS - 1) + "…";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
