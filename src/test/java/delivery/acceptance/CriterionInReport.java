package delivery.acceptance;

import delivery.criteria.Criterion;
import delivery.run.Run;
import io.qameta.allure.listener.FixtureLifecycleListener;
import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.FixtureResult;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives each scenario its place in the report: the task, the section, the criterion. Its identity is the criterion's, so
 * that an edit of a feature file breaks no history.
 */
public final class CriterionInReport implements TestLifecycleListener, FixtureLifecycleListener {

    private static final String TASK = "task-9: progressive delivery";

    @Override
    public void beforeTestWrite(TestResult result) {
        Optional<Criterion> criterion = result.getLabels().stream().filter(label -> label.getName().equals("tag"))
                .flatMap(label -> AcceptanceTest.run().checklist().criterion(label.getValue()).stream()).findFirst();
        criterion.ifPresent(known -> {
            result.getLabels().removeIf(label -> label.getName().equals("epic"));
            result.getLabels().add(new Label().setName("epic").setValue(TASK));
            result.getLabels().add(new Label().setName("AS_ID").setValue(known.id()));
            String parameters = result.getParameters().stream().map(value -> value.getName() + "=" + value.getValue())
                    .sorted().toList().toString();
            String identity = UUID.nameUUIDFromBytes((known.id() + parameters).getBytes(StandardCharsets.UTF_8)).toString();
            result.setHistoryId(identity);
            result.setTestCaseId(identity);
            result.setName(known.id() + ": " + result.getName());
            notRun(known, result);
        });
        // The hook after each step shows only when it had something to show.
        result.getSteps().removeIf(step -> isHook(step) && step.getAttachments().isEmpty());
        result.getSteps().stream().filter(CriterionInReport::isHook)
                .forEach(step -> step.setName("What the failed case's namespace tells"));
        if (result.getStatus() == null) {
            // Cucumber's undefined and ambiguous steps, which Allure has no word for.
            result.setStatus(Status.BROKEN);
            result.setStatusDetails(new StatusDetails().setMessage("A step is undefined or ambiguous: no code, or more"
                    + " than one, carries it out"));
        }
    }

    private static boolean isHook(StepResult step) {
        return step.getName() != null && step.getName().startsWith("delivery.steps.");
    }

    /** Nothing was learned of a criterion whose environment is not fit: it is no failure of it. */
    private static void notRun(Criterion criterion, TestResult result) {
        boolean unfit = result.getStatus() == Status.BROKEN && result.getStatusDetails() != null
                && String.valueOf(result.getStatusDetails().getTrace()).contains("EnvironmentNotFit");
        if (unfit && !criterion.id().equals(Run.PRE_CHECK)) {
            result.setStatus(Status.SKIPPED);
            result.getStatusDetails().setMessage("Not run, the environment is not fit: "
                    + result.getStatusDetails().getMessage());
        }
    }

    /** A hook is named by the place of its code, which means nothing to who reads the report. */
    @Override
    public void beforeFixtureStop(FixtureResult fixture) {
        if (fixture.getName() != null) {
            String code = fixture.getName();
            fixture.setName(code.contains("prepare") ? "The environment is fit, and the case is begun"
                    : code.contains("remove") ? "What the case made is removed" : "The users' requests end");
        }
    }
}
