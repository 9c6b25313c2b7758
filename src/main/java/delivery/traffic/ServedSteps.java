package delivery.traffic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What users were served at the steps of a canary, beside what these ask for.
 *
 * @param steps   in their order
 * @param split   judges requests for the version
 * @param ofPages judges those for the page, of which there are fewer
 */
public record ServedSteps(List<ServedStep> steps, String version, BinomialSplitTest split, BinomialSplitTest ofPages) {

    /** Heads of the columns of {@link #rows()}. */
    public static final List<String> HEADER = List.of("step", "wanted", "served", "band", "verdict");

    public ServedSteps {
        steps = List.copyOf(steps);
    }

    /** One row for each step, in words and numbers. */
    public List<List<String>> rows() {
        return steps.stream().map(step -> List.of(String.valueOf(step.number()), step.asked().percent() + "%",
                String.format(Locale.ROOT, "%.1f%% of %d", step.users().share(version), step.users().size()),
                verdict(step).band().sentence(),
                step.complaint(split, ofPages, version).isEmpty() ? "as asked" : "NOT as asked")).toList();
    }

    /** What the new version served at a step of the requests for the version. */
    public SplitVerdict verdict(ServedStep step) {
        return step.verdict(split, version);
    }

    /** What each step served, in a sentence: "at step 1 the canary served 20.3% of 1000 requests; ...". */
    public List<String> sentences() {
        return steps.stream().map(step -> "at step " + step.number() + " " + verdict(step).sentence()).toList();
    }

    /** What is not as asked, step by step; empty if all is. */
    public Optional<String> complaint() {
        List<String> wrong = steps.stream().flatMap(step -> step.complaint(split, ofPages, version).stream()).toList();
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", wrong));
    }
}
