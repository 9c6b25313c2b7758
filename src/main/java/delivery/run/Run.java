package delivery.run;

import delivery.console.Console;
import delivery.criteria.Cause;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.ExitCode;
import delivery.criteria.Observations;
import delivery.criteria.Result;
import delivery.criteria.Results;
import delivery.criteria.Summary;
import delivery.environment.EnvironmentHealth;
import delivery.environment.Platform;
import delivery.environment.Validation;
import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.InvalidTask;
import delivery.history.CallLog;
import delivery.history.CaseHistory;
import delivery.history.HistoryEntry;
import delivery.history.SessionHistory;
import delivery.lab.Lab;
import delivery.release.DryClone;
import delivery.release.Journal;
import delivery.release.ReleaseUnderTest;
import delivery.release.Versions;
import delivery.report.AllureReport;
import delivery.report.RunRecord;
import delivery.settings.Settings;
import delivery.task.TaskFile;
import delivery.task.TaskRun;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * One run: what is proved on, what was found, and the reports. What keeps it from beginning is kept, so that every
 * scenario can say why it was not run.
 */
public final class Run {

    /** Id of the criterion that is checked before all others. */
    public static final String PRE_CHECK = "PRE-1";

    /** Id of the criterion that the Session History tells what was done. */
    private static final String DOCUMENTATION = "DOC-1";

    /** The lab's folder, the results and the reports, in the project's folder. */
    private static final Path LAB = Path.of("lab");
    private static final Path TIMES = Path.of("target", "times");
    private static final int ID_LENGTH = 5;

    private final String id = id();
    /** When the lab was there: what it takes to build one is no part of the proof. */
    private Instant begun = Instant.now();
    private final Checklist checklist;
    private final Reports reports;
    private final Results results = new Results();
    private final Observations observations = new Observations();
    private final Lab lab = new Lab(LAB);
    private Reproduction reproduction = new Reproduction(Map.of(), new Properties());
    private Redaction redaction = new Redaction(List.of());
    private final HistoryAudit audit = new HistoryAudit();
    private final Console console = Console.open(TIMES);
    private final ScenarioWatchdog overdue;
    private Settings settings;
    private CallLog log = new CallLog();
    private SessionHistory history;
    private Evidence evidence;
    private Platform platform;
    private volatile OpenReleases subjects;
    private volatile boolean finished;
    private Waiting waiting;
    private Validation validation;
    private Optional<EnvironmentHealth> fitness = Optional.empty();
    private volatile Versions versions;
    private RuntimeException problem;
    private Optional<TaskFile> task = Optional.empty();
    private final List<String> told = new ArrayList<>();

    /**
     * @param reports folder that the reports are written to
     * @param report  results of the scenarios, and what renders them
     */
    public Run(Checklist checklist, Path reports, AllureReport report) {
        this.checklist = checklist;
        this.reports = new Reports(reports, report);
        this.overdue = new ScenarioWatchdog(ScenarioWatchdog.LONGEST, reports.resolve("threads.txt"), console::say);
    }

