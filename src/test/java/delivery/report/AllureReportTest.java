package delivery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllureReportTest {

    private static final Path RENDERER = Path.of("target", "renderer");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void theReportIsTheWholeChecklistWhateverWasRun() throws IOException {
        Summary summary = Summaries.of(Map.of("Z-1", Result.proven("300 of 300 by 1.1.0", Summaries.SECOND),
                "B-1", Result.notMet("Expected: x\nLast seen: y", Summaries.SECOND)), Set.of("Z-1", "B-1"));
        String html = rendered(summary, List.of("Z-1", "B-1"));

        JsonNode tree = data(html, "data/behaviors.json").path("children");
        assertThat(sorted(tree)).containsExactly("1 Second", "2 First");
        assertThat(sorted(children(tree, "2 First"))).containsExactly("1. B-1: Not by its letter.", "2. A-1: Last.");
        assertThat(children(tree, "1 Second").path(0).path("parameters").path(0).asText())
                .isEqualTo("300 of 300 by 1.1.0");
        assertThat(statuses(children(tree, "2 First"))).containsExactlyInAnyOrder("failed", "skipped");
        assertThat(sorted(data(html, "data/categories.json").path("children")))
                .as("what is not proven; what nobody asked for is none of it").containsExactly("Criterion not met");
        assertThat(html).contains("'#behaviors'", "name: 'Checklist'").contains("</html>")
                .doesNotContain("<script async src=\"https://").doesNotContain("googletagmanager.com/gtag/js");
        assertThat(html.indexOf("'#behaviors'")).as("comes after Allure's own scripts")
                .isGreaterThan(html.lastIndexOf("<script src="));
    }

    @Test
    void whatTheRunFoundWorseThanItsScenarioIsInTheReportToo() throws IOException {
        AllureReport report = begun();
        written(report, Summaries.green(), List.of("Z-1", "B-1", "A-1"));
        report.complete(Summaries.of(Map.of("Z-1", Result.notMet("the history differs", Summaries.SECOND),
                "B-1", Result.proven("seen", Summaries.SECOND), "A-1", Result.proven("seen", Summaries.SECOND)),
                Summaries.ALL));

        assertThat(results(report)).hasSize(4).filteredOn(result -> result.path("status").asText().equals("failed"))
                .singleElement().satisfies(result -> {
                    assertThat(result.path("name").asText()).startsWith("Z-1");
                    assertThat(result.path("statusDetails").path("message").asText()).isEqualTo("the history differs");
                });
    }

    @Test
    void historyGoesOnFromRunToRunAndARunOfSomeTagsLeavesTheTrend() throws IOException {
        Path kept = folder.resolve("not/there/yet");
        ReportHistory history = new ReportHistory(kept);

        run(history, Summaries.green());
        assertThat(kept).isDirectoryContaining("glob:**/history-trend.json").isDirectoryNotContaining("glob:**/*.part");
        run(history, Summaries.green());
        JsonNode trend = JSON.readTree(kept.resolve("history-trend.json").toFile());
        assertThat(trend).extracting(point -> point.path("buildOrder").asInt()).containsExactly(2, 1);

        String before = Files.readString(kept.resolve("history-trend.json"));
        run(history, Summaries.of(Map.of("Z-1", Result.proven("seen", Summaries.SECOND)), Set.of("Z-1")));
        assertThat(kept.resolve("history-trend.json")).hasContent(before);
        JsonNode each = JSON.readTree(kept.resolve("history.json").toFile());
        assertThat(each).extracting(one -> one.path("items").size()).containsExactlyInAnyOrder(3, 2, 2);

        ArrayNode long_ = JSON.createArrayNode();
        for (int number = 60; number > 0; number--) {
            long_.addObject().put("buildOrder", number).putObject("data").put("passed", 3).put("total", 3);
        }
        JSON.writeValue(kept.resolve("history-trend.json").toFile(), long_);
        run(history, Summaries.green());
        assertThat(JSON.readTree(kept.resolve("history-trend.json").toFile())).hasSizeLessThanOrEqualTo(21)
                .element(0).satisfies(point -> assertThat(point.path("buildOrder").asInt()).isEqualTo(61));
    }

    @Test
    void aHistoryThatCannotBeUsedIsNamed() throws IOException {
        Path results = Files.createDirectories(folder.resolve("results"));
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.writeString(kept.resolve("history-trend.json"), "[{\"data\":");
        assertThatThrownBy(() -> new ReportHistory(kept).lend(results)).isInstanceOf(IOException.class)
                .hasMessageContaining("history-trend.json is not a history of Allure's; remove it");
        Files.writeString(kept.resolve("history-trend.json"), "{}");
        assertThatThrownBy(() -> new ReportHistory(kept).lend(results))
                .hasMessageContaining("not a history of Allure's");
        assertThat(results).isEmptyDirectory();

        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new ReportHistory(file).lend(results)).hasMessageContaining("is not a folder");
        Path html = Files.writeString(folder.resolve("x.html"), "d('history/history.json','e30=')");
        assertThatThrownBy(() -> new ReportHistory(file.resolve("below")).keep(html, true))
                .isInstanceOf(IOException.class).hasMessageContaining("cannot be written, this run is not in it");
        Files.writeString(html, "<html></html>");
        assertThatThrownBy(() -> new ReportHistory(kept).keep(html, true)).hasMessageContaining("holds no history");
    }

    @Test
    void whatIsMissingForTheReportIsNamed() {
        assertThatThrownBy(() -> new AllureReport(folder.resolve("none"), RENDERER).render(folder.resolve("x.html")))
                .isInstanceOf(IOException.class).hasMessageContaining("no results");
        AllureReport report = new AllureReport(folder.resolve("results"), folder.resolve("none"));
        report.begin();
        assertThatThrownBy(() -> report.render(folder.resolve("x.html"))).hasMessageContaining("'mvn test' unpacks it");
    }

    private void run(ReportHistory history, Summary summary) throws IOException {
        AllureReport report = begun();
        report.number("run", history.lend(report.results()) + 1);
        written(report, summary, summary.lines().stream().filter(Summary.Line::selected)
                .map(line -> line.criterion().id()).toList());
        report.complete(summary);
        Path html = folder.resolve("allure.html");
        report.render(html);
        history.keep(html, summary.lines().stream().allMatch(Summary.Line::selected));
    }

    private String rendered(Summary summary, List<String> ran) throws IOException {
        AllureReport report = begun();
        report.describe(Map.of("Run", "k7x2p"));
        written(report, summary, ran);
        report.complete(summary);
        Path html = folder.resolve("reports/allure.html");
        report.render(html);
        return Files.readString(html);
    }

    private AllureReport begun() {
        AllureReport report = new AllureReport(folder.resolve("results"), RENDERER);
        report.begin();
        return report;
    }

    /** Writes results as Allure's adapter does for scenarios that ran. */
    private static void written(AllureReport report, Summary summary, List<String> ran) {
        List<ReportedCriterion> all = ReportedCriterion.all(Summaries.checklist().criteria());
        for (int index = 0; index < all.size(); index++) {
            if (ran.contains(all.get(index).criterion().id())) {
                TestResult result = new TestResult().setUuid(java.util.UUID.randomUUID().toString())
                        .setStart(1_000L).setStop(2_000L);
                all.get(index).describe(result, summary.lines().get(index).result());
                new FileSystemResultsWriter(report.results()).write(result);
            }
        }
    }

    private static List<JsonNode> results(AllureReport report) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        try (var files = Files.newDirectoryStream(report.results(), "*-result.json")) {
            for (Path file : files) {
                all.add(JSON.readTree(file.toFile()));
            }
        }
        return all;
    }

    private static JsonNode data(String html, String name) throws IOException {
        Matcher held = Pattern.compile("d\\('" + Pattern.quote(name) + "','([^']*)'\\)").matcher(html);
        assertThat(held.find()).as("the report holds " + name).isTrue();
        return JSON.readTree(new String(Base64.getDecoder().decode(held.group(1)), StandardCharsets.UTF_8));
    }

    /** Returns the names in the order in which the report shows them. */
    private static List<String> sorted(JsonNode nodes) {
        List<String> names = new ArrayList<>();
        nodes.forEach(node -> names.add(node.path("name").asText()));
        names.sort(String.CASE_INSENSITIVE_ORDER);
        return names;
    }

    private static List<String> statuses(JsonNode nodes) {
        List<String> statuses = new ArrayList<>();
        nodes.forEach(node -> statuses.add(node.path("status").asText()));
        return statuses;
    }

    private static JsonNode children(JsonNode nodes, String name) {
        for (JsonNode node : nodes) {
            if (node.path("name").asText().equals(name)) {
                return node.path("children");
            }
        }
        throw new AssertionError("no group " + name + " in " + nodes);
    }
}
