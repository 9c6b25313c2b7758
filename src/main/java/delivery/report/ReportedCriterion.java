package delivery.report;

import delivery.criteria.Cause;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Verdict;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A criterion's place and text in the report. Allure sorts by name, so sections are numbered as in the task, and
 * criteria are too where their ids alone would not keep the task's order.
 */
public record ReportedCriterion(Criterion criterion, String section, String name) {

    /** The label with the id of a result's criterion. */
    static final String ID_LABEL = "criterion";

    /** The beginning of the text about a criterion that is not applicable. */
    static final String NOT_APPLICABLE = "Not applicable: ";

    private static final Set<String> PLACES =
            Set.of("epic", "feature", "story", "parentSuite", "suite", "subSuite", "package", ID_LABEL);

    /** @param criteria all criteria of a checklist, in its order */
    public static List<ReportedCriterion> all(List<Criterion> criteria) {
        Map<String, List<Criterion>> sections = new LinkedHashMap<>();
        criteria.forEach(criterion ->
                sections.computeIfAbsent(criterion.section(), unused -> new ArrayList<>()).add(criterion));
        List<ReportedCriterion> all = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, List<Criterion>> section : sections.entrySet()) {
            number++;
            List<String> ids = section.getValue().stream().map(Criterion::id).toList();
            boolean inOrder = ids.equals(ids.stream().sorted().toList());
            for (Criterion criterion : section.getValue()) {
                String place = inOrder ? "" : numbered(ids.indexOf(criterion.id()) + 1, ids.size()) + ". ";
                all.add(new ReportedCriterion(criterion, numbered(number, sections.size()) + " " + section.getKey(),
                        place + criterion.id() + ": " + criterion.words()));
            }
        }
        return all;
    }

    private static String numbered(int number, int of) {
        String digits = String.valueOf(number);
        return "0".repeat(String.valueOf(of).length() - digits.length()) + digits;
    }

    /**
     * Turns one of Allure's results into that of the criterion: sets its place, its name, its verdict, and as its first
     * text the sentence that explains the verdict. The history stays with the criterion even if the feature file is
     * changed. Everything else in the result is kept.
     */
    public void describe(TestResult result, Result outcome) {
        result.getLabels().removeIf(label -> PLACES.contains(label.getName()));
        result.getLabels().addAll(List.of(label("feature", section), label("suite", section),
                label("package", section), label(ID_LABEL, criterion.id())));
        result.setName(name);
        identify(result, outcome);
        result.setStatus(status(outcome));
        String sentence = outcome.sentence();
        if (sentence.isEmpty()) {
            sentence = "proven, but the scenario says nothing of what it saw";
        }
        // The list shows parameter values beneath the name; those of an example are already in the steps.
        result.setParameters(List.of(new Parameter().setName("Outcome").setValue(sentence).setExcluded(true)));
        String again = "<p>To prove it again: <code>mvn test -Dcucumber.filter.tags=@" + criterion.id() + "</code></p>";
        if (outcome.verdict() == Verdict.PROVEN) {
            result.setDescriptionHtml("<p>" + html(sentence) + "</p>" + again);
            result.setStatusDetails(null);
        } else {
            // A criterion that is not proven has its sentence above the description.
            result.setDescriptionHtml(again);
            StatusDetails details = result.getStatusDetails() == null ? new StatusDetails() : result.getStatusDetails();
            result.setStatusDetails(details.setMessage(prefix(outcome) + outcome.origin() + outcome.reason().strip()));
        }
    }

    /** Connects the result with the criterion's history, unless the criterion was never tried. */
    private void identify(TestResult result, Result outcome) {
        if (!wasTried(outcome)) {
            result.setHistoryId(null);
            return;
        }
        String parameters = result.getParameters().stream().map(value -> value.getName() + "=" + value.getValue())
                .sorted().toList().toString();
        String identity = UUID.nameUUIDFromBytes((criterion.id() + parameters).getBytes(StandardCharsets.UTF_8))
                .toString();
        result.setHistoryId(identity);
        result.setTestCaseId(identity);
    }

    private static boolean wasTried(Result outcome) {
        return outcome.verdict().isJudged() || outcome.cause() == Cause.SUITE;
    }

    private static String prefix(Result outcome) {
        return switch (outcome.verdict()) {
            case PROVEN, NOT_MET -> "";
            case NOT_RUN -> "Not run: ";
            case NOT_APPLICABLE -> NOT_APPLICABLE;
        };
    }

    /** Returns "skipped" for a criterion that is not applicable, not selected, or lacks an environment. */
    static Status status(Result outcome) {
        return switch (outcome.verdict()) {
            case PROVEN -> Status.PASSED;
            case NOT_MET -> Status.FAILED;
            case NOT_RUN -> outcome.cause() == Cause.ENVIRONMENT || outcome.isUnselected() ? Status.SKIPPED
                    : Status.BROKEN;
            case NOT_APPLICABLE -> Status.SKIPPED;
        };
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value);
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