    /**
     * Opens what is proved on, starting the lab if no cluster is named, and validates it. It does not throw: what went
     * wrong is thrown by {@link #require(String)}.
     *
     * @param selection what keeps the run from having anything to prove; empty if nothing does
     * @param scenarios how many each criterion has that is to be proved, by id
     */
    public void begin(Map<String, String> environment, Properties system, Optional<RuntimeException> selection,
            Map<String, Integer> scenarios) {
        reproduction = new Reproduction(environment, system);
        console.begin(checklist, scenarios);
        use(redaction);
        try {
            reports.begin();
            if (selection.isPresent()) {
                throw selection.get();
            }
            // What is wrong with them is told before a lab is built for half an hour.
            Settings given = Settings.given(environment, system);
            task = given.task().map(file -> new TaskFile(file, checklist, given.taskDryRun()));
            task.ifPresent(TaskFile::check);
            withoutScenario().forEach(words -> console.say("TASK: no scenario proves " + words));
            boolean cluster = !system.getProperty("KUBECONFIG", environment.getOrDefault("KUBECONFIG", "")).isBlank();
            console.stage(cluster ? "the cluster is reached" : "the lab is started");
            settings = Settings.load(environment, system, cluster ? Map.of() : lab.up(console::say));
            begun = Instant.now();
            use(new Redaction(settings.secrets()));
            settings.hints().forEach(console::say);
            settings.history().ifPresent(reports::keepHistoryIn);
            platform = Platform.open(settings, log);
            console.provingOn(settings.lab() ? "lab" : platform.cluster().address(), settings.parallel());
            waiting = new Waiting(settings.patience(), console);
            subjects = new OpenReleases(platform, console, waiting, id, settings.keep());
            Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "removal"));
            subjects.sweep();
            validation = new Validation(platform, waiting.by(PRE_CHECK), (pattern, name) ->
                    new DryClone(platform, pattern, waiting.by(PRE_CHECK), id, name).require(), id);
            try {
                validation.run();
            } finally {
                validation.namespace().ifPresent(subjects::open);
            }
            fitness = validation.fitness();
            describe();
        } catch (InvalidTask unfit) {
            console.say(unfit.getMessage());
            problem = unfit;
        } catch (RuntimeException unfit) {
            problem = unfit;
        }
    }

    /** The process ends. What it made is gone already where the run came to its own end. */
    private void interrupted() {
        if (!finished) {
            subjects.interrupt();
            removeVersions();
        }
    }

    /** What runs them is gone by then. What a scenario's release still needs, which is kept to be looked at, stays too. */
    private void removeVersions() {
        if (versions != null && !subjects.keepsAny()) {
            versions.remove().ifPresent(console::say);
        }
    }

    private void use(Redaction known) {
        redaction = known;
        log = new CallLog(redaction);
        history = new SessionHistory(Clock.systemUTC(), redaction);
        evidence = new Evidence(redaction);
        console.redact(redaction);
    }

    private void describe() {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("Run", id + ", begun " + begun);
        validation.findings().values().forEach(finding -> shown.put(finding.sentence().split(":")[0],
                finding.unfit().map(Throwable::getMessage)
                        .orElse(finding.sentence().replaceFirst("^[^:]*: ?", ""))));
        shown.put("Target", target());
        settings.effective().forEach(shown::put);
        reports.describe(shown);
    }

    private String target() {
        return platform == null ? "none was reached"
                : (settings.lab() ? "the embedded lab, " : "") + platform.cluster().address();
    }

    /**
     * Makes sure that a criterion can be proved here.
     *
     * @throws RuntimeException what keeps the run from proving anything; for any criterion but the check before all
     *     others also what that found
     */
    public void require(String criterion) {
        if (problem != null) {
            throw problem;
        }
        if (!criterion.equals(PRE_CHECK)) {
            validation.requireAll();
        }
    }

    public Checklist checklist() {
        return checklist;
    }

    public Settings settings() {
        return settings;
    }

    public Evidence evidence() {
        return evidence;
    }

    public Platform platform() {
        return platform;
    }

    public Validation validation() {
        return validation;
    }

    public CallLog exchanges() {
        return log;
    }

    public Instant begun() {
        return begun;
    }

    /** The new versions of this run. */
    public synchronized Versions versions() {
        if (versions == null) {
            versions = new Versions(platform, validation.pattern(), id);
        }
        return versions;
    }

    /** Begins the history of a scenario. */
    public CaseHistory history(Criterion criterion) {
        audit.began(criterion.id());
        return history.begin(criterion.id(), criterion.words());
    }

    /** Writes the history as it is now, and reads it back. */
    public synchronized List<HistoryEntry> writtenHistory() throws IOException {
        return reports.history(history);
    }

    /**
     * An Application of a scenario's own, not made yet.
     *
     * @param number tells scenarios of one criterion apart
     */
    public ReleaseUnderTest subject(Criterion criterion, int number, CaseHistory testCase) {
        String name = validation.pattern().application().name() + "-" + criterion.id().toLowerCase(Locale.ROOT)
                + (number > 1 ? "-" + number : "") + "-" + id;
        audit.made(name, criterion.id());
        return subjects.open(new ReleaseUnderTest(platform, validation.pattern(), waiting.by(criterion.id()), new Journal(testCase, evidence), id, name));
    }

    /** Removes what a scenario made, or says where it stays. */
    public void end(ReleaseUnderTest subject, boolean failed) {
        subjects.end(subject, failed);
    }

    /** What of the platform kept a criterion from being judged that seems not to be met; see {@link EnvironmentHealth}. */
    public Optional<EnvironmentNotFit> unfitBehind(Criterion criterion, AssertionError error, Instant begun) {
        return fitness.flatMap(followed -> followed.unfitBehind(error, begun, audit.madeFor(criterion.id())));
    }

    public void started(Criterion criterion) {
        results.started(criterion.id());
        overdue.began(criterion.id());
        console.started(criterion);
    }

    /** A scenario comes to its next step, on the thread that it began on. */
    public void step(String words) {
        console.step(words);
    }

    /** @return the result as it is kept: without secrets */
    public Result ended(Criterion criterion, Result result) {
        overdue.ended();
        Result kept = result.with(redaction);
        results.ended(criterion.id(), kept);
        console.ended(criterion, kept);
        return kept;
    }

    /** What scenarios saw, by their ids. */
    public Observations observations() {
        return observations;
    }

    /** A text without the secrets of this run. */
    public String redacted(String text) {
        return redaction.apply(text);
    }

    /** Remembers a report that something else writes and could not. */
    public void unwritten(IOException why) {
        reports.unwritten(why);
    }

    /** What is known of every criterion by now, of which these were to be proved. */
    public Summary summary(Set<String> selected) {
        return results.summary(checklist, selected).besides(withoutScenario());
    }

    /** What the task's own file has more than the checklist; if it cannot be read, that is told elsewhere. */
    private List<String> withoutScenario() {
        try {
            return task.map(TaskFile::withoutScenario).orElse(List.of());
        } catch (InvalidTask told) {
            return List.of();
        }
    }

    /**
     * Ends the run: waits until what it made is gone, and writes the reports.
     *
     * @param selected ids of the criteria that it was to prove
     * @return what is known of every criterion
     * @throws InvalidTask if the task's own file cannot be brought up to date; the reports are written all the same
     */
    public Summary finish(Set<String> selected) {
        Instant proved = Instant.now();
        overdue.close();
        console.stage("the reports are written");
        fitness.ifPresent(EnvironmentHealth::close);
        made().ifPresent(OpenReleases::removeAll);
        try {
            checkHistory(selected);
        } catch (IOException unwritable) {
            reports.unwritten(unwritable);
        }
        Summary summary = summary(selected);
        Optional<InvalidTask> untold = tellTask(summary);
        int exitCode = untold.isPresent() && summary.exitCode() == 0 ? ExitCode.WRONG_INPUT.code() : summary.exitCode();
        reports.write(summary, record(summary, exitCode), begun);
        reports.notes().forEach(console::say);
        console.stage("what the scenarios made is removed");
        made().ifPresent(OpenReleases::awaitRemoval);
        removeVersions();
        finished = true;
        console.end(summary, RunTiming.words(begun, proved), reports.html().toAbsolutePath().toUri().toString());
        told.forEach(console::say);
        if (platform != null) {
            platform.close();
        }
        if (untold.isPresent()) {
            throw untold.get();
        }
        return summary;
    }

    /** @throws EnvironmentNotFit if a report of the run that ended could not be written */
    public void requireReports() {
        reports.requireWritten();
    }

    private RunRecord record(Summary summary, int exitCode) {
        RunRecord.Target target = platform == null ? null : new RunRecord.Target(settings.lab() ? "lab" : "cluster",
                platform.cluster().address(), settings.effective());
        Map<String, String> selectedBy = new LinkedHashMap<>(reproduction.selectedBy());
        selectedBy.replaceAll((name, value) -> redaction.apply(value));
        RunRecord.Reproduce again = reproduction.command();
        return RunRecord.of(id, begun, Instant.now(), summary, exitCode,
                waiting == null ? List.of() : waiting.slowest(), selectedBy, target,
                new ComponentVersions(platform, validation, lab).byName(),
                new RunRecord.Reproduce(redaction.apply(again.command()), again.secrets()));
    }

    /**
     * Brings the task's own file up to date, or shows what would be changed in it.
     *
     * @return why it could not be, as somebody changed it while the run went on; it alone is no verdict on a criterion
     */
    private Optional<InvalidTask> tellTask(Summary summary) {
        TaskRun proved = new TaskRun(id, begun, Instant.now(), target(), reports.html(), summary, history.entries(),
                redaction);
        try {
            task.ifPresent(file -> told.add(file.tell(proved)));
            return Optional.empty();
        } catch (InvalidTask changed) {
            told.add(changed.getMessage());
            return Optional.of(changed);
        }
    }

    /**
     * A history of the whole run that tells something else than what was done is no documentation of it. Where nobody
     * asked for that criterion it is a fault of the suite, which writes the history.
     */
    private void checkHistory(Set<String> selected) throws IOException {
        Set<String> judged = summary(selected).lines().stream()
                .filter(line -> line.result().cause() == Cause.CRITERION)
                .map(line -> line.criterion().id()).collect(Collectors.toSet());
        List<String> discrepancies = audit.discrepancies(writtenHistory(), log, judged, begun);
        discrepancies.forEach(words -> console.say("session history: " + words));
        if (!discrepancies.isEmpty()) {
            String found = "The Session History of the whole run differs from what was done: " + discrepancies.get(0);
            results.started(DOCUMENTATION);
            results.ended(DOCUMENTATION, selected.contains(DOCUMENTATION) ? Result.notMet(found, Duration.ZERO)
                    : Result.notRun(Cause.SUITE, found, Duration.ZERO));
        }
    }

    /** Empty if the run did not get as far as to make anything. */
    private Optional<OpenReleases> made() {
        return Optional.ofNullable(subjects);
    }

    private static String id() {
        String letters = "bcdfghjklmnpqrstvwxz23456789";
        StringBuilder text = new StringBuilder();
        for (int length = 0; length < ID_LENGTH; length++) {
            text.append(letters.charAt(ThreadLocalRandom.current().nextInt(letters.length())));
        }
        return text.toString();
    }
}
