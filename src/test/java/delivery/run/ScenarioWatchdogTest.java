package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ScenarioWatchdogTest {

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);

    @TempDir
    Path folder;

    @Test
    void aScenarioThatHangsIsInterruptedAndItsThreadsAreWrittenDown() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (ScenarioWatchdog overdue =
                new ScenarioWatchdog(Duration.ofMillis(200), folder.resolve("reports/threads.txt"), said::add)) {
            scenario(overdue, interrupted).join();
            assertThat(interrupted.getCount()).isZero();
        }
        assertThat(said).singleElement().asString().contains("CAN-2 has not ended").contains("threads.txt");
        assertThat(folder.resolve("reports/threads.txt")).content().contains("CAN-2, begun", "hanging-scenario (",
                "CountDownLatch.await");
    }

    @Test
    void oneThatEndsInTimeIsLeftAlone() throws InterruptedException {
        try (ScenarioWatchdog overdue =
                new ScenarioWatchdog(Duration.ofMillis(100), folder.resolve("threads.txt"), said::add)) {
            overdue.began("CAN-2");
            overdue.ended();
            assertThat(never.await(300, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(said).isEmpty();
    }

    private Thread scenario(ScenarioWatchdog overdue, CountDownLatch interrupted) {
        Thread thread = new Thread(() -> {
            overdue.began("CAN-2");
            try {
                never.await();
            } catch (InterruptedException asMeant) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
            }
        }, "hanging-scenario");
        thread.start();
        return thread;
    }
}
