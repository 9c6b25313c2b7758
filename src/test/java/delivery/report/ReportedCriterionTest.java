package delivery.report;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.criteria.Cause;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportedCriterionTest {

    private static final List<ReportedCriterion> REPORTED = ReportedCriterion.all(Summaries.checklist().criteria());

    @Test
    void sortedByNameSectionsAndCriteriaStandInTheTasksOrder() {
        List<TestResult> results = REPORTED.stream()
                .map(criterion -> described(criterion, Result.proven("seen", Summaries.SECOND))).toList();

        assertThat(results).extracting(result -> label(result, "feature"))
                .containsExactly("1 Second", "2 First", "2 First");
        assertThat(results).extracting(TestResult::getName)
                .containsExactly("Z-1: First `z` <of> all.", "1. B-1: Not by its letter.", "2. A-1: Last.");
    }

    @Test
    void aProvenOneShowsFirstWhatProvesIt() {
        TestResult result = described(REPORTED.get(0), Result.proven("300 < 301", Summaries.SECOND));

        assertThat(result.getStatus()).isEqualTo(Status.PASSED);
        assertThat(result.getStatusDetails()).isNull();
        assertThat(result.getDescriptionHtml()).startsWith("<p>300 &lt; 301</p>").contains("filter.tags=@Z-1");
        assertThat(result.getParameters()).extracting(Parameter::getValue).containsExactly("300 < 301");
    }

    @Test
    void oneThatIsNotMetShowsTheReasonBeforeAnyTrace() {
        TestResult result = described(REPORTED.get(0),
                Result.notMet("Expected: x\nLast seen: y\nSeen on the way:\nz", Summaries.SECOND));

        assertThat(result.getStatus()).isEqualTo(Status.FAILED);
        assertThat(result.getStatusDetails().getMessage()).isEqualTo("Expected: x\nLast seen: y\nSeen on the way:\nz");
        assertThat(result.getStatusDetails().getTrace()).isEqualTo("trace");
        assertThat(result.getParameters()).extracting(Parameter::getValue).contains("Expected: x. Last seen: y");
    }

    @Test
    void oneThatWasNotRunSaysWhyAndIsOnlyRedIfSomebodyMustMendTheSuiteOrTheFeatures() {
        TestResult unfit =
                described(REPORTED.get(0), Result.notRun(Cause.ENVIRONMENT, "No gateway.", Summaries.SECOND));
        assertThat(unfit.getStatus()).isEqualTo(Status.SKIPPED);
        assertThat(unfit.getStatusDetails().getMessage()).isEqualTo("Not run: environment problem: No gateway.");

        TestResult undefined =
                described(REPORTED.get(0), Result.notRun(Cause.SELECTION, "a step is undefined", Summaries.SECOND));
        assertThat(undefined.getStatus()).isEqualTo(Status.BROKEN);
        assertThat(undefined.getStatusDetails().getMessage()).isEqualTo("Not run: a step is undefined");

        TestResult fault =
                described(REPORTED.get(0), Result.notRun(Cause.SUITE, "NullPointerException", Summaries.SECOND));
        assertThat(fault.getStatus()).isEqualTo(Status.BROKEN);
        assertThat(fault.getStatusDetails().getMessage()).startsWith("Not run: internal error in the suite: Null");

        Summary none = Summaries.of(Map.of(), Set.of());
        TestResult unselected = described(REPORTED.get(0), none.lines().get(0).result());
        assertThat(unselected.getStatus()).isEqualTo(Status.SKIPPED);
        assertThat(unselected.getStatusDetails().getMessage()).isEqualTo("Not run: not selected in this run");
    }

    @Test
    void oneThatIsNotApplicableIsGreyAndSaysWhy() {
        TestResult result = described(REPORTED.get(0), Result.notApplicable("No canary.", Summaries.SECOND));

        assertThat(result.getStatus()).isEqualTo(Status.SKIPPED);
        assertThat(result.getStatusDetails().getMessage()).isEqualTo("Not applicable: No canary.");
        assertThat(result.getHistoryId()).isNull();
    }

    @Test
    void itsHistoryIsTheCriterionsWithItsExampleWhateverItSaw() {
        Result one = Result.proven("one", Summaries.SECOND);
        String first = described(REPORTED.get(0), one).getHistoryId();

        assertThat(described(REPORTED.get(0), Result.proven("other", Summaries.SECOND)).getHistoryId())
                .isEqualTo(first);
        assertThat(described(REPORTED.get(1), one).getHistoryId()).isNotEqualTo(first);
        TestResult otherExample = new TestResult()
                .setParameters(List.of(new Parameter().setName("kind").setValue("faulty")));
        REPORTED.get(0).describe(otherExample, one);
        assertThat(otherExample.getHistoryId()).isNotEqualTo(first);
        assertThat(described(REPORTED.get(0), Result.notRun(Cause.ENVIRONMENT, "No gateway.", Summaries.SECOND))
                .getHistoryId())
                .as("of what was never tried").isNull();
    }

    @Test
    void aProofThatSaysNothingIsReported() {
        assertThat(described(REPORTED.get(0), Result.proven(Summaries.SECOND)).getDescriptionHtml())
                .contains("says nothing of what it saw");
    }

    private static TestResult described(ReportedCriterion criterion, Result outcome) {
        TestResult result = new TestResult().setName("a scenario").setHistoryId("by line")
                .setParameters(List.of(new Parameter().setName("kind").setValue("good")))
                .setStatusDetails(new StatusDetails().setMessage("raw").setTrace("trace"));
        result.getLabels().addAll(List.of(new Label().setName("feature").setValue("x"),
                new Label().setName("story").setValue("y")));
        criterion.describe(result, outcome);
        return result;
    }

    private static String label(TestResult result, String name) {
        List<String> values = result.getLabels().stream().filter(label -> label.getName().equals(name))
                .map(Label::getValue).toList();
        assertThat(values).as("labels " + name).hasSize(1);
        return values.get(0);
    }
}
