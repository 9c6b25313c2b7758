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

/** What stands beneath a box that is not ticked: why. */
final class Reason {

    /** What a line of a list can hold; the session's history and the report have the rest. */
    private static final int LONGEST = 300;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern WRITTEN = Pattern.compile(".*<!-- acceptance: ([A-Z]+-[A-Z0-9]+) -->\\s*");

    private Reason() {
    }

    /** Id of the criterion that a line gives the reason of; empty if the line is no such one. */
    static Optional<String> idIn(String line) {
        Matcher written = WRITTEN.matcher(line);
        return written.matches() ? Optional.of(written.group(1)) : Optional.empty();
    }

    /** Beneath the criterion's own box. */
    static String of(Criterion criterion, Result result, Instant at, UnaryOperator<String> redaction) {
        return verdict(result) + " (" + MINUTE.format(at) + "): "
                + Plain.escaped(Plain.cut(LONGEST, redaction.apply(result.reason()))) + mark(criterion);
    }

    /** Beneath the section's box, for a criterion that has none. */
    static String inSection(Criterion criterion, Result result, Instant at, UnaryOperator<String> redaction) {
        return named(criterion) + of(criterion, result, at, redaction);
    }

    /** Beneath the section's box, for a criterion that has none and was never proven. */
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
