package delivery.console;

import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import delivery.text.Ellipsis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The reasons why criteria are not proven, each in one sentence and only once. */
final class FailureCauses {

    /** Longest cause, in characters; a wait may have many observations, and the report has them all. */
    private static final int LONGEST = 400;

    private FailureCauses() {
    }

    /** Returns the expectation and the observation, truncated if long; empty for a criterion that is proven. */
    static String of(Result result) {
        String cause = result.reason().lines().map(String::strip).filter(line -> !line.isEmpty()).limit(2)
                .collect(Collectors.joining(". ")).replace(":. ", ": ");
        return Ellipsis.to(LONGEST, cause);
    }

    /** Returns one line for each cause that kept a selected or tried criterion from being proven. */
    static List<String> of(Summary summary) {
        Map<String, List<String>> idsOfCause = new LinkedHashMap<>();
        for (Verdict verdict : List.of(Verdict.NOT_MET, Verdict.NOT_RUN, Verdict.NOT_APPLICABLE)) {
            for (Summary.Line line : summary.lines()) {
                boolean counts = line.selected() || !line.result().isUnselected();
                if (counts && line.result().verdict() == verdict) {
                    Criterion criterion = line.criterion();
                    String words = verdict.sign() + " %s: " + of(line.result()).replace("%", "%%");
                    idsOfCause.computeIfAbsent(words, unused -> new ArrayList<>()).add(criterion.id());
                }
            }
        }
        return idsOfCause.entrySet().stream()
                .map(cause -> String.format(cause.getKey(), String.join(", ", cause.getValue()))).toList();
    }
}
