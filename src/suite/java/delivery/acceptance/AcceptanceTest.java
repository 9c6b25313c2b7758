package delivery.acceptance;

import delivery.criteria.Checklist;
import delivery.criteria.Summary;
import delivery.features.InvalidSelection;
import delivery.report.AllureReport;
import delivery.run.Run;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.FileSystemResultsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/**
 * The criteria as scenarios, and the run around them. The verdict is the run's: a criterion that was selected and not
 * proven fails it, whatever became of its scenario.
 */
@Suite
@IncludeEngines("cucumber")
@SelectDirectories("features")
public class AcceptanceTest {

    /** What faults are proved to be seen with must not take the place of a run's own reports. */
    private static final Path REPORTS = Path.of(System.getProperty("delivery.reports", "reports"));
    private static final Path RENDERER = Path.of("target", "renderer");

    private static Run run;
    private static Summary summary;
    private static Set<String> selected = Set.of();

    /** Folder that the reports are written to. */
    static Path reports() {
        return REPORTS;
    }

    /** The run that the scenarios belong to. */
    public static Run run() {
        return run;
    }

    /** Has scenarios belong to a run that a test made. */
    static void use(Run made) {
        run = made;
    }

    /** What the last run found. */
    static Summary summary() {
        return summary;
    }

    /** What an edited copy of the features is proved by; a run has the project's own. */
    static Path features() {
        return Path.of(System.getProperty("delivery.features", "features"));
    }

    @BeforeSuite
    static void begin() throws IOException {
        Checklist checklist = Checklist.read(features().resolve("task-9.md"));
        AllureReport report = report();
        run = new Run(checklist, REPORTS, report);
        // Before Cucumber makes Allure's adapter, which keeps the one that there is.
        Allure.setLifecycle(new AllureLifecycle(
                new KeptResults(new FileSystemResultsWriter(report.results()), run::unwritten)));
        Optional<RuntimeException> problem = Optional.empty();
        Map<String, Integer> scenarios = Map.of();
        try {
            scenarios = Refusal.selected(features());
            selected = scenarios.keySet();
        } catch (InvalidSelection invalid) {
            System.out.println(invalid.getMessage());
            problem = Optional.of(invalid);
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        Properties system = new Properties();
        system.putAll(System.getProperties());
        if (system.containsKey("delivery.reports")) {
            // Nor must they be told to the task.
            for (String setting : List.of("TASK", "TASK_DRY_RUN")) {
                environment.remove(setting);
                system.remove(setting);
            }
        }
        run.begin(environment, system, problem, scenarios);
    }

    private static AllureReport report() {
        Path results = Path.of(System.getProperty("allure.results.directory", "target/allure-results"));
        return Boolean.parseBoolean(System.getProperty("delivery.html", "true")) ? new AllureReport(results, RENDERER)
                : AllureReport.withoutPage(results);
    }

    @AfterSuite
    static void end() {
        if (run == null) {
            return; // the checklist cannot be read, which has been told
        }
        summary = run.finish(selected);
        run.requireReports();
        if (summary.exitCode() != 0) {
            throw new AssertionError("Not every criterion is proven; see reports/criteria.md");
        }
    }
}
