package delivery.criteria;

import java.time.Duration;
import java.util.Objects;

/**
 * What one scenario found, or all of a criterion's together.
 *
 * @param reason why it is not proven, for a person; empty if it is
 * @param seen   what proves it, in one sentence: "at step 2 the canary served 59.8% of 1000 requests"; may be empty
 * @param took   how long it ran
 */
public record Result(Verdict verdict, Cause cause, String reason, String seen, Duration took) {

    /**
     * @throws IllegalArgumentException if the cause cannot lead to the verdict, or a verdict but PROVEN has no reason
     */
    public Result {
        Objects.requireNonNull(took);
        boolean fits = switch (verdict) {
            case PROVEN -> cause == Cause.CRITERION;
            // The check before all others judges the environment itself.
            case NOT_MET -> cause == Cause.CRITERION || cause == Cause.ENVIRONMENT;
            case NOT_RUN -> cause != Cause.CRITERION;
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

    /** @param seen what proves it, in one sentence */
    public static Result proven(String seen, Duration took) {
        return new Result(Verdict.PROVEN, Cause.CRITERION, "", seen, took);
    }

    public static Result notMet(String reason, Duration took) {
        return new Result(Verdict.NOT_MET, Cause.CRITERION, reason, "", took);
    }

    /** @param cause {@link Cause#CRITERION}, or {@link Cause#ENVIRONMENT} where that is what was judged */
    public static Result notMet(Cause cause, String reason, Duration took) {
        return new Result(Verdict.NOT_MET, cause, reason, "", took);
    }

    /** @param cause any but {@link Cause#CRITERION} */
    public static Result notRun(Cause cause, String reason, Duration took) {
        return new Result(Verdict.NOT_RUN, cause, reason, "", took);
    }
}
