package delivery.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.criteria.Cause;
import delivery.criteria.Summary;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Allure's results of one run, and the single HTML file that is rendered from them.
 *
 * @param results  folder that Allure's adapter writes to
 * @param renderer folder into which the build unpacked allure-commandline
 */
public record AllureReport(Path results, Path renderer) {

    /** Limit of rendering, which takes a few seconds for some 3 MB: a renderer that hangs must not hang the run. */
    private static final long RENDERING_SECONDS = 120;
    private static final String TITLE = "Progressive delivery: acceptance criteria";

    /** Returns results alone, for runs whose page nobody reads: {@link #render(Path)} then does nothing. */
    public static AllureReport withoutPage(Path results) {
        return new AllureReport(results, null);
    }

    /** Removes the files of an earlier run, because a report covers one run. */
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
            Files.writeString(results.resolve("categories.json"), categories());
        } catch (IOException e) {
            throw new UncheckedIOException("the results folder " + results + " cannot be written; free it or change"
                    + " its owner", e);
        }
    }

    /** Returns the categories for everything that is not proven, matched by the status and the words of the verdict. */
    private static String categories() throws JsonProcessingException {
        String suite = "(?s)Not run: " + Cause.SUITE.origin() + ".*";
        return new ObjectMapper().writeValueAsString(List.of(
                Map.of("name", "Criterion not met", "matchedStatuses", List.of("failed")),
                Map.of("name", "Environment problem", "matchedStatuses", List.of("skipped"),
                        "messageRegex", "(?s)Not run: " + Cause.ENVIRONMENT.origin() + ".*"),
                Map.of("name", "Not applicable to this delivery", "matchedStatuses", List.of("skipped"),
                        "messageRegex", "(?s)" + ReportedCriterion.NOT_APPLICABLE + ".*"),
                Map.of("name", "Internal error in the suite", "matchedStatuses", List.of("broken", "unknown"),
                        "messageRegex", suite),
                Map.of("name", "Features, tags or settings wrong", "matchedStatuses", List.of("broken", "unknown"),
                        "messageRegex", "(?!" + suite + ")(?s).*")));
    }

    /** Adds the facts that the report shows next to the scenarios: the environment and its versions; never a secret. */
    public void describe(Map<String, String> environment) {
        String properties = environment.entrySet().stream()
                .map(entry -> entry.getKey().replaceAll("[\\s=:]+", ".") + "="
                        + entry.getValue().replace("\\", "\\\\").replaceAll("\\s*\\R\\s*", " "))
                .collect(Collectors.joining("\n", "", "\n"));
        try {
            Files.writeString(results.resolve("environment.properties"), properties);
        } catch (IOException e) {
            throw new UncheckedIOException("the results folder " + results + " cannot be written", e);
        }
    }

    /** Adds the criteria that no scenario reported: the report has all of them, none better than the run's verdict. */
    public void complete(Summary summary) throws IOException {
        Map<String, Set<Status>> statuses = statuses();
        FileSystemResultsWriter writer = new FileSystemResultsWriter(results);
        Map<String, ReportedCriterion> reported = ReportedCriterion.all(
                summary.lines().stream().map(Summary.Line::criterion).toList()).stream()
                .collect(Collectors.toMap(known -> known.criterion().id(), Function.identity()));
        for (Summary.Line line : summary.lines()) {
            String id = line.criterion().id();
            if (!statuses.getOrDefault(id, Set.of()).contains(ReportedCriterion.status(line.result()))) {
                long now = System.currentTimeMillis();
                TestResult result = new TestResult().setUuid(UUID.randomUUID().toString()).setStage(Stage.FINISHED)
                        .setStart(now).setStop(now);
                reported.get(id).describe(result, line.result());
                writer.write(result);
            }
        }
    }

    /** Returns the outcomes of the scenarios of each criterion, by its id. */
    private Map<String, Set<Status>> statuses() throws IOException {
        Map<String, Set<Status>> statuses = new HashMap<>();
        ObjectMapper json = new ObjectMapper();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(results, "*-result.json")) {
            for (Path file : files) {
                JsonNode result = json.readTree(file.toFile());
                for (JsonNode label : result.path("labels")) {
                    if (label.path("name").asText().equals(ReportedCriterion.ID_LABEL)) {
                        statuses.computeIfAbsent(label.path("value").asText(), unused -> EnumSet.noneOf(Status.class))
                                .add(Status.fromValue(result.path("status").asText()));
                    }
                }
            }
        }
        return statuses;
    }

    /** Numbers this run, from 1; the trend distinguishes runs by that. */
    public void number(String name, long number) throws IOException {
        Files.writeString(results.resolve("executor.json"), new ObjectMapper().writeValueAsString(
                Map.of("name", TITLE, "type", "suite", "buildName", name, "buildOrder", number)));
    }

    /**
     * @param html the file to write; an earlier one is replaced
     * @throws IOException if there are no results, or the renderer fails; the message explains what to do
     */
    public void render(Path html) throws IOException {
        if (renderer == null) {
            return;
        }
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
                "--single-file", "--clean", "--report-name", TITLE, "--output", folder.toAbsolutePath().toString(),
                results.toAbsolutePath().toString());
        rendering.environment().put("JAVA_HOME", System.getProperty("java.home"));
        rendering.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        // Spelled out, because "1" turns off only half of it (allure2 #3333).
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
        Files.writeString(html, opensOnChecklist(Files.readString(folder.resolve("index.html"))));
    }

    /** Makes the page open on the checklist: Allure itself opens on numbers, with every section closed. */
    private static String opensOnChecklist(String rendered) throws IOException {
        int end = rendered.lastIndexOf("</body>");
        if (end < 0) {
            throw new IOException("the report's renderer has written no page; another version of it may need another"
                    + " way to open on the checklist");
        }
        try (InputStream addition = AllureReport.class.getResourceAsStream("checklist.html")) {
            return rendered.substring(0, end) + new String(addition.readAllBytes(), StandardCharsets.UTF_8)
                    + rendered.substring(end);
        }
    }
}
