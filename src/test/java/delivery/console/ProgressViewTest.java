package delivery.console;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.criteria.Cause;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressViewTest {

    private static final Checklist TASK = Checklist.read(Path.of("features/task-9.md"));
    private static final DurationHistory KNOWN = DurationHistory.none()
            .and(Map.of("BG-3", List.of(Duration.ofSeconds(4)),
            "CAN-A", List.of(Duration.ofSeconds(60)), "RB-1", List.of(Duration.ofSeconds(20))));

    private final AtomicLong nanos = new AtomicLong();
    private RunProgress course = new RunProgress(nanos::get);
    private final Glyphs utf8 = new Glyphs(StandardCharsets.UTF_8);
    private ProgressView picture = new ProgressView(utf8, new Estimate(KNOWN, 2));

    @BeforeEach
    @BeforeTry
    void aRunInItsMiddle() throws InterruptedException {
        nanos.set(0);
        course = new RunProgress(nanos::get);
        course.expect(TASK, Map.of("BG-1", 1, "BG-2", 1, "BG-3", 1, "CAN-3", 1, "CAN-A", 2, "RB-1", 1));
        course.stage("the environment is validated");
        pass(10);
        scenario("BG-1", () ->
                course.ended(TASK.criterion("BG-1").orElseThrow(), Result.proven(Duration.ofMillis(4250))));
        scenario("CAN-3", () -> course.ended(TASK.criterion("CAN-3").orElseThrow(), Result.notMet(
                "Expected: the canary serves 20%\nLast seen: it served 35%\nSeen on the way:", Duration.ofSeconds(9))));
        scenario("CAN-A", () ->
                course.ended(TASK.criterion("CAN-A").orElseThrow(), Result.proven(Duration.ofSeconds(30))));
        scenario("BG-2", () -> course.ended(TASK.criterion("BG-2").orElseThrow(), Result.notRun(Cause.ENVIRONMENT,
                "Argo CD does not answer", Duration.ofSeconds(1))));
        scenario("BG-3", () -> course.step("When 200 requests are sent to the preview Service over 4 seconds"));
        pass(5);
        scenario("CAN-A", () -> {
            course.step("When a faulty version is released");
            pass(1);
            course.waits("the analysis ends as Failed");
            course.sees("it is Running: 1 of 3 measurements");
        });
        pass(7);
    }

    @Test
    void eachCriterionHasItsStateAndWhatRunsWhatItWaitsForSinceWhen() {
        assertThat(drawn(101, 40)).isEqualTo("""
                Blue-Green Strategy
                  ✔ BG-1   Argo CD Application is updated to use the new image tag.                     proven 4.3 s
                  – BG-2   A new ReplicaSet (preview) is created and becomes healthy.                  not run 1.0 s
                           Argo CD does not answer
                  ▸ BG-3   The `*-preview` Service correctly routes traffic to the … longer than usual, running 13 s
                           When 200 requests are sent to the preview Service over 4 seconds, 13 s
                Canary Strategy
                  ✘ CAN-3  Traffic is split between stable and canary services according to the steps… not met 9.0 s
                           Expected: the canary serves 20%. Last seen: it served 35%
                  ▸ CAN-A  The canary release is judged by analysis.                      1 of 2 proven, running 8 s
                           waits 7 s: the analysis ends as Failed; sees: it is Running: 1 of 3 measurements
                Rollback
                  · RB-1   A rollback can be successfully triggered (`kubectl argo rollouts undo`).          waiting
                1 proven, 1 not met, 1 not run, 2 running, 1 waiting · 23 s so far
                longer than usual, about 55 s left
                """);
    }

    @Test
    void aNarrowTerminalKeepsSignsIdsAndTimes() {
        assertThat(drawn(40, 40)).isEqualTo("""
                Blue-Green Strategy
                  ✔ BG-1   Argo CD Application i… 4.3 s
                  – BG-2   A new ReplicaSet (pre… 1.0 s
                    Argo CD does not answer
                  ▸ BG-3   The `*-preview` Servic… 13 s
                    When 200 requests are sent to the …
                Canary Strategy
                  ✘ CAN-3  Traffic is split betw… 9.0 s
                    Expected: the canary serves 20%. L…
                  ▸ CAN-A  The canary release is j… 8 s
                    waits 7 s: the analysis ends as Fa…
                Rollback
                  · RB-1   A rollback can be successf…
                1 proven, 1 not met, 1 not run,
                2 running, 1 waiting
                23 s so far
                longer than usual, about 55 s left
                """);
    }

    @Test
    void aWideTerminalCutsNothingAndKeepsTimesNearTheirCriteria() {
        assertThat(drawn(200, 40)).isEqualTo("""
                Blue-Green Strategy
                  ✔ BG-1   Argo CD Application is updated to use the new image tag.                                         proven 4.3 s
                  – BG-2   A new ReplicaSet (preview) is created and becomes healthy.                                      not run 1.0 s
                           Argo CD does not answer
                  ▸ BG-3   The `*-preview` Service correctly routes traffic to the new version.          longer than usual, running 13 s
                           When 200 requests are sent to the preview Service over 4 seconds, 13 s
                Canary Strategy
                  ✘ CAN-3  Traffic is split between stable and canary services according to the steps in `values.yaml`.    not met 9.0 s
                           Expected: the canary serves 20%. Last seen: it served 35%
                  ▸ CAN-A  The canary release is judged by analysis.                                          1 of 2 proven, running 8 s
                           waits 7 s: the analysis ends as Failed; sees: it is Running: 1 of 3 measurements
                Rollback
                  · RB-1   A rollback can be successfully triggered (`kubectl argo rollouts undo`).                              waiting
                1 proven, 1 not met, 1 not run, 2 running, 1 waiting · 23 s so far · longer than usual, about 55 s left
                """);
    }

    @Test
    void aCharsetWithoutOurSignsIsDrawnInIts() {
        picture = new ProgressView(new Glyphs(StandardCharsets.US_ASCII), new Estimate(KNOWN, 2));
        assertThat(drawn(101, 40)).isEqualTo("""
                Blue-Green Strategy
                  + BG-1   Argo CD Application is updated to use the new image tag.                     proven 4.3 s
                  - BG-2   A new ReplicaSet (preview) is created and becomes healthy.                  not run 1.0 s
                           Argo CD does not answer
                  > BG-3   The `*-preview` Service correctly routes traffic to th... longer than usual, running 13 s
                           When 200 requests are sent to the preview Service over 4 seconds, 13 s
                Canary Strategy
                  x CAN-3  Traffic is split between stable and canary services according to the ste... not met 9.0 s
                           Expected: the canary serves 20%. Last seen: it served 35%
                  > CAN-A  The canary release is judged by analysis.                      1 of 2 proven, running 8 s
                           waits 7 s: the analysis ends as Failed; sees: it is Running: 1 of 3 measurements
                Rollback
                  . RB-1   A rollback can be successfully triggered (`kubectl argo rollouts undo`).          waiting
                1 proven, 1 not met, 1 not run, 2 running, 1 waiting . 23 s so far
                longer than usual, about 55 s left
                """);
    }

    @Test
    void statesHaveColours() {
        // Maven removes escape sequences from the failures that it prints.
        assertThat(rows(60, 40).stream().map(row -> row.toAnsi().replace('\u001b', '^').stripTrailing() + "\n")
                .collect(Collectors.joining())).isEqualTo("""
                ^[1mBlue-Green Strategy^[0m
                  ^[32m✔^[0m BG-1   Argo CD Application is updated to use the… ^[32m4.3 s^[0m
                  ^[33m–^[0m BG-2   A new ReplicaSet (preview) is created and… ^[33m1.0 s^[0m
                ^[33m    Argo CD does not answer^[0m
                  ^[36m▸^[0m BG-3   The `*-preview` Service correctly routes t… ^[36m13 s^[0m
                ^[2m    When 200 requests are sent to the preview Service over^[0m…
                ^[1mCanary Strategy^[0m
                  ^[31m✘^[0m CAN-3  Traffic is split between stable and canar… ^[31m9.0 s^[0m
                ^[31m    Expected: the canary serves 20%. Last seen: it served ^[0m…
                  ^[36m▸^[0m CAN-A  The canary release is judged by analysis.    ^[36m8 s^[0m
                ^[2m    waits 7 s: the analysis ends as Failed; sees: it is Ru^[0m…
                ^[1mRollback^[0m
                  ^[2m·^[0m RB-1   ^[2mA rollback can be successfully triggered (`kub^[0m…
                ^[1m1 proven, 1 not met, 1 not run, 2 running, 1 waiting^[0m
                ^[1m23 s so far · longer than usual, about 55 s left^[0m
                """);
    }

    @Test
    void whatDoesNotFitIsLeftOutTheRunningOnesLast() {
        assertThat(drawn(101, 14).lines()).hasSize(14).contains("Rollback: 1 waiting", "Canary Strategy");
        assertThat(drawn(101, 10)).isEqualTo("""
                  ▸ BG-3   The `*-preview` Service correctly routes traffic to the … longer than usual, running 13 s
                           When 200 requests are sent to the preview Service over 4 seconds, 13 s
                  ▸ CAN-A  The canary release is judged by analysis.                      1 of 2 proven, running 8 s
                           waits 7 s: the analysis ends as Failed; sees: it is Running: 1 of 3 measurements
                1 proven, 1 not met, 1 not run, 2 running, 1 waiting · 23 s so far
                longer than usual, about 55 s left
                """);
        assertThat(drawn(101, 7)).isEqualTo("""
                  ▸ BG-3   The `*-preview` Service correctly routes traffic to the … longer than usual, running 13 s
                           When 200 requests are sent to the preview Service over 4 seconds, 13 s
                  ▸ CAN-A  The canary release is judged by analysis.                      1 of 2 proven, running 8 s
                           waits 7 s: the analysis ends as Failed; sees: it is Running: 1 of 3 measurements
                1 proven, 1 not met, 1 not run, 2 running, 1 waiting · 23 s so far
                longer than usual, about 55 s left
                """);
        assertThat(drawn(101, 5)).isEqualTo("""
                  ▸ BG-3   The `*-preview` Service correctly routes traffic to the … longer than usual, running 13 s
                  ▸ CAN-A  The canary release is judged by analysis.                      1 of 2 proven, running 8 s
                1 proven, 1 not met, 1 not run, 2 running, 1 waiting · 23 s so far
                longer than usual, about 55 s left
                """);
        assertThat(drawn(101, 3)).isEqualTo("""
                    … 2 more
                1 proven, 1 not met, 1 not run, 2 running, 1 waiting · 23 s so far
                longer than usual, about 55 s left
                """);
        assertThat(drawn(101, 1)).isEqualTo("""
                longer than usual, about 55 s left
                """);
    }

    @Test
    void beforeAnyScenarioItTellsWhatTheRunDoes() {
        course = new RunProgress(nanos::get);
        course.expect(TASK, Map.of("BG-1", 1));
        course.stage("the environment is validated");
        course.waits("the Argo Rollouts controller acts on a Rollout");
        course.sees("it has not acted on it\nis it \u001b[31mrunning\u001b[0m?");
        pass(130);
        assertThat(drawn(101, 40)).isEqualTo("""
                Blue-Green Strategy
                  · BG-1   Argo CD Application is updated to use the new image tag.                          waiting
                the environment is validated, 2 min 10 s
                  waits 2 min 10 s: the Argo Rollouts controller acts on a Rollout; sees: it has not acted on it is…
                1 waiting · 2 min 10 s so far
                """);
    }

    @Test
    void charactersThatTakeTwoColumnsAreCountedAsTwo() {
        course.started(new Criterion("X-1", "値", "新しい版が出る".repeat(4)));
        assertThat(rows(61, 40)).allMatch(row -> row.columnLength() <= 60);
        assertThat(drawn(61, 40)).contains("  ▸ X-1    新しい版が出る新しい版が出る新しい版… running 0 s\n");
    }

    @Property(tries = 300)
    void itFitsEveryTerminal(@ForAll @IntRange(min = 1, max = 220) int width,
            @ForAll @IntRange(min = 1, max = 45) int height) {
        List<AttributedString> rows = rows(width, height);
        assertThat(rows.size()).isBetween(1, height);
        assertThat(rows).allMatch(row -> row.columnLength() <= Math.max(1, width - 1))
                .allMatch(row -> row.toString().matches("\\P{Cntrl}*"));
    }

    private String drawn(int width, int height) {
        return rows(width, height).stream().map(row -> row.toString().stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private List<AttributedString> rows(int width, int height) {
        return picture.rows(course.standing(), width, height, course.now());
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    /** Begins a scenario on a thread of its own, which lives as long as the process. */
    private void scenario(String id, Runnable then) throws InterruptedException {
        Thread thread = new Thread(() -> {
            course.started(TASK.criterion(id).orElseThrow());
            then.run();
        });
        thread.start();
        thread.join();
    }
}
