package delivery.criteria;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the command that ran the suite ends. Its code is its place in this list: 0 to 4. */
public enum ExitCode {
    PROVEN("every selected criterion is proven"),
    NOT_MET("a criterion is not met"),
    WRONG_INPUT("the settings, the tags, the feature files or the task's own file are wrong, a value is missing in the"
            + " chart, a copy of the release would touch what is not its own, or the result is partial: a criterion has"
            + " no scenario, or is not applicable to the delivery"),
    ENVIRONMENT("environment problem: no result for these criteria; or a run in place left the live release changed, or"
            + " its users unserved"),
    SUITE("internal error in the suite (a bug: please report it)");

    private final String meaning;

    ExitCode(String meaning) {
        this.meaning = meaning;
    }

    /** The number that the process ends with. */
    public int code() {
        return ordinal();
    }

    /** In a sentence, as the end of a run and the help have it. */
    public String meaning() {
        return meaning;
    }

    /** The sentences of all, by number. */
    public static Map<String, String> meanings() {
        return Stream.of(values()).collect(Collectors.toMap(ending -> String.valueOf(ending.code()), ExitCode::meaning,
                (one, other) -> one, LinkedHashMap::new));
    }
}
