package delivery.acceptance;

import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.ExitCode;
import delivery.criteria.Summary;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.InvalidTask;
import delivery.failure.WrongInput;
import delivery.features.Features;
import delivery.features.Selection;
import delivery.report.AllureReport;
import delivery.run.Run;
import delivery.steps.RunProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The run that Cucumber's scenarios belong to, one at a time in a process. {@link CriteriaPlugin} begins and ends it
 * with Cucumber's own run, whichever program starts that. The verdict is the run's: a criterion that was selected but
 * not proven fails it, whatever the outcome of its scenario.
 */
public final class SuiteRun {

    private static final Path RENDERER = Path.of("target", "renderer");
    static final int MOST_THREADS = 64;
    private static final int UNFIT = 3;
    private static final int NO_VERDICT = 4;

    /** The stage of the run; {@code KEPT} is a run that a test begins and ends. */
    private enum Stage { AHEAD, KEPT, BEGUN, ENDED }

    private static volatile Optional<SuiteRun> current = Optional.empty();

    private final Run run;
    private final Optional<RuntimeException> problem;
    private final Optional<Map<String, Integer>> scenarios;
    private final Set<String> started = ConcurrentHashMap.newKeySet();
    private volatile Stage stage = Stage.AHEAD;
    private volatile int exitCode = NO_VERDICT;
    private Summary summary;

    private SuiteRun(Run run, Optional<RuntimeException> problem, Optional<Map<String, Integer>> scenarios) {
        this.run = run;
        this.problem = problem;
        this.scenarios = scenarios;
    }

    /** Creates the next run, given the number of scenarios of each criterion, by its id. */
    static SuiteRun of(Checklist checklist, Map<String, Integer> scenarios) {
        return use(new SuiteRun(new Run(checklist, reports(), report()), Optional.empty(), Optional.of(scenarios)));
    }

    /** Creates the next run, which proves nothing for the given reason. */
    static SuiteRun refused(Checklist checklist, RuntimeException problem) {
        return use(new SuiteRun(new Run(checklist, reports(), report()), Optional.of(problem), Optional.of(Map.of())));
    }

    /** Creates the next run for another program, which does not announce the scenarios that it selects. */
    static SuiteRun ofAnotherProgram() {
        return use(new SuiteRun(new Run(Checklist.read(checklist()), reports(), report()), Optional.empty(),
                Optional.empty()));
    }

    /** Makes scenarios belong to a run that a test has begun and will end. */
    static void ofTest(Run begun) {
        use(new SuiteRun(begun, Optional.empty(), Optional.of(Map.of()))).stage = Stage.KEPT;
        RunProvider.use(begun);
    }

    /** Discards the current run. */
    static void none() {
        current = Optional.empty();
    }

    private static SuiteRun use(SuiteRun made) {
        current = Optional.of(made);
        return made;
    }

    /**
     * Returns the number of scenarios to begin side by side: all of them if they share releases, so that a free release
     * goes to the scenario that it suits best.
     */
    int sideBySide(int parallel, int releases) {
        int all = scenarios.orElse(Map.of()).values().stream().mapToInt(Integer::intValue).sum();
        return releases < all ? Math.min(MOST_THREADS, all) : parallel;
    }

    /** Returns the run if it has not ended yet; empty if there is none. */
    static Optional<SuiteRun> underWay() {
        return current.filter(suite -> suite.stage != Stage.ENDED);
    }

    /**
     * Returns the run that scenarios belong to, even if it has ended.
     *
     * @throws IllegalStateException if none has begun
     */
    public static SuiteRun current() {
        return current.orElseThrow(() -> new IllegalStateException("No run has begun: delivery.acceptance"
                + ".CriteriaPlugin begins it, and must come first in the list of Cucumber's plugins, as in"
                + " cucumber.properties"));
    }

    /** Returns the folder of the reports; a trial has its own, so that a run's reports are not replaced. */
    static Path reports() {
        return Path.of(System.getProperty("delivery.reports", "reports"));
    }

    /** Returns the folder of Allure's results. */
    static Path results() {
        return Path.of(System.getProperty("allure.results.directory", "target/allure-results"));
    }

    /** Returns the folder of the features; an edited copy of them has its own. */
    static Path features() {
        return Path.of(System.getProperty("delivery.features", "features"));
    }

    /** Returns the checklist that the features prove. */
    static Path checklist() {
        return Features.task(features());
    }

    private static AllureReport report() {
        return Boolean.parseBoolean(System.getProperty("delivery.html", "true"))
                ? new AllureReport(results(), RENDERER) : AllureReport.withoutPage(results());
    }

    /** Returns the run, with its environment and its results. */
    public Run run() {
        return run;
    }

    /** Returns the verdicts of the run; null before it has ended. */
    public Summary summary() {
        return summary;
    }

    /** Returns the exit code of the program; before the run has ended, that of a run without a verdict. */
    int exitCode() {
        return exitCode;
    }

    /** Opens the environment; if that fails, each scenario reports why. Does nothing the second time. */
    synchronized void begin() {
        if (stage != Stage.AHEAD) {
            return;
        }
        stage = Stage.BEGUN;
        RunProvider.use(run);
        Map<String, String> environment = new HashMap<>(System.getenv());
        Properties system = new Properties();
        system.putAll(System.getProperties());
        if (system.containsKey("delivery.reports")) {
            // A trial does not update the task's file.
            for (String setting : List.of("TASK", "TASK_DRY_RUN")) {
                environment.remove(setting);
                system.remove(setting);
            }
        }
        expectAll();
        run.begin(environment, system, problem, scenarios.orElse(Map.of()));
    }

    /** Some rows of examples do not prove a criterion. */
    private void expectAll() {
        try {
            run.expect(Selection.EVERYTHING.scenarios(Features.read(features()), run.checklist()));
        } catch (IOException | WrongInput unreadable) {
            // Features that cannot be read are reported where they are selected.
        }
    }

    /** Records that a scenario of a criterion begins. */
    void started(Criterion criterion) {
        started.add(criterion.id());
        run.started(criterion);
    }

    /**
     * Ends the run, and writes its reports. Does nothing the second time.
     *
     * @throws AssertionError if another program started the run, which does not know its exit code, and that is not 0
     */
    synchronized void end() {
        if (stage != Stage.BEGUN) {
            return;
        }
        Set<String> selected = scenarios.map(Map::keySet).orElse(started);
        boolean taskUpdated = true;
        try {
            summary = run.finish(selected);
            exitCode = summary.exitCode();
        } catch (InvalidTask invalid) {
            // The problem with the task's file has been reported.
            taskUpdated = false;
            summary = run.summary(selected);
            exitCode = summary.exitCode() == 0 ? ExitCode.WRONG_INPUT.code() : summary.exitCode();
        }
        try {
            run.requireReports();
        } catch (EnvironmentNotFit unwritten) {
            System.out.println(unwritten.getMessage());
            exitCode = exitCode == 0 || taskUpdated && summary.isPartial() ? UNFIT : exitCode;
        }
        stage = Stage.ENDED;
        if (scenarios.isEmpty() && exitCode != 0) {
            throw new AssertionError("Not every criterion that was tried is proven (exit code " + exitCode + "); see "
                    + reports().resolve("criteria.md"));
        }
    }
}
