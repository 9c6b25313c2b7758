package delivery.run;

import delivery.console.Console;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Observations;
import delivery.criteria.Result;
import delivery.criteria.Results;
import delivery.criteria.Summary;
import delivery.failure.EnvironmentNotFit;
import delivery.history.HistoryEntry;
import delivery.release.Journal;
import delivery.report.AllureReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run: its environment, its results and its reports. If the run cannot begin, the reason is kept, so that every
 * scenario can report why it was not run.
 */
public final class Run {

    private static final Path TIMES = Path.of("target", "times");
    private static final int ID_LENGTH = 5;

    private final String id = id();
    private final Checklist checklist;
    private final Reports reports;
    private final Results results = new Results();
    private final Observations observations = new Observations();
    private final HistoryAudit audit = new HistoryAudit();
    private final Console console = Console.open(TIMES);
    private final ScenarioWatchdog overdue;
    private volatile Reproduction reproduction = new Reproduction(Map.of(), new Properties());
    private final Applicability applicability = new Applicability();
    private volatile Start start = Start.none();
    private volatile Optional<ReleasePool> pool = Optional.empty();
    private final Map<Thread, String> steps = new ConcurrentHashMap<>();
    private final AtomicInteger ended = new AtomicInteger();

    /**
     * @param reports folder that the reports are written to
     * @param report  the scenarios' results, and the renderer of their page
     */
    public Run(Checklist checklist, Path reports, AllureReport report) {
        this.checklist = checklist;
        this.reports = new Reports(reports, report);
        this.overdue = new ScenarioWatchdog(ScenarioWatchdog.LONGEST, reports.resolve("threads.txt"), console::say);
    }

    /** Sets how many scenarios each criterion has in the features, by its id, whether they are selected or not. */
    public void expect(Map<String, Integer> each) {
        results.expect(each);
    }

    /**
     * Opens the environment, starting the lab if no cluster is named, and validates it. It does not throw: {@link
     * #require(Criterion, String)} throws the problem.
     *
     * @param selection why the run has nothing to prove; empty if it has something
     * @param scenarios number of scenarios of each criterion that is to be proved, by the criterion's id
     */
    public void begin(Map<String, String> environment, Properties system, Optional<RuntimeException> selection,
            Map<String, Integer> scenarios) {
        reproduction = new Reproduction(environment, system);
        console.begin(checklist, scenarios);
        start = new Bootstrap(id, checklist, scenarios.keySet(), reports, console)
                .start(environment, system, selection);
        start.environment().ifPresent(reached -> audit.leaveOut(reached.live()::isOutsideCases));
        pool = start.environment().map(reached -> new ReleasePool(reached, recorders().calls(), audit, console,
                new ReleasePool.Turns(scenarios.values().stream().mapToInt(Integer::intValue).sum(), ended::get,
                        overdue::ended, this::hasRelease, observations)));
    }

    /**
     * Makes sure that a scenario can be proved here.
     *
     * @param scenario id of a scenario that has begun
     * @throws RuntimeException the reason why the run cannot prove anything; unless the criterion is one that is
     *     checked before all others, also a problem found by the checks, or something that the delivery lacks
     */
    public void require(Criterion criterion, String scenario) {
        start.problem().ifPresent(problem -> {
            throw problem;
        });
        if (!checklist.isBlocker(criterion)) {
            environment().validation().requireAll();
            applicability.require(scenario, environment().validation().pattern(), environment().validation().layout());
        }
    }

    public Checklist checklist() {
        return checklist;
    }

    /** @throws IllegalStateException if no environment was reached */
    public TestEnvironment environment() {
        return start.environment().orElseThrow(() -> new IllegalStateException("The run has nothing to prove on"));
    }

    public Recorders recorders() {
        return start.recorders();
    }

    public Instant begun() {
        return start.begun();
    }

    public Journal journal(Criterion criterion) {
        audit.began(criterion.id());
        return new Journal(recorders().history().begin(criterion.id(), criterion.words()), recorders().evidence());
    }

    /** Writes the history as it is now, and reads it back. */
    public synchronized List<HistoryEntry> writtenHistory() throws IOException {
        return reports.history(recorders().history());
    }

    /** Returns the pool of releases for scenarios. */
    public ReleasePool releases() {
        return pool.orElseThrow(() -> new IllegalStateException("The run has nothing to prove on"));
    }

    /** Declares that a scenario, given by its id, must see its release deployed from the beginning. */
    public void readsDeployment(String scenario) {
        pool.ifPresent(releases -> releases.readsDeployment(scenario));
    }

    /** Starts the scenario's time: it has its release now. */
    private void hasRelease(Criterion criterion) {
        overdue.began(criterion.id());
        if (releases().handsOn()) {
            console.started(criterion);
            console.step(steps.getOrDefault(Thread.currentThread(), ""));
        }
    }

    /** Returns the outage of the platform that makes a failure inconclusive, if there was one. */
    public Optional<EnvironmentNotFit> unfitBehind(Criterion criterion, AssertionError error, Instant begun) {
        return start.environment().flatMap(known -> known.unfitBehind(error, begun, audit.madeFor(criterion.id())));
    }

    /** Returns the needs of scenarios; a caller that starts a scenario declares its needs there. */
    public Applicability applicability() {
        return applicability;
    }

    public void started(Criterion criterion) {
        results.started(criterion.id());
        overdue.began(criterion.id());
        if (pool.filter(ReleasePool::handsOn).isEmpty()) {
            console.started(criterion);
        }
    }

    /** Reports that a scenario begins its next step; called on the thread that the scenario runs on. */
    public void step(String words) {
        steps.put(Thread.currentThread(), words);
        console.step(words);
    }

    /** @return the result as it is kept: without secrets */
    public Result ended(Criterion criterion, Result result) {
        overdue.ended();
        steps.remove(Thread.currentThread());
        ended.incrementAndGet();
        boolean interrupted = start.environment().filter(TestEnvironment::isInterrupted).isPresent();
        Result kept = (interrupted ? result.interrupted() : result).with(recorders().redaction());
        results.ended(criterion.id(), kept);
        console.ended(criterion, kept);
        return kept;
    }

    /** Returns the observations of scenarios, by the scenario's id. */
    public Observations observations() {
        return observations;
    }

    /** Returns a text without the secrets of this run. */
    public String redacted(String text) {
        return recorders().redaction().apply(text);
    }

    /** Records that a report with a writer of its own could not be written. */
    public void unwritten(IOException why) {
        reports.unwritten(why);
    }

    /** Returns the verdicts on all criteria so far. */
    public Summary summary(Set<String> selected) {
        return end().summary(selected);
    }

    /**
     * Ends the run: waits until everything that it created is gone, and writes the reports.
     *
     * @param selected ids of the criteria that it was to prove
     * @return the verdicts on all criteria
     * @throws delivery.failure.InvalidTask if the user's task file cannot be updated; the reports are written all the
     *     same
     */
    public Summary finish(Set<String> selected) {
        overdue.close();
        return end().finish(selected);
    }

    private RunEnd end() {
        return new RunEnd(id, checklist, start, reproduction, results, audit, reports, console);
    }

    /**
     * Checks that the run left everything as it should.
     *
     * @throws EnvironmentNotFit if a report could not be written, the live release was not restored, or its users were
     *     not served
     */
    public void requireReports() {
        start.environment().flatMap(TestEnvironment::putBack).ifPresent(left -> {
            throw left;
        });
        reports.requireWritten();
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
