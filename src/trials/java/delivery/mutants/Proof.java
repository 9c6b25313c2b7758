package delivery.mutants;

import delivery.report.RunRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The result of a run for a mutant.
 *
 * @param red      criteria that were tried and not proven, each with its reason
 * @param exit     exit code of the run; -1 if there was none
 * @param took     time from the first change to the end of the run
 * @param trouble  why it could not be tried, or the harm that it did to the live release; empty if neither
 */
record Proof(Mutant mutant, Map<String, String> red, int exit, Duration took, String trouble) {

    static Proof of(Mutant mutant, RunRecord run, Duration took) {
        Map<String, String> red = new TreeMap<>();
        run.criteria().stream().filter(line -> line.selected() && !line.verdict().equals("proven"))
                .forEach(line -> red.put(line.id(), line.verdict() + ", " + line.cause() + ": " + line.reason()));
        return new Proof(mutant, red, run.exitCode(), took, "");
    }

    static Proof none(Mutant mutant, Duration took, Throwable trouble) {
        return new Proof(mutant, Map.of(), -1, took, "it could not be tried: " + trouble);
    }

    /** Returns a failed proof whatever the run reported: the live release is worth more than any criterion. */
    static Proof harmful(Mutant mutant, Duration took, List<String> harm) {
        return new Proof(mutant, Map.of(), -1, took, "the live release was touched: " + String.join("; ", harm));
    }

    /** Returns the differences from the catalogue; empty if the mutant was caught as it should be. */
    List<String> complaints() {
        if (!trouble.isEmpty()) {
            return List.of(trouble);
        }
        List<String> complaints = new ArrayList<>();
        mutant.red().forEach((criterion, words) -> {
            if (!red.containsKey(criterion)) {
                complaints.add("it survived " + criterion);
            } else {
                String reason = mutant.first() ? firstSentence(red.get(criterion)) : red.get(criterion);
                words.stream().filter(word -> !says(reason, word)).forEach(word -> complaints.add("the "
                        + (mutant.first() ? "first sentence of the " : "") + "reason of " + criterion
                        + " does not say \"" + word + "\": " + red.get(criterion)));
            }
        });
        red.forEach((criterion, reason) -> {
            if (!mutant.red().containsKey(criterion)) {
                complaints.add(criterion + " is red too: " + reason);
            }
        });
        if (exit != mutant.exit()) {
            complaints.add("the exit code is " + exit + ", not " + mutant.exit());
        }
        return complaints;
    }

    /** Whether a reason contains the words; {@code one | other} in them gives alternatives. */
    private static boolean says(String reason, String words) {
        return Arrays.stream(words.split(" \\| ")).anyMatch(reason::contains);
    }

    /** Returns the first line of each different reason, which names the cause. */
    String message() {
        return trouble.isEmpty() ? red.values().stream().map(Proof::firstSentence).distinct()
                .collect(Collectors.joining("; ")) : trouble;
    }

    private static String firstSentence(String reason) {
        return reason.lines().findFirst().orElse("");
    }
}
