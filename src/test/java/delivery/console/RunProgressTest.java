package delivery.console;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.console.ProgressSnapshot.Activity;
import delivery.console.ProgressSnapshot.Line;
import delivery.console.ProgressSnapshot.Mark;
import delivery.criteria.Checklist;
import delivery.criteria.Criterion;
import delivery.criteria.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunProgressTest {

    private static final Checklist TASK = Checklist.read(Path.of("features/task-9.md"));
    private static final Criterion PREVIEW = TASK.criterion("BG-3").orElseThrow();
    private static final Criterion ANALYSIS = TASK.criterion("CAN-A").orElseThrow();
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong(77);
    private final RunProgress course = new RunProgress(nanos::get);

    @Test
    void whatIsSelectedWaitsInTheTasksOrder() {
        course.expect(TASK, Map.of("CAN-A", 2, "BG-3", 1));

        assertThat(course.standing().lines()).extracting(line -> line.criterion().id(), Line::mark)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("BG-3", Mark.WAITING),
                        org.assertj.core.groups.Tuple.tuple("CAN-A", Mark.WAITING));
    }

    @Test
    void aWaitBelongsToTheCriterionWhoseScenarioRunsOnItsThread() throws InterruptedException {
        course.expect(TASK, Map.of("CAN-A", 2, "BG-3", 1));
        on("first", () -> {
            course.started(PREVIEW);
            course.step("When the new version is released");
            pass(2);
            course.waits("it is healthy");
            course.sees("it is Progressing");
        });
        on("second", () -> course.started(ANALYSIS));
        course.waits("the cluster is reachable");

        ProgressSnapshot standing = course.standing();
        assertThat(line("BG-3").running()).containsExactly(new ProgressSnapshot.Scenario(Duration.ZERO,
                java.util.Optional.of(new Activity("When the new version is released", Duration.ZERO, "")),
                java.util.Optional.of(new Activity("it is healthy", Duration.ofSeconds(2), "it is Progressing"))));
        assertThat(line("CAN-A").running().get(0).awaited()).isEmpty();
        assertThat(standing.awaited()).contains(new Activity("the cluster is reachable", Duration.ofSeconds(2), ""));

        course.waitEnded();
        assertThat(course.standing().awaited()).isEmpty();
        assertThat(line("BG-3").running().get(0).awaited()).as("another thread's wait").isPresent();
    }

    @Test
    void aCriterionIsProvenWhenItsLastScenarioIs() {
        course.expect(TASK, Map.of("CAN-A", 2));
        course.started(ANALYSIS);
        assertThat(line("CAN-A").mark()).isEqualTo(Mark.RUNNING);
        course.ended(ANALYSIS, Result.proven(SECOND));
        assertThat(line("CAN-A").mark()).isEqualTo(Mark.WAITING);
        assertThat(line("CAN-A").ahead()).isEqualTo(1);
        assertThat(course.standing().proving()).isTrue();

        course.started(ANALYSIS);
        course.ended(ANALYSIS, Result.proven(SECOND));
        assertThat(line("CAN-A").mark()).isEqualTo(Mark.PROVEN);
        assertThat(line("CAN-A").took()).isEqualTo(Duration.ofSeconds(2));
        assertThat(course.standing().proving()).isFalse();
    }

    @Test
    void oneScenarioThatIsNotMetIsEnoughWhateverTheOthersFind() {
        course.expect(TASK, Map.of("CAN-A", 3));
        course.started(ANALYSIS);
        course.ended(ANALYSIS, Result.notMet("Expected: a\nLast seen: b\nSeen on the way: c", SECOND));
        course.started(ANALYSIS);
        course.ended(ANALYSIS, Result.proven(SECOND));

        assertThat(line("CAN-A").mark()).isEqualTo(Mark.NOT_MET);
        assertThat(line("CAN-A").reason()).isEqualTo("Expected: a. Last seen: b");
    }

    @Test
    void whatRanUnexpectedlyIsShownToo() {
        course.started(PREVIEW);
        assertThat(line("BG-3").scenarios()).isEqualTo(1);
    }

    private Line line(String id) {
        return course.standing().lines().stream().filter(line -> line.criterion().id().equals(id)).findFirst()
                .orElseThrow();
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private static void on(String name, Runnable work) throws InterruptedException {
        Thread thread = new Thread(work, name);
        thread.start();
        thread.join();
    }
}
