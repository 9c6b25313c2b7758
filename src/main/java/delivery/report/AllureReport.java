package delivery.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Allure's results of one run, and the one HTML file that is made of them. */
public final class AllureReport {

    /** The file has some 3 MB and takes seconds; a renderer that hangs must not hang the run. */
    private static final long RENDERING_SECONDS = 120;

    private final Path results;
    private final Path renderer;

    /**
     * @param results  folder that Allure's adapter writes to
     * @param renderer folder into which the build unpacked allure-commandline
     */
    public AllureReport(Path results, Path renderer) {
        this.results = results;
        this.renderer = renderer;
    }

    /** Removes what an earlier run wrote: one run, one report. */
    public void begin() {
        try {
            if (Files.exists(results)) {
                try (Stream<Path> files = Files.walk(results)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(results);
        } catch (IOException e) {
            throw new UncheckedIOException("the results folder " + results + " cannot be written; free it or change"
                    + " its owner", e);
        }
    }

    /**
     * Adds what the report shows beside the scenarios.
     *
     * @param environment what was proved on, and with what; never a secret
     */
    public void describe(Map<String, String> environment) {
        String properties = environment.entrySet().stream()
                .map(entry -> key(entry.getKey()) + "=" + value(entry.getValue()))
                .collect(Collectors.joining("\n", "", "\n"));
        String fromEnvironment = "(?s).*delivery\\.verdict\\.EnvironmentNotFit.*";
        List<Map<String, Object>> categories = List.of(
                Map.of("name", "Criterion not met", "matchedStatuses", List.of("failed")),
                Map.of("name", "Environment not fit", "matchedStatuses", List.of("broken", "skipped"),
                        "traceRegex", fromEnvironment),
                Map.of("name", "Suite at fault", "matchedStatuses", List.of("broken", "unknown"),
                        "traceRegex", "(?s)(?!" + fromEnvironment + ").*"));
        try {
            Files.writeString(results.resolve("environment.properties"), properties, StandardCharsets.UTF_8);
            Files.writeString(results.resolve("categories.json"), new ObjectMapper().writeValueAsString(categories),
                    StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("the results folder " + results + " cannot be written", e);
        }
    }

    /**
     * Renders the results.
     *
     * @param html the file to write, an earlier one is replaced
     * @throws IOException if there are no results, or the renderer fails; the message says what to do
     */
    public void render(Path html) throws IOException {
        if (!Files.isDirectory(results)) {
            throw new IOException("there are no results in " + results + "; a run writes them");
        }
        Path script;
        try (Stream<Path> found = Files.isDirectory(renderer) ? Files.find(renderer, 3,
                (path, attributes) -> path.endsWith(Path.of("bin", "allure"))) : Stream.empty()) {
            script = found.findFirst().orElseThrow(
                    () -> new IOException("the report's renderer is not in " + renderer + "; 'mvn test' unpacks it"));
        }
        Path folder = renderer.resolve("rendered");
        Path log = renderer.resolve("rendering.log");
        ProcessBuilder rendering = new ProcessBuilder("sh", script.toAbsolutePath().toString(), "generate",
                "--single-file", "--clean", "--output", folder.toAbsolutePath().toString(),
                results.toAbsolutePath().toString());
        rendering.environment().put("JAVA_HOME", System.getProperty("java.home"));
        rendering.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        // Spelt out: "1" turns only half of it off (allure2 #3333).
        rendering.environment().put("ALLURE_NO_ANALYTICS", "true");
        rendering.redirectErrorStream(true).redirectOutput(log.toFile());
        Process process = rendering.start();
        try {
            if (!process.waitFor(RENDERING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the report's renderer took longer than " + RENDERING_SECONDS + " s; see " + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the report was rendered", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException("the report could not be rendered; see " + log);
        }
        Files.createDirectories(html.toAbsolutePath().getParent());
        Files.copy(folder.resolve("index.html"), html, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static String key(String text) {
        return text.replaceAll("[\\s=:]+", ".");
    }

    private static String value(String text) {
        return text.replace("\\", "\\\\").replaceAll("\\s*\\R\\s*", " ");
    }
}
