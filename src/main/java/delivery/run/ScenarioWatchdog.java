package delivery.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Interrupts a scenario that takes longer than all its waits could. Every wait has a limit, so this is a fault of the
 * suite: the stacks of all threads are written first. The interrupted scenario fails, and the run goes on to its
 * reports.
 */
final class ScenarioWatchdog implements AutoCloseable {

    /** Longer than all limits of a scenario together, with the time that its release's settings allow. */
    static final Duration LONGEST = Duration.ofMinutes(30);

    private record Running(String criterion, Instant since) {
    }

    private final Map<Thread, Running> running = new ConcurrentHashMap<>();
    private final Duration longest;
    private final Path dump;
    private final Consumer<String> say;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "overdue");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param dump file for the stacks of all threads
     * @param say  receives a message about each scenario that is interrupted
     */
    ScenarioWatchdog(Duration longest, Path dump, Consumer<String> say) {
        this.longest = longest;
        this.dump = dump;
        this.say = say;
        long period = Math.max(1, longest.toMillis() / 100);
        clock.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    void began(String criterion) {
        running.put(Thread.currentThread(), new Running(criterion, Instant.now()));
    }

    void ended() {
        running.remove(Thread.currentThread());
    }

    private void look() {
        running.forEach((thread, scenario) -> {
            if (scenario.since().plus(longest).isBefore(Instant.now()) && running.remove(thread, scenario)) {
                write(scenario);
                say.accept(scenario.criterion() + " has not ended after " + longest.toSeconds()
                        + " s and is interrupted; what all threads were doing is in " + dump);
                thread.interrupt();
            }
        });
    }

    private void write(Running scenario) {
        String threads = Thread.getAllStackTraces().entrySet().stream()
                .map(thread -> thread.getKey().getName() + " (" + thread.getKey().getState() + ")\n"
                        + Arrays.stream(thread.getValue()).map(call -> "    at " + call + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
        try {
            Files.createDirectories(dump.toAbsolutePath().getParent());
            Files.writeString(dump, Instant.now() + " " + scenario.criterion() + ", begun " + scenario.since() + "\n\n"
                    + threads);
        } catch (IOException unwritable) {
            say.accept("what the threads were doing could not be written: " + unwritable.getMessage());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
