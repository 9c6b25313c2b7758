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
 * Turns the result of Allure's adapter for a scenario into that of its criterion: with the run's verdict, beginning
 * with the words that explain it, and without names of code.
 */
public final class CriterionInReport implements TestLifecycleListener, FixtureLifecycleListener {

    private static final String GLUE = "delivery.";

    /** Titles of hooks, by the name of the method. Other hooks show the words of their method's name. */
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
        // The hook after each step is shown only if it has something to show.
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

    /** Excludes the time that a case waited for its turn. */
    private static void timed(StepResult step, UnaryOperator<Long> own) {
        step.setStart(own.apply(step.getStart()));
        step.setStop(own.apply(step.getStop()));
        step.getSteps().forEach(part -> timed(part, own));
    }

    /** Shortens a step's error to one line: the full message is at the top. */
    private static void toBeRead(StepResult step, Run run) {
        if (isHook(step.getName())) {
            step.setName(words(step.getName()));
        }
        if (step.getStatus() == null) {
            // Cucumber's undefined and ambiguous steps, for which Allure has no status.
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

    /** Reduces a trace to the failure and the locations in the suite's code; the message is shown above it. */
    private static String trimmed(String trace, Run run) {
        if (trace == null) {
            return null;
        }
        // The location of the project on this machine is irrelevant.
        List<String> lines = trace.replace(Path.of("").toAbsolutePath().toUri().toString(), "").lines().toList();
        String place = lines.stream().skip(1).filter(line -> line.startsWith("Caused by: ")
                || line.startsWith("\tat delivery.") || line.startsWith("\tat ✽."))
                .collect(Collectors.joining("\n"));
        return run.redacted(lines.isEmpty() ? "" : lines.get(0).split(": ", 2)[0] + "\n" + place);
    }

    private static boolean isHook(String name) {
        return name != null && name.startsWith(GLUE);
    }

    /** Returns words for a hook, which is named by the location of its code: that means nothing to readers. */
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
