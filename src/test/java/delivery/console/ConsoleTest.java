package delivery.console;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.ExitCode;
import delivery.criteria.Result;
import delivery.criteria.Results;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConsoleTest {

    private static final Checklist TASK = Checklist.read(Path.of("features/task-9.md"));
    private static final Criterion PREVIEW = TASK.criterion("BG-3").orElseThrow();
    private static final Criterion SHARES = TASK.criterion("CAN-3").orElseThrow();
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PaperScreen screen = new PaperScreen();

    @Test
    void aLogHasALineForEachChangeAndNoControlCharacter() {
        Console console = console(Optional.empty(), StandardCharsets.UTF_8);
        whatHappens(console);

        assertThat(printed()).startsWith("""
                lab: building
                … BG-3   The `*-preview` Service correctly routes traffic to the new version.
                ⏳ BG-3   it is healthy, for 5.0 s: it is Progressing
                ✔ BG-3   proven after 1.0 s
                … CAN-3  Traffic is split between stable and canary services according to the steps in `values.yam…
                ✘ CAN-3  not met after 1.0 s: Expected: 20%. Last seen: 35%

                Setup
                """).endsWith("""
                1 proven, 1 not met, 0 not run of 2 selected; 16 in the task.

                Why:
                  ✘ CAN-3: Expected: 20%. Last seen: 35%
                took 2 s
                report: file:///allure.html
                exit code 1: a criterion is not met
                """);
        assertThat(printed().replace("\n", "")).matches("\\P{Cntrl}*");
    }

    @Test
    void aLogWithoutUnicodeHasSignsOfItsOwn() {
        Console console = console(Optional.empty(), StandardCharsets.US_ASCII);
        whatHappens(console);

        assertThat(printed())
                .contains("\n+ BG-3   proven after 1.0 s\n", "\nx CAN-3  not met after 1.0 s", "\n  x CAN-3: ")
                .matches("\\p{ASCII}*");
    }

    @Test
    void theNextRunKnowsWhatThisOneTook() {
        whatHappens(console(Optional.empty(), StandardCharsets.UTF_8));
        assertThat(DurationHistory.read(folder.resolve("https-k8s.example-6443-.properties")).usual("BG-3"))
                .contains(SECOND);
        assertThat(DurationHistory.read(folder.resolve("https-k8s.example-6443-.properties")).usual("CAN-3"))
                .as("what is not met says nothing of the time that a proof takes").isEmpty();
        printed.reset();

        whatHappens(console(Optional.empty(), StandardCharsets.UTF_8));
        assertThat(printed())
                .contains("\n2 criteria, 2 side by side: at least 1 s left, by the times of the last runs\n");
    }

    @Test
    void aSecretInWhatOthersSayIsNotShown() {
        Console console = console(Optional.empty(), StandardCharsets.UTF_8);
        console.redact(text -> text.replace("s3cret", "(redacted)").replace("35%", "(redacted)"));
        console.say("KEEP: s3cret");
        console.started(PREVIEW);
        console.waitingFor("it is healthy", Duration.ofSeconds(5), "it is s3cret");
        whatHappens(console);
        assertThat(printed()).contains("KEEP: (redacted)", "5.0 s: it is (redacted)", "Last seen: (redacted)")
                .doesNotContain("s3cret", "35%");
    }

    @Test
    void timesThatCannotBeKeptAreReportedAndNoMore() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        Console console = new Console(new PrintStream(printed, true, StandardCharsets.UTF_8), Optional.empty(),
                new Glyphs(StandardCharsets.UTF_8), false, System::nanoTime, folder.resolve("file"));
        whatHappens(console);
        assertThat(printed()).contains("the times of this run could not be kept").endsWith("a criterion is not met\n");
    }

    @Test
    void aTerminalHasTheListAndWhatAnyonePrintsScrollsByAbove() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        Console console = console(Optional.of(screen), StandardCharsets.UTF_8);
        console.begin(TASK, Map.of("BG-3", 1, "CAN-3", 1));
        System.out.println("out \u001b[5mof turn");
        System.err.print("not ended");
        console.say("a hint");
        console.end(new Results().summary(TASK, Set.of("BG-3")), Optional.empty(), "took 2 s", "file:///allure.html");

        assertThat(screen.paper()).contains("out of turn", "a hint", "not ended", "  – BG-3   " + PREVIEW.words())
                .endsWith("exit code 2: " + ExitCode.values()[2].meaning()).doesNotContain("2 waiting · 0 s so far");
        assertThat(printed()).isEmpty();
        assertThat(screen.closed()).isTrue();
        assertThat(System.out).isSameAs(out);
        assertThat(System.err).isSameAs(err);
    }

    @Test
    void aTerminalThatIsGoneIsReportedOnceAndPlainLinesGoOn() throws InterruptedException {
        screen.failure = new IOException("Input/output error");
        fallsBack("Input/output error");
    }

    @Test
    void aFaultInDrawingIsReportedOnceAndPlainLinesGoOn() throws InterruptedException {
        screen.broken = new IllegalStateException("no such row");
        fallsBack("no such row");
    }

    private void fallsBack(String why) throws InterruptedException {
        PrintStream out = System.out;
        Console console = console(Optional.of(screen), StandardCharsets.UTF_8);
        console.begin(TASK, Map.of("BG-3", 1, "CAN-3", 1));
        console.say("before");
        for (int turn = 0; turn < 100 && printed().isEmpty(); turn++) {
            new CountDownLatch(1).await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
        whatHappens(console);

        assertThat(printed()).startsWith("The terminal cannot be drawn on any more (").containsOnlyOnce("The terminal")
                .contains(why, "\nbefore\n", "\n✔ BG-3   proven after 1.0 s\n")
                .endsWith("exit code 1: a criterion is not met\n");
        assertThat(System.out).isSameAs(out);
    }

    @Test
    void aTerminalThatIsHeldKeepsNobodyWaitingAndTheEndIsSaidElsewhere() {
        CountDownLatch forEver = new CountDownLatch(1);
        Screen held = new Screen() {
            @Override
            public Size size() {
                return new Size(80, 24);
            }

            @Override
            public boolean inForeground() {
                return true;
            }

            @Override
            public boolean disturbed() {
                return false;
            }

            @Override
            public void write(String text) throws IOException {
                try {
                    forEver.await();
                } catch (InterruptedException e) {
                    throw new IOException("interrupted", e);
                }
            }

            @Override
            public void close() {
                forEver.countDown();
            }
        };
        Console console = console(Optional.of(held), StandardCharsets.UTF_8);
        long begin = System.nanoTime();
        console.begin(TASK, Map.of("BG-3", 1, "CAN-3", 1));
        for (int call = 0; call < 10_000; call++) {
            console.began("it is healthy");
            console.ended();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        console.end(new Results().summary(TASK, Set.of("BG-3")), Optional.empty(), "took 2 s", "file:///allure.html");
        assertThat(printed()).startsWith("The terminal cannot").contains("report: file:///allure.html");
    }

    @Test
    void nothingThatGoesWrongHereReachesWhoProves() {
        Console console = console(Optional.empty(), StandardCharsets.UTF_8);
        console.begin(TASK, null);
        console.started(null);
        console.ended(PREVIEW, null);
        console.say(null);
        console.end(null, Optional.empty(), "took 2 s", "file:///allure.html");
        assertThat(printed()).startsWith("Something of the run cannot be shown: ").containsOnlyOnce("cannot be shown");
    }

    private void whatHappens(Console console) {
        console.begin(TASK, Map.of("BG-3", 1, "CAN-3", 1));
        console.say("lab: \u001b[32mbuilding\u001b[0m");
        console.provingOn("https://k8s.example:6443/", 2);
        Results results = new Results();
        results.started("BG-3");
        console.started(PREVIEW);
        console.step("When the new version is released");
        console.began("it is healthy");
        console.saw("it is Progressing");
        console.waitingFor("it is healthy", Duration.ofSeconds(5), "it is Progressing");
        console.ended();
        Result proven = Result.proven(SECOND);
        results.ended("BG-3", proven);
        console.ended(PREVIEW, proven);
        results.started("CAN-3");
        console.started(SHARES);
        Result red = Result.notMet("Expected: 20%\nLast seen: 35%\nSeen on the way:\n  +1.0s 35%", SECOND);
        results.ended("CAN-3", red);
        console.ended(SHARES, red);
        console.end(results.summary(TASK, Set.of("BG-3", "CAN-3")), Optional.empty(), "took 2 s",
                "file:///allure.html");
    }

    private Console console(Optional<Screen> terminal, Charset charset) {
        return new Console(new PrintStream(printed, true, StandardCharsets.UTF_8), terminal, new Glyphs(charset), false,
                terminal.isPresent() ? System::nanoTime : () -> 0, folder);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
