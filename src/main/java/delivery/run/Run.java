package delivery.run;

import delivery.argocd.ArgoCdRefused;
import delivery.cluster.ApiFailure;
import delivery.cluster.Owner;
import delivery.cluster.Scope;
import delivery.criteria.Checklist;
import delivery.criteria.CriteriaReport;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Results;
import delivery.criteria.Summary;
import delivery.evidence.Evidence;
import delivery.evidence.Redaction;
import delivery.history.Discrepancies;
import delivery.history.Entry;
import delivery.history.Exchange;
import delivery.history.ExchangeLog;
import delivery.history.SessionHistory;
import delivery.history.TestCase;
import delivery.lab.Lab;
import delivery.platform.Platform;
import delivery.platform.Validation;
import delivery.report.AllureReport;
import delivery.settings.Settings;
import delivery.subject.Subject;
import delivery.subject.Versions;
import delivery.verdict.EnvironmentNotFit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.client.KubernetesClientException;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One run: what is proved on, what was found, and the reports. What keeps it from beginning is kept, so that every
 * scenario can say why it was not run.
 */
public final class Run {

    /** Id of the criterion that is checked before all others. */
    public static final String PRE_CHECK = "PRE-1";

    /** The lab's folder, the results and the reports, in the project's folder. */
    private static final Path LAB = Path.of("lab");
    private static final Duration LONGEST_REMOVAL = Duration.ofSeconds(60);
    private static final int ID_LENGTH = 5;

    private final String id = id();
    private final Instant begun = Instant.now();
    private final Checklist checklist;
    private final Path reports;
    private final AllureReport report;
    private final Results results = new Results();
    private final Set<String> caseIds = ConcurrentHashMap.newKeySet();
    private final Map<String, Subject> open = new ConcurrentHashMap<>();
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private final Set<String> subjects = ConcurrentHashMap.newKeySet();
    private final Console console = new Console();
    private Settings settings;
    private ExchangeLog log = new ExchangeLog();
    private SessionHistory history;
    private Evidence evidence;
    private Platform platform;
    private Waiting waiting;
    private Validation validation;
    private Versions versions;
    private RuntimeException problem;

    /**
     * @param reports folder that the reports are written to
     * @param report  results of the scenarios, and what renders them
     */
    public Run(Checklist checklist, Path reports, AllureReport report) {
        this.checklist = checklist;
        this.reports = reports;
        this.report = report;
    }

