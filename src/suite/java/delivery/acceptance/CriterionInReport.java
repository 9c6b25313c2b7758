package delivery.acceptance;

import delivery.criteria.Result;
import delivery.report.ReportedCriterion;
import delivery.run.Run;
import io.qameta.allure.listener.FixtureLifecycleListener;
import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.FixtureResult;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Makes of what Allure's adapter has of a scenario what the report says of its criterion: the verdict is the run's, the
 * first words are those that explain it, and nothing bears the name of a piece of code.
 */
public final class CriterionInReport implements TestLifecycleListener, FixtureLifecycleListener {

    private static final String GLUE = "delivery.";

    /** By the name of the method. Others are shown by their method's name, word by word. */
    private static final Map<String, String> HOOKS = Map.of(
            "prepare", "The environment is checked, and the case is begun",
            "collect", "The failed case's namespace, as it was",
            "remove", "The case's release is removed",
            "stop", "The users' requests end");

    @Override
    public void beforeTestWrite(TestResult result) {
        Optional<SuiteRun> suite = SuiteRun.underWay();
        if (suite.isEmpty()) {
            return; // a sample that a test makes
        }
        Run run = suite.get().run();
        Optional<Result> outcome = CriteriaPlugin.resultOf(result.getUuid());
        List<String> tags = result.getLabels().stream().filter(label -> label.getName().equals("tag"))
                .map(Label::getValue).toList();
        Optional<ReportedCriterion> criterion = ReportedCriterion.all(run.checklist().criteria())
                .stream().filter(known -> tags.contains(known.criterion().id())).findFirst();
        // The hook after each step shows only when it had something to show.
        result.getSteps().removeIf(step -> isHook(step.getName()) && step.getAttachments().isEmpty());
        result.getSteps().forEach(step -> toBeRead(step, run));
        UnaryOperator<Long> own = time -> time == null ? null
                : run.observations().ownTime(result.getUuid(), Instant.ofEpochMilli(time)).toEpochMilli();
        result.setStart(own.apply(result.getStart()));
        result.getSteps().forEach(step -> timed(step, own));
        if (result.getStatusDetails() != null) {
            result.getStatusDetails().setTrace(trimmed(result.getStatusDetails().getTrace(), run));
        }
        if (criterion.isPresent() && outcome.isPresent()) {
            criterion.get().describe(result, outcome.get());
        }
    }

    /** The time that a case waited for its turn is not part of it. */
    private static void timed(StepResult step, UnaryOperator<Long> own) {
        step.setStart(own.apply(step.getStart()));
        step.setStop(own.apply(step.getStop()));
        step.getSteps().forEach(part -> timed(part, own));
    }

    /** A step says in a line what was wrong with it: the whole story stands at the top. */
    private static void toBeRead(StepResult step, Run run) {
        if (isHook(step.getName())) {
            step.setName(words(step.getName()));
        }
        if (step.getStatus() == null) {
            // Cucumber's undefined and ambiguous steps, which Allure has no word for.
            step.setStatus(Status.BROKEN);
        }
        StatusDetails details = step.getStatusDetails();
        if (details != null) {
            details.setTrace(null);
            if (details.getMessage() != null) {
                details.setMessage(run.redacted(details.getMessage().strip().lines().findFirst().orElse("")));
            }
        }
        step.getSteps().forEach(part -> toBeRead(part, run));
    }

    /**
     * What failed, and where in our code: the rest of a trace is the way through libraries. Its message stands above.
     */
    private static String trimmed(String trace, Run run) {
        if (trace == null) {
            return null;
        }
        // Where the project lies on a machine tells nothing.
        List<String> lines = trace.replace(Path.of("").toAbsolutePath().toUri().toString(), "").lines().toList();
        String place = lines.stream().skip(1).filter(line -> line.startsWith("Caused by: ")
                || line.startsWith("\tat delivery.") || line.startsWith("\tat ✽."))
                .collect(Collectors.joining("\n"));
        return run.redacted(lines.isEmpty() ? "" : lines.get(0).split(": ", 2)[0] + "\n" + place);
    }

    private static boolean isHook(String name) {
        return name != null && name.startsWith(GLUE);
    }

    /** A hook is named by the place of its code, which means nothing to who reads the report. */
    private static String words(String code) {
        String method = code.replaceFirst("\\(.*", "").replaceFirst(".*\\.", "");
        String words = method.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return HOOKS.getOrDefault(method, words.isEmpty() ? code : words.substring(0, 1).toUpperCase(Locale.ROOT)
                + words.substring(1));
    }

    @Override
    public void beforeFixtureStop(FixtureResult fixture) {
        if (isHook(fixture.getName())) {
            fixture.setName(words(fixture.getName()));
        }
        if (fixture.getStatusDetails() != null) {
            fixture.getStatusDetails().setTrace(null);
        }
    }
}
