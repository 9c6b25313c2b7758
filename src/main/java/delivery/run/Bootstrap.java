package delivery.run;

import delivery.console.Console;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.environment.Platform;
import delivery.failure.InvalidTask;
import delivery.lab.Lab;
import delivery.settings.Settings;
import delivery.task.TaskFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** Opens the environment, starting the lab if no cluster is named, and validates it. */
final class Bootstrap {

    /** The folder of the lab, relative to the project's folder. */
    static final Path LAB = Path.of("lab");

    private final String id;
    private final Checklist checklist;
    private final Set<String> selected;
    private final Reports reports;
    private final Lab lab = new Lab(LAB);
    private final Console console;
    private Instant begun = Instant.now();
    private Recorders recorders = Recorders.hiding(List.of());
    private Optional<TaskFile> task = Optional.empty();
    private Optional<TestEnvironment> reached = Optional.empty();

    /** @param selected ids of the criteria that are to be proved; empty if they are not known */
    Bootstrap(String id, Checklist checklist, Set<String> selected, Reports reports, Console console) {
        this.selected = selected;
        this.id = id;
        this.checklist = checklist;
        this.reports = reports;
        this.console = console;
    }

    /** Returns the environment, the reason why there is none, or both if nothing can be proved on it. Never throws. */
    Start start(Map<String, String> environment, Properties system, Optional<RuntimeException> selection) {
        try {
            use(recorders);
            reports.begin();
            if (selection.isPresent()) {
                throw selection.get();
            }
            open(settings(environment, system));
            return begun(Optional.empty());
        } catch (InvalidTask unfit) {
            console.say(unfit.getMessage());
            return begun(Optional.of(unfit));
        } catch (RuntimeException unfit) {
            return begun(Optional.of(unfit));
        }
    }

    private Start begun(Optional<RuntimeException> problem) {
        return new Start(begun, recorders, task, reached, problem);
    }

    /** Reads the settings; mistakes in them are reported before half an hour is spent on building a lab. */
    private Settings settings(Map<String, String> environment, Properties system) {
        Settings given = Settings.given(environment, system);
        task = given.task().map(file -> new TaskFile(file, checklist, given.taskDryRun()));
        task.ifPresent(TaskFile::check);
        begun(Optional.empty()).withoutScenario().forEach(words -> console.say("TASK: no scenario proves " + words));
        boolean cluster = !system.getProperty("KUBECONFIG", environment.getOrDefault("KUBECONFIG", "")).isBlank();
        console.stage(cluster ? "the cluster is reached" : "the lab is started");
        Settings settings = Settings.load(environment, system, cluster ? Map.of() : lab.up(console::say));
        begun = Instant.now();
        use(Recorders.hiding(settings.secrets()));
        settings.hints().forEach(console::say);
        settings.newVersions().announcement().ifPresent(console::say);
        settings.history().ifPresent(reports::keepHistoryIn);
        return settings;
    }

    private void use(Recorders others) {
        recorders = others;
        console.redact(recorders.redaction());
        reports.redact(recorders.redaction());
    }

    private void open(Settings settings) {
        Platform platform = Platform.open(settings, recorders.calls());
        console.provingOn(settings.lab() ? "lab" : platform.cluster().address(),
                Math.min(settings.parallel(), settings.releases()));
        TestEnvironment environment = new TestEnvironment(settings, platform, console, id, check());
        reached = Optional.of(environment);
        environment.validate(selected);
        describe(settings, environment);
    }

    /** Returns the id of the criterion that the checks prove; "environment" if the task has none. */
    private String check() {
        return checklist.criteria().stream().filter(checklist::isBlocker).map(Criterion::id).findFirst()
                .orElse("environment");
    }

    private void describe(Settings settings, TestEnvironment environment) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("Run", id + ", begun " + begun);
        environment.validation().findings().values().forEach(finding -> shown.put(finding.sentence().split(":")[0],
                finding.unfit().map(Throwable::getMessage).orElse(finding.sentence().replaceFirst("^[^:]*: ?", ""))));
        shown.put("Target", environment.target());
        settings.effective().forEach(shown::put);
        reports.describe(shown);
    }
}
