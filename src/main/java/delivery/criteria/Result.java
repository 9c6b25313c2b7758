package delivery.criteria;

import delivery.text.Ellipsis;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The result of one scenario, or of all scenarios of a criterion together.
 *
 * @param reason why it is not proven, for a person; empty if it is
 * @param seen   observations that prove it: "at step 2 the canary served 59.8% of 1000 requests"; may be empty
 */
public record Result(Verdict verdict, Cause cause, String reason, String seen, Duration took) {

    static final Result UNSELECTED = notRun(Cause.SELECTION, "not selected in this run", Duration.ZERO);

    /** The most characters that fit a line; the report of the scenario has the rest. */
    private static final int LONGEST_SENTENCE = 300;

    /**
     * @throws IllegalArgumentException if the cause cannot lead to the verdict, or a verdict but PROVEN has no reason
     */
    public Result {
        Objects.requireNonNull(took);
        boolean fits = switch (verdict) {
            case PROVEN -> cause == Cause.CRITERION;
            // The check that precedes all others judges the environment itself.
            case NOT_MET -> cause == Cause.CRITERION || cause == Cause.ENVIRONMENT;
            case NOT_RUN -> cause != Cause.CRITERION && cause != Cause.DELIVERY;
            case NOT_APPLICABLE -> cause == Cause.DELIVERY;
        };
        if (!fits) {
            throw new IllegalArgumentException(verdict + " cannot come from " + cause);
        }
        if (verdict != Verdict.PROVEN && reason.isBlank()) {
            throw new IllegalArgumentException(verdict + " needs a reason");
        }
    }

    public static Result proven(Duration took) {
        return proven("", took);
    }

    /** @param seen observations that prove it, in one sentence */
    public static Result proven(String seen, Duration took) {
        return new Result(Verdict.PROVEN, Cause.CRITERION, "", seen, took);
    }

    public static Result notMet(String reason, Duration took) {
        return new Result(Verdict.NOT_MET, Cause.CRITERION, reason, "", took);
    }

    /** @param cause {@link Cause#CRITERION}, or {@link Cause#ENVIRONMENT} if the environment was judged */
    public static Result notMet(Cause cause, String reason, Duration took) {
        return new Result(Verdict.NOT_MET, cause, reason, "", took);
    }

    /** @param cause any but {@link Cause#CRITERION} and {@link Cause#DELIVERY} */
    public static Result notRun(Cause cause, String reason, Duration took) {
        return new Result(Verdict.NOT_RUN, cause, reason, "", took);
    }

    /** @param reason feature that the delivery does not have, in one sentence */
    public static Result notApplicable(String reason, Duration took) {
        return new Result(Verdict.NOT_APPLICABLE, Cause.DELIVERY, reason, "", took);
    }

    /**
     * The result in one line, shortened if it is long: the observations that prove the criterion, or what was expected
     * and what was seen instead, or why nothing is known. Empty for a proof without observations.
     */
    public String sentence() {
        String line = verdict == Verdict.PROVEN ? seen : origin() + explanation();
        return Ellipsis.to(LONGEST_SENTENCE, line);
    }

    /** Prefix of the reason of a criterion that was not run: "environment problem: "; may be empty. */
    public String origin() {
        return verdict != Verdict.NOT_RUN ? "" : cause.origin();
    }

    /** Whether nobody asked for a proof in this run. */
    public boolean isUnselected() {
        return equals(UNSELECTED);
    }

    /** Returns what remains of a result if the run was interrupted before it: nothing is known. */
    public Result interrupted() {
        return notRun(Cause.SELECTION, "the run was interrupted", took);
    }

    /** Returns the same result with its texts transformed, for example without their secrets. */
    public Result with(UnaryOperator<String> text) {
        return new Result(verdict, cause, text.apply(reason), text.apply(seen), took);
    }

    /** The reason without the log of the wait, which begins on a line of its own. */
    private String explanation() {
        return reason.lines().takeWhile(line -> !line.startsWith("Seen on the way:"))
                .map(line -> line.strip().replaceAll("\\s+", " ")).filter(line -> !line.isEmpty())
                .collect(Collectors.reducing((before, line) -> before
                        + (before.matches(".*[.:;,]") || Character.isLowerCase(line.charAt(0)) ? " " : ". ") + line))
                .orElse(reason.strip());
    }
}
