package delivery.traffic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The samples taken at the steps of a canary, next to the shares that the steps ask for.
 *
 * @param steps   in their order
 * @param split   judges requests for the version
 * @param ofPages judges those for the page, which are fewer
 */
public record ServedSteps(List<ServedStep> steps, String version, BinomialSplitTest split, BinomialSplitTest ofPages) {

    /** Column headings of {@link #rows()}. */
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

    /** Judges the new version's share of the requests for the version at a step. */
    public SplitVerdict verdict(ServedStep step) {
        return step.verdict(split, version);
    }

    /** The share at each step, in a sentence: "at step 1 the canary served 20.3% of 1000 requests; ...". */
    public List<String> sentences() {
        return steps.stream().map(step -> "at step " + step.number() + " " + verdict(step).sentence()).toList();
    }

    /** Everything that is not as asked, step by step; empty if nothing is wrong. */
    public Optional<String> complaint() {
        List<String> wrong = steps.stream().flatMap(step -> step.complaint(split, ofPages, version).stream()).toList();
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", wrong));
    }
}