    /**
     * Opens what is proved on, starting the lab if no cluster is named, and validates it. It does not throw: what went
     * wrong is thrown by {@link #require(String)}.
     *
     * @param selection what keeps the run from having anything to prove; empty if nothing does
     */
    public void begin(Map<String, String> environment, Properties system, Optional<RuntimeException> selection) {
        report.begin();
        use(new Redaction(List.of()));
        try {
            if (selection.isPresent()) {
                throw selection.get();
            }
            boolean cluster = !system.getProperty("KUBECONFIG", environment.getOrDefault("KUBECONFIG", "")).isBlank();
            // Settings that are wrong are told before a lab is built for half an hour.
            settings = Settings.load(environment, system, cluster ? Map.of() : new Lab(LAB).up(console::say));
            use(new Redaction(settings.secrets()));
            settings.hints().forEach(console::say);
            platform = Platform.open(settings, log);
            waiting = new Waiting(settings.patience(), console);
            sweep();
            validation = new Validation(platform, waiting, id);
            validation.run();
            describe();
        } catch (RuntimeException unfit) {
            problem = unfit;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::removeAll, "removal"));
    }

    private void use(Redaction redaction) {
        log = new ExchangeLog(redaction);
        history = new SessionHistory(Clock.systemUTC(), redaction);
        evidence = new Evidence(redaction);
    }

    private void describe() {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("Run", id + ", begun " + begun);
        validation.findings().values().forEach(finding -> shown.put(finding.sentence().split(":")[0],
                finding.unfit().map(Throwable::getMessage)
                        .orElse(finding.sentence().replaceFirst("^[^:]*: ?", ""))));
        shown.put("Target", (settings.lab() ? "the embedded lab, " : "") + platform.cluster().address());
        settings.effective().forEach(shown::put);
        report.describe(shown);
    }

    /** Removes what runs left that are no more. */
    private void sweep() {
        try {
            Owner self = Owner.self();
            // Applications first: they would put back what goes with the namespaces.
            platform.argoCd().labelled(Scope.MANAGED_BY, Scope.OWNER).forEach((name, annotations) -> {
                if (Owner.isGone(annotations, self) && platform.argoCd().delete(name)) {
                    console.say("removed what an earlier run left: Application " + name);
                }
            });
            Scope.sweep(platform.cluster().client(), Set.of(id))
                    .forEach(name -> console.say("removed what an earlier run left: namespace " + name));
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("looking for what earlier runs left", refused);
        } catch (ArgoCdRefused refused) {
            throw new EnvironmentNotFit(refused.getMessage(),
                    "Give the user of ARGOCD_AUTH_TOKEN the role that README.md lists", refused);
        }
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

    public Waiting waiting() {
        return waiting;
    }

    public ExchangeLog exchanges() {
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
    public TestCase history(Criterion criterion) {
        caseIds.add(criterion.id());
        return history.begin(criterion.id(), criterion.words());
    }

    /** Writes the history as it is now, and reads it back. */
    public synchronized List<Entry> writtenHistory() throws IOException {
        Path file = reports.resolve("session-history.md");
        history.write(file);
        return SessionHistory.read(file);
    }

    /**
     * An Application of a scenario's own, not made yet.
     *
     * @param number tells scenarios of one criterion apart
     */
    public Subject subject(Criterion criterion, int number, TestCase testCase) {
        String name = validation.pattern().application().name() + "-" + criterion.id().toLowerCase(Locale.ROOT)
                + (number > 1 ? "-" + number : "") + "-" + id;
        Subject subject = new Subject(platform, validation.pattern(), waiting, testCase, evidence,
                id, name);
        subjects.add(name);
        open.put(name, subject);
        return subject;
    }

    /** Removes what a scenario made, or says where it stays. */
    public void end(Subject subject, boolean failed) {
        open.remove(subject.name());
        try (subject) {
            if (failed && settings.keep()) {
                console.say("KEEP: " + subject.name() + " stays until the next run; look at it with"
                        + " 'kubectl argo rollouts get rollout --namespace " + subject.name() + " "
                        + subject.release().rollout().map(rollout -> rollout.name()).orElse("NAME") + "' and 'argocd app"
                        + " get " + subject.name() + "'");
                kept.add(subject.name());
            } else {
                subject.remove();
            }
        }
    }

    public void started(Criterion criterion) {
        results.started(criterion.id());
        console.started(criterion);
    }

    public void ended(Criterion criterion, Result result) {
        results.ended(criterion.id(), result);
        console.ended(criterion, result);
    }

    /**
     * Ends the run: waits until what it made is gone, and writes the reports.
     *
     * @param selected ids of the criteria that it was to prove
     * @return what is known of every criterion
     */
    public Summary finish(Set<String> selected) {
        removeAll();
        List<String> unwritten = new ArrayList<>();
        try {
            checkHistory();
        } catch (IOException unwritable) {
            unwritten.add(unwritable.getMessage());
        }
        Summary summary = results.summary(checklist, selected);
        CriteriaReport list = new CriteriaReport(summary);
        Path html = reports.resolve("allure.html");
        try {
            list.write(reports.resolve("criteria.md"));
            Files.writeString(reports.resolve("exit-code"), summary.exitCode() + "\n");
            report.render(html);
        } catch (IOException unwritable) {
            unwritten.add(unwritable.getMessage());
        }
        awaitRemoval();
        console.list(list.console());
        console.say(share());
        console.say("report: " + html.toAbsolutePath().toUri());
        if (platform != null) {
            platform.close();
        }
        if (!unwritten.isEmpty()) {
            throw new IllegalStateException("The reports could not be written: " + String.join("; ", unwritten));
        }
        return summary;
    }

    /** A history of the whole run that tells something else than what was done is no documentation of it. */
    private void checkHistory() throws IOException {
        List<String> discrepancies = discrepancies();
        discrepancies.forEach(words -> console.say("session history: " + words));
        if (!discrepancies.isEmpty()) {
            results.started("DOC-1");
            results.ended("DOC-1", Result.notMet("The Session History of the whole run differs from what was done: "
                    + discrepancies.get(0), Duration.ZERO));
        }
    }

    /** How long the run took, and what of it was the suite's own work. */
    private String share() {
        Duration took = Duration.between(begun, Instant.now());
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return "took " + took.toSeconds() + " s";
        }
        double own = system.getProcessCpuTime() / 1e9;
        double all = took.toMillis() / 1000.0 * system.getAvailableProcessors();
        return String.format(Locale.ROOT, "took %.1f s; the suite itself %.1f s of processor time, %.0f%% of what %d"
                + " cores had", took.toMillis() / 1000.0, own, 100 * own / all, system.getAvailableProcessors());
    }

    /** Where the history of all cases differs from the calls of all scenarios. */
    private List<String> discrepancies() throws IOException {
        List<Entry> written = writtenHistory();
        Set<Exchange> ran = new LinkedHashSet<>();
        subjects.forEach(name -> ran.addAll(log.exchangesOf(name)));
        log.exchanges().stream().filter(exchange -> exchange.target().equals("registry")).forEach(ran::add);
        return Discrepancies.between(written, new ArrayList<>(ran), caseIds, begun, Instant.now());
    }

    private void awaitRemoval() {
        if (platform == null) {
            return;
        }
        List<String> left = new ArrayList<>();
        for (String name : subjects) {
            if (!kept.contains(name)) {
                try {
                    platform.cluster().client().namespaces().withName(name).waitUntilCondition(
                            namespace -> namespace == null, LONGEST_REMOVAL.toMillis(),
                            TimeUnit.MILLISECONDS);
                } catch (KubernetesClientException stillThere) {
                    left.add(name);
                }
            }
        }
        if (!left.isEmpty()) {
            console.say("still being removed, the next run sees to it: " + String.join(", ", left));
        }
    }

    /** What scenarios did not get to remove, because the run was interrupted. */
    private void removeAll() {
        for (Subject subject : List.copyOf(open.values())) {
            open.remove(subject.name());
            try (subject) {
                subject.remove();
            } catch (KubernetesClientException | EnvironmentNotFit | ArgoCdRefused unreachable) {
                console.say(subject.name() + " could not be removed, the next run sees to it: "
                        + unreachable.getMessage());
            }
        }
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
