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
 * A run of the criteria as a process of its own, with reports of its own: several can run side by side, one can be
 * interrupted or killed, and what it found is read from what it wrote. Ended when it is closed.
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
     * @param folder   for its reports, its results and what it says; emptied of an earlier run's record
     * @param tags     expression that selects the criteria; empty: all
     * @param settings as environment variables, so that no list of processes shows a secret
     * @param options  of Java, beside those that make the run
     */
    public static SuiteProcess start(Path folder, String tags, Map<String, String> settings, String... options)
            throws IOException {
        return start(folder, settings, List.of(options), tags.isEmpty() ? List.of() : List.of("--tags", tags));
    }

    /** Has shown how the delivery is laid out, as {@code make layout} does. */
    public static SuiteProcess layout(Path folder, Map<String, String> settings) throws IOException {
        return start(folder, settings, List.of(), List.of("--layout"));
    }

    private static SuiteProcess start(Path folder, Map<String, String> settings, List<String> options,
            List<String> arguments) throws IOException {
        Files.createDirectories(folder);
        for (String report : List.of("run.json", "exit-code", "criteria.md", "allure.html")) {
            Files.deleteIfExists(folder.resolve(report));
        }
        // A process that a shell put in the background has its children ignore Ctrl-C, which this one must hear.
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
        // What this process was told of the selection is not meant for that one.
        builder.environment().remove("HISTORY");
        builder.environment().putAll(settings);
        return new SuiteProcess(folder, builder.start());
    }

    /**
     * Waits until it has ended.
     *
     * @return its exit code
     * @throws IllegalStateException if it has not within the time
     */
    public int await(Duration longest) throws InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("The run has not ended after " + longest.toSeconds() + " s; it said: "
                    + output());
        }
        return process.exitValue();
    }

    /** Waits until it has ended, at most so long; says whether it has. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Where its reports are, what it said, and its results. */
    public Path folder() {
        return folder;
    }

    /** What it has said so far. */
    public String output() {
        try {
            return Files.readString(folder.resolve("output.txt"));
        } catch (IOException unreadable) {
            return "nothing that can be read: " + unreadable.getMessage();
        }
    }

    /**
     * What it found.
     *
     * @throws IOException if it left no record
     */
    public RunRecord record() throws IOException {
        return JSON.readValue(folder.resolve("run.json").toFile(), RunRecord.class);
    }

    /** The process itself. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** As Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
        kill.waitFor(10, TimeUnit.SECONDS);
    }

    /** As {@code kill -9} does: it cannot do anything any more. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
