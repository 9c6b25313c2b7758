package delivery.acceptance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A run of the criteria in a process and with reports of its own, so that several can run side by side, and one can be
 * interrupted or killed. The result is read from the files that it writes. Closing it ends the process.
 */
public final class SuiteProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private final Path folder;
    private final Process process;

    private SuiteProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts a run.
     *
     * @param folder   for its reports, results and output; an earlier run's record is deleted
     * @param tags     tag expression that selects the criteria; empty for all
     * @param settings passed as environment variables, so that no process list shows a secret
     * @param options  further options of Java
     */
    public static SuiteProcess start(Path folder, String tags, Map<String, String> settings, String... options)
            throws IOException {
        return start(folder, settings, List.of(options), tags.isEmpty() ? List.of() : List.of("--tags", tags));
    }

    /** Starts a process that shows how the delivery is laid out, as {@code make layout} does. */
    public static SuiteProcess layout(Path folder, Map<String, String> settings) throws IOException {
        return start(folder, settings, List.of(), List.of("--layout"));
    }

    private static SuiteProcess start(Path folder, Map<String, String> settings, List<String> options,
            List<String> arguments) throws IOException {
        Files.createDirectories(folder);
        for (String report : List.of("run.json", "exit-code", "criteria.md", "allure.html")) {
            Files.deleteIfExists(folder.resolve(report));
        }
        // A process that a shell starts in the background makes its children ignore Ctrl-C, which this one must
        // receive.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-Djava.awt.headless=true",
                "-cp", System.getProperty("java.class.path"),
                "-Ddelivery.reports=" + folder, "-Dallure.results.directory=" + folder.resolve("results")));
        command.addAll(options);
        command.add(Main.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        // The selection that was passed to this process must not reach the new one.
        builder.environment().remove("HISTORY");
        builder.environment().putAll(settings);
        return new SuiteProcess(folder, builder.start());
    }

    /**
     * Waits until the process has ended.
     *
     * @return its exit code
     * @throws IllegalStateException if it has not ended within the time
     */
    public int await(Duration longest) throws InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("The run has not ended after " + longest.toSeconds() + " s; it said: "
                    + output());
        }
        return process.exitValue();
    }

    /** Waits at most this long for the process to end, and returns whether it has ended. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns the folder of its reports, output and results. */
    public Path folder() {
        return folder;
    }

    /** Returns its output so far. */
    public String output() {
        try {
            return Files.readString(folder.resolve("output.txt"));
        } catch (IOException unreadable) {
            return "nothing that can be read: " + unreadable.getMessage();
        }
    }

    /**
     * Returns the record that the run wrote.
     *
     * @throws IOException if it wrote none
     */
    public RunRecord record() throws IOException {
        return JSON.readValue(folder.resolve("run.json").toFile(), RunRecord.class);
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Interrupts the process, as Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
        kill.waitFor(10, TimeUnit.SECONDS);
    }

    /** Kills the process, as {@code kill -9} does, so that it cannot clean up. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
