package delivery.task;

import delivery.criteria.Criterion;
import delivery.criteria.Result;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line beneath a box that is not ticked, which gives the reason. */
final class Reason {

    /** Longest reason in a list, in characters; the Session History and the report have the rest. */
    private static final int LONGEST = 300;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern WRITTEN = Pattern.compile(".*<!-- acceptance: ([A-Z]+-[A-Z0-9]+) -->\\s*");

    private Reason() {
    }

    /** Returns the id of the criterion whose reason a line gives; empty if the line is not a reason. */
    static Optional<String> idIn(String line) {
        Matcher written = WRITTEN.matcher(line);
        return written.matches() ? Optional.of(written.group(1)) : Optional.empty();
    }

    /** Returns the line beneath the criterion's own box. */
    static String of(Criterion criterion, Result result, Instant at, UnaryOperator<String> redaction) {
        return verdict(result) + " (" + MINUTE.format(at) + "): "
                + Plain.escaped(Plain.cut(LONGEST, redaction.apply(result.reason()))) + mark(criterion);
    }

    /** Returns the line beneath the section's box, for a criterion without a box of its own. */
    static String inSection(Criterion criterion, Result result, Instant at, UnaryOperator<String> redaction) {
        return named(criterion) + of(criterion, result, at, redaction);
    }

    /** Returns the line beneath the section's box, for a criterion without a box that was never proven. */
    static String neverRun(Criterion criterion) {
        return named(criterion) + "Not run yet" + mark(criterion);
    }

    static String verdict(Result result) {
        String words = result.verdict().words();
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String named(Criterion criterion) {
        return criterion.id() + ", from the description: " + criterion.words() + " ";
    }

    private static String mark(Criterion criterion) {
        return " <!-- acceptance: " + criterion.id() + " -->";
    }
}
