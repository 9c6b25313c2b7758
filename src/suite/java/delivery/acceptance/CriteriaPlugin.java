package delivery.acceptance;

import delivery.criteria.Cause;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.NotApplicable;
import delivery.failure.WrongInput;
import delivery.features.ScenarioNeeds;
import delivery.run.Run;
import delivery.steps.ReadsDeployment;
import io.cucumber.messages.types.Envelope;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestCaseStarted;
import io.cucumber.plugin.event.TestRunStarted;
import io.cucumber.plugin.event.TestStepStarted;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.FileSystemResultsWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.opentest4j.TestAbortedException;

/**
 * Begins and ends the run together with Cucumber's own, and turns Cucumber's outcome of each scenario into a
 * criterion's result. It precedes Allure's adapter in the list of plugins, because the adapter asks it for that result.
 */
public final class CriteriaPlugin implements ConcurrentEventListener {

    private static final Map<String, Result> RESULTS = new ConcurrentHashMap<>();

    /** Configures the writer of Allure's adapter, which is created after this plugin and then keeps it. */
    public CriteriaPlugin() {
        Allure.setLifecycle(new AllureLifecycle(new KeptResults(new FileSystemResultsWriter(SuiteRun.results()),
                why -> run().unwritten(why))));
    }

    /** Returns the result of a scenario that has ended, by the id that it also has in the report. */
    static Optional<Result> resultOf(String scenario) {
        return Optional.ofNullable(RESULTS.get(scenario));
    }

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        SuiteRun suite = SuiteRun.underWay().orElseGet(SuiteRun::ofAnotherProgram);
        // Cucumber's first message precedes its TestRunStarted, and the run must begin before any message is written.
        publisher.registerHandlerFor(Envelope.class, message -> suite.begin());
        // Registered late, so that this handles the last message after all plugins, even if the end throws.
        publisher.registerHandlerFor(TestRunStarted.class, started -> publisher.registerHandlerFor(Envelope.class,
                message -> message.getTestRunFinished().ifPresent(last -> suite.end())));
        publisher.registerHandlerFor(TestCaseStarted.class, event -> criterion(event.getTestCase())
                .ifPresent(criterion -> {
                    if (readsDeployment(event.getTestCase())) {
                        run().readsDeployment(event.getTestCase().getId().toString());
                    }
                    run().applicability().needs(event.getTestCase().getId().toString(),
                            ScenarioNeeds.of(new ScenarioNeeds.Scenario(Set.of(), steps(event.getTestCase()))));
                    SuiteRun.current().started(criterion);
                }));
        publisher.registerHandlerFor(TestStepStarted.class, event -> {
            if (event.getTestStep() instanceof PickleStepTestStep step) {
                run().step(step.getStep().getKeyword() + step.getStep().getText());
            }
        });
        publisher.registerHandlerFor(TestCaseFinished.class, event -> criterion(event.getTestCase())
                .ifPresent(criterion -> RESULTS.put(event.getTestCase().getId().toString(),
                        run().ended(criterion, result(criterion, event.getTestCase(),
                                event.getResult(), event.getInstant(),
                                run().observations().sentence(event.getTestCase().getId().toString()))))));
    }

    private static boolean readsDeployment(TestCase scenario) {
        return scenario.getTestSteps().stream().anyMatch(step -> ReadsDeployment.Steps.has(
                String.valueOf(step.getCodeLocation())));
    }

    private static List<String> steps(TestCase scenario) {
        return scenario.getTestSteps().stream().filter(PickleStepTestStep.class::isInstance)
                .map(step -> ((PickleStepTestStep) step).getStep().getText()).toList();
    }

    private static Run run() {
        return SuiteRun.current().run();
    }

    private static Optional<Criterion> criterion(TestCase scenario) {
        List<Criterion> criteria = scenario.getTags().stream()
                .flatMap(tag -> run().checklist().criterion(tag.substring(1)).stream()).distinct().toList();
        return criteria.size() == 1 ? Optional.of(criteria.get(0)) : Optional.empty();
    }

    static Result result(Criterion criterion, TestCase scenario, io.cucumber.plugin.event.Result outcome, Instant ended,
            String seen) {
        Duration took = outcome.getDuration().minus(run().observations().queued(scenario.getId().toString()));
        return switch (outcome.getStatus()) {
            case PASSED -> run().observations().hasBegun(scenario.getId().toString()) ? Result.proven(seen, took)
                    : Result.notRun(Cause.SELECTION, "nothing was tried: in a dry run, Cucumber only reads the steps."
                            + " Leave out cucumber.execution.dry-run or --dry-run", took);
            case FAILED -> failed(criterion, scenario, outcome.getError(), took, ended);
            case SKIPPED -> outcome.getError() instanceof TestAbortedException aborted && aborted.getCause() != null
                    ? failed(criterion, scenario, aborted.getCause(), took, ended)
                    : Result.notRun(Cause.SUITE, "its scenario was skipped", took);
            case UNDEFINED -> Result.notRun(Cause.SELECTION, "a step is undefined: no code carries out "
                    + withoutCode(scenario), took);
            case AMBIGUOUS -> Result.notRun(Cause.SELECTION, "a step is ambiguous: several fit it. "
                    + sentence(outcome.getError()), took);
            default -> Result.notRun(Cause.SUITE, "its scenario ended as " + outcome.getStatus(), took);
        };
    }

    /** Describes the first step without code, and its location. */
    private static String withoutCode(TestCase scenario) {
        return scenario.getTestSteps().stream().filter(PickleStepTestStep.class::isInstance)
                .map(PickleStepTestStep.class::cast).filter(step -> step.getCodeLocation() == null).findFirst()
                .map(step -> '"' + step.getStep().getKeyword() + step.getStep().getText() + "\" ("
                        + Path.of("").toAbsolutePath().toUri().relativize(step.getUri()) + ":"
                        + step.getStep().getLine() + ")")
                .orElse("it");
    }

    private static Result failed(Criterion criterion, TestCase scenario, Throwable error, Duration took,
            Instant ended) {
        Optional<EnvironmentNotFit> unfit = EnvironmentFailure.in(error)
                .or(() -> error instanceof AssertionError
                        ? run().observations().spoiled(scenario.getId().toString()) : Optional.empty())
                .or(() -> error instanceof AssertionError seen
                        ? run().unfitBehind(criterion, seen, ended.minus(took)) : Optional.empty());
        if (unfit.isPresent()) {
            return run().checklist().isBlocker(criterion)
                    ? Result.notMet(Cause.ENVIRONMENT, unfit.get().getMessage(), took)
                    : Result.notRun(Cause.ENVIRONMENT, unfit.get().getMessage(), took);
        }
        if (error instanceof NotApplicable) {
            return Result.notApplicable(sentence(error), took);
        }
        if (error instanceof WrongInput) {
            return Result.notRun(Cause.SELECTION, sentence(error), took);
        }
        if (error instanceof AssertionError) {
            return Result.notMet(sentence(error), took);
        }
        return Result.notRun(Cause.SUITE, error.getClass().getSimpleName() + ": " + sentence(error), took);
    }

    private static String sentence(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName()
                : message.strip();
    }
}
