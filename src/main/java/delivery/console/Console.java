package delivery.console;

import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import delivery.waiting.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jline.utils.AttributedString;

/**
 * Shows a person the progress of a run: in a terminal the list of criteria, live; elsewhere a line for each criterion
 * that begins, ends or takes long. Failures to show something never reach the caller; at worst plain lines are left.
 * Safe for use by many threads; a scenario is identified by the thread that it runs on.
 */
public final class Console implements Progress {

    private final PrintStream out;
    private final Glyphs signs;
    private final boolean colours;
    private final LongSupplier nanoTime;
    private final Path folder;
    private final RunProgress course;
    private final PlainLines plain;
    private final Map<String, List<Duration>> took = new TreeMap<>();
    private Optional<Screen> screen;
    private final AtomicReference<Optional<LiveView>> live = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile UnaryOperator<String> redaction = UnaryOperator.identity();
    private volatile Estimate estimate = new Estimate(DurationHistory.none(), 1);
    private DurationHistory times = DurationHistory.none();
    private String target = "";

    /** Opens the terminal if a person watches one; the folder holds the times of the last runs, for the estimate. */
    public static Console open(Path folder) {
        String encoding = System.getProperty("native.encoding", "");
        Charset charset = encoding.isEmpty() ? Charset.defaultCharset() : Charset.forName(encoding);
        return new Console(System.out, InteractiveTerminal.find(System.getenv(), charset),
                new Glyphs(charset), InteractiveTerminal.coloured(System.getenv()), System::nanoTime, folder);
    }

    Console(PrintStream out, Optional<Screen> screen, Glyphs signs, boolean colours, LongSupplier nanoTime,
            Path folder) {
        this.out = out;
        this.screen = screen;
        this.signs = signs;
        this.colours = colours;
        this.nanoTime = nanoTime;
        this.folder = folder;
        this.course = new RunProgress(nanoTime);
        this.plain = new PlainLines(out, signs);
    }

