package delivery.criteria;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The exit code of the command that ran the suite. The number is the position in this list: 0 to 4. */
public enum ExitCode {
    PROVEN("every selected criterion is proven"),
    NOT_MET("a criterion is not met"),
    WRONG_INPUT("wrong input: a setting, a tag, a feature file, the task's own file or a value of the chart cannot be"
            + " used, a copy would touch objects that are not its own, or nobody agreed to a change in place; or a"
            + " partial result: a criterion has no scenario, or is not applicable to the delivery"),
    ENVIRONMENT("environment problem: no result for these criteria; or a run in place left the live release changed, or"
            + " some of its users were not served"),
    SUITE("internal error in the suite (a bug: please report it)");

    private final String meaning;

    ExitCode(String meaning) {
        this.meaning = meaning;
    }

    /** The exit code of the process. */
    public int code() {
        return ordinal();
    }

    /** The meaning in words, as the end of a run and the help show it. */
    public String meaning() {
        return meaning;
    }

    /** The meanings of all codes, by code. */
    public static Map<String, String> meanings() {
        return Stream.of(values()).collect(Collectors.toMap(ending -> String.valueOf(ending.code()), ExitCode::meaning,
                (one, other) -> one, LinkedHashMap::new));
    }
}
