package delivery.acceptance;

import delivery.chart.MissingValue;
import delivery.criteria.Cause;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.run.Run;
import delivery.settings.InvalidSettings;
import delivery.verdict.EnvironmentNotFit;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestCaseStarted;
import io.cucumber.plugin.event.TestStepStarted;
import java.time.Duration;
import java.util.Optional;

/** Tells the run how each scenario began and ended: what Cucumber says of it becomes a criterion's result. */
public final class CriteriaPlugin implements ConcurrentEventListener {

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(TestCaseStarted.class, event -> criterion(event.getTestCase())
                .ifPresent(criterion -> AcceptanceTest.run().started(criterion)));
        publisher.registerHandlerFor(TestStepStarted.class, event -> {
            if (event.getTestStep() instanceof PickleStepTestStep step) {
                AcceptanceTest.run().step(step.getStep().getKeyword() + step.getStep().getText());
            }
        });
        publisher.registerHandlerFor(TestCaseFinished.class, event -> criterion(event.getTestCase())
                .ifPresent(criterion -> AcceptanceTest.run().ended(criterion,
                        result(criterion, event.getTestCase(), event.getResult()))));
    }

    private static Optional<Criterion> criterion(TestCase scenario) {
        return scenario.getTags().stream()
                .flatMap(tag -> AcceptanceTest.run().checklist().criterion(tag.substring(1)).stream())
                .findFirst();
    }

    static Result result(Criterion criterion, TestCase scenario, io.cucumber.plugin.event.Result outcome) {
        Duration took = outcome.getDuration();
        return switch (outcome.getStatus()) {
            case PASSED -> Result.proven(took);
            case FAILED -> failed(criterion, outcome.getError(), took);
            case UNDEFINED -> Result.notRun(Cause.SELECTION, "a step is undefined: no code carries it out ("
                    + scenario.getUri() + ":" + scenario.getLocation().getLine() + ")", took);
            case AMBIGUOUS -> Result.notRun(Cause.SELECTION, "a step is ambiguous: several fit it. "
                    + sentence(outcome.getError()), took);
            default -> Result.notRun(Cause.SUITE, "its scenario ended as " + outcome.getStatus(), took);
        };
    }

    private static Result failed(Criterion criterion, Throwable error, Duration took) {
        Optional<EnvironmentNotFit> unfit = EnvironmentFailure.in(error);
        if (unfit.isPresent()) {
            String reason = "the environment is not fit: " + unfit.get().getMessage();
            return criterion.id().equals(Run.PRE_CHECK)
                    ? Result.notMet(Cause.ENVIRONMENT, unfit.get().getMessage(), took)
                    : Result.notRun(Cause.ENVIRONMENT, reason, took);
        }
        if (error instanceof InvalidSettings || error instanceof InvalidSelection || error instanceof MissingValue) {
            return Result.notRun(Cause.SELECTION, sentence(error), took);
        }
        if (error instanceof AssertionError) {
            return Result.notMet(sentence(error), took);
        }
        return Result.notRun(Cause.SUITE, "the suite is at fault: " + error.getClass().getSimpleName() + ": "
                + sentence(error), took);
    }

    private static String sentence(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message.strip();
    }
}