    /** @param scenarios number of scenarios of each criterion that is to be proved, by the criterion's id */
    public void begin(Checklist checklist, Map<String, Integer> scenarios) {
        safely(() -> {
            course.expect(checklist, scenarios);
            screen.ifPresent(found -> {
                Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "console-end"));
                draw(found);
            });
            screen = Optional.empty();
        });
    }

    /** @param hiding removes secrets from every text of other origin from now on */
    public void redact(UnaryOperator<String> hiding) {
        redaction = hiding;
    }

    /**
     * Starts to estimate the time that is left, from the last runs on the same target.
     *
     * @param where      the target: "lab", or a cluster's address
     * @param sideBySide number of scenarios that run side by side
     */
    public void provingOn(String where, int sideBySide) {
        safely(() -> {
            target = where;
            times = DurationHistory.read(file());
            estimate = new Estimate(times, sideBySide);
            stage("the environment is validated");
            String left = estimate.words(course.standing(), course.now());
            // An editor does not announce the scenarios that it selects.
            boolean known = !left.isEmpty() && !course.standing().lines().isEmpty();
            if (live.get().isEmpty() && known) {
                plain.say(course.standing().lines().size() + " criteria, " + sideBySide + " side by side: " + left
                        + ", by the times of the last runs");
            }
        });
    }

    /** Reports work of the run that belongs to no criterion: "the reports are written". */
    public void stage(String what) {
        follow(() -> course.stage(what));
    }

    public void started(Criterion criterion) {
        safely(() -> {
            course.started(criterion);
            show(LiveView::changed, () -> plain.started(criterion));
        });
    }

    /** Reports that this thread's scenario begins its next step. */
    public void step(String words) {
        follow(() -> course.step(words));
    }

    public void ended(Criterion criterion, Result result) {
        safely(() -> {
            Result shown = new Result(result.verdict(), result.cause(), redaction.apply(result.reason()), result.seen(),
                    result.took());
            course.ended(criterion, shown);
            if (shown.verdict() == Verdict.PROVEN) {
                keep(criterion.id(), shown.took());
            }
            show(LiveView::changed, () -> plain.ended(criterion, shown));
        });
    }

    @Override
    public void began(String what) {
        follow(() -> course.waits(what));
    }

    @Override
    public void saw(String lastSeen) {
        follow(() -> course.sees(redaction.apply(lastSeen)));
    }

    @Override
    public void ended() {
        follow(course::waitEnded);
    }

    @Override
    public void waitingFor(String what, Duration elapsed, String lastSeen) {
        safely(() -> show(LiveView::changed,
                () -> plain.waitingFor(course.criterionHere(), what, elapsed,
                redaction.apply(lastSeen))));
    }

    public void say(String text) {
        safely(() -> {
            String shown = redaction.apply(text);
            show(view -> view.say(shown).forEach(plain::say), () -> plain.say(shown));
        });
    }

    /**
     * Asks a person who watches a terminal.
     *
     * @return whether the answer was yes; empty if nobody can be asked
     */
    public Optional<Boolean> agrees(String question) {
        if (!InteractiveTerminal.answers()) {
            return Optional.empty();
        }
        Optional<LiveView> drawn = live.getAndSet(Optional.empty());
        drawn.ifPresent(view -> view.leave(""));
        plain.say(redaction.apply(question) + " [y/N]");
        boolean agreed = InteractiveTerminal.agrees();
        if (drawn.isPresent()) {
            safely(() -> InteractiveTerminal.find(System.getenv(), Charset.defaultCharset()).ifPresent(this::draw));
        }
        return Optional.of(agreed);
    }

    private void draw(Screen found) {
        LiveView view = new LiveView(new LiveArea(found, this::rows, colours, nanoTime), found, signs, this::fallBack);
        live.set(Optional.of(view));
        view.begin();
    }

    /**
     * Ends the output with the list, the causes, the report's location, and the meaning of the exit code.
     *
     * @param took   the duration of the run, in a sentence
     * @param report the report's location
     */
    public void end(Summary summary, Optional<String> harm, String took, String report) {
        safely(() -> {
            remember();
            String text = redaction.apply(ClosingSummary.text(summary, harm, took, report));
            Optional<LiveView> view = live.getAndSet(Optional.empty());
            Optional<Exception> refused = view.flatMap(open -> open.end(ClosingSummary.coloured(text, signs)));
            refused.ifPresent(why -> goOnPlain(view.get(), why));
            if (view.isEmpty() || refused.isPresent()) {
                plain.say(text);
            }
        });
    }

    private List<AttributedString> rows(int columns, int rows) {
        return new ProgressView(signs, estimate).rows(course.standing(), columns, rows, course.now());
    }

    /** Handles Ctrl-C: the last drawing stays. */
    private void interrupted() {
        safely(() -> live.getAndSet(Optional.empty())
                .ifPresent(view -> view.leave("interrupted: what the scenarios made and"
                + " did not remove, the next run removes").ifPresent(why -> goOnPlain(view, why))));
    }

    /** Keeps the durations for the next run. */
    private void remember() {
        Map<String, List<Duration>> run;
        synchronized (took) {
            run = new TreeMap<>(took);
        }
        if (run.isEmpty() || target.isEmpty()) {
            return;
        }
        course.before().ifPresent(before -> run.put(DurationHistory.BEFORE, List.of(before)));
        course.standing().lastEnd().ifPresent(end -> run.put(DurationHistory.AFTER, List.of(course.now().minus(end))));
        try {
            times.and(run).write(file());
        } catch (IOException unwritable) {
            say("the times of this run could not be kept, the next has no estimate: " + unwritable.getMessage());
        }
    }

    private void keep(String id, Duration time) {
        synchronized (took) {
            took.computeIfAbsent(id, unused -> new ArrayList<>()).add(time);
        }
    }

    private Path file() {
        return folder.resolve(target.replaceAll("[^\\w.-]+", "-") + ".properties");
    }

    private void follow(Runnable change) {
        safely(() -> {
            change.run();
            live.get().ifPresent(LiveView::changed);
        });
    }

    private void show(Consumer<LiveView> drawn, Runnable fallback) {
        live.get().ifPresentOrElse(drawn, fallback);
    }

    private void fallBack(Exception why) {
        live.getAndSet(Optional.empty()).ifPresentOrElse(view -> goOnPlain(view, why), () -> {
            if (reported.compareAndSet(false, true)) {
                out.println("Something of the run cannot be shown: " + why);
            }
        });
    }

    private void goOnPlain(LiveView view, Exception why) {
        reported.set(true);
        plain.say("The terminal cannot be drawn on any more (" + why + "): plain lines from here on.");
        view.takeOver().forEach(plain::say);
    }

    private void safely(Runnable showing) {
        try {
            showing.run();
        } catch (RuntimeException broken) {
            fallBack(broken);
        }
    }
}
