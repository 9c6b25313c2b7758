package delivery.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the exit codes of a run mean. */
public final class ExitCodes {

    private static final int GREATEST = 4;

    private ExitCodes() {
    }

    /** In a sentence, as the end of a run and the help have it. */
    public static String meaning(int code) {
        return switch (code) {
            case 0 -> "every selected criterion is proven";
            case 1 -> "a criterion is not met";
            case 2 -> "the settings, the tags, the feature files or the task's own file are wrong, or a value is missing"
                    + " in the chart";
            case 3 -> "the environment is not fit; nothing was learned of the criteria";
            default -> "the suite is at fault";
        };
    }

    /** All of them in order. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (int code = 0; code <= GREATEST; code++) {
            meanings.put(String.valueOf(code), meaning(code));
        }
        return meanings;
    }
}
