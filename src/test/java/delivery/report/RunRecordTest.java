package delivery.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import delivery.criteria.Cause;
import delivery.criteria.Result;
import delivery.criteria.Summary;
import delivery.waiting.WaitLimit;
import delivery.waiting.WaitRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunRecordTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00.5Z");

    private RunRecord.Users users;
    private int exitCode;

    @TempDir
    Path folder;

    static Stream<Arguments> runs() {
        return Stream.of(
                Arguments.of("success", 0, Summaries.green()),
                Arguments.of("partial", 0, Summaries.of(Map.of("Z-1", Result.proven("seen", Summaries.SECOND)),
                        Set.of("Z-1"))),
                Arguments.of("partial", 2, Summaries.green().withOthers(List.of("Nobody is paged."))),
                Arguments.of("partial", 2, Summaries.of(Map.of("Z-1", Result.proven("seen", Summaries.SECOND),
                        "B-1", Result.notApplicable("No canary.", Summaries.SECOND),
                        "A-1", Result.proven("seen", Summaries.SECOND)), Summaries.ALL)),
                Arguments.of("partial", 3, Summaries.of(Map.of("Z-1", Result.proven("seen", Summaries.SECOND),
                        "B-1", Result.notRun(Cause.ENVIRONMENT, "No gateway.", Summaries.SECOND)),
                        Set.of("Z-1", "B-1"))),
                Arguments.of("failure", 1, Summaries.of(Map.of("Z-1", Result.proven("seen", Summaries.SECOND),
                        "B-1", Result.notMet("Expected: x\nLast seen: y", Summaries.SECOND)), Set.of("Z-1", "B-1"))),
                Arguments.of("failure", 3, Summaries.of(Map.of(
                        "Z-1", Result.notRun(Cause.ENVIRONMENT, "No gateway.", Summaries.SECOND),
                        "B-1", Result.notRun(Cause.ENVIRONMENT, "No gateway.", Summaries.SECOND),
                        "A-1", Result.notMet(Cause.ENVIRONMENT, "No gateway.", Summaries.SECOND)), Summaries.ALL)),
                Arguments.of("partial", 4, Summaries.of(Map.of("Z-1", Result.proven("", Summaries.SECOND),
                        "B-1", Result.notRun(Cause.SUITE, "NullPointerException", Summaries.SECOND)), Summaries.ALL)),
                Arguments.of("failure", 2, Summaries.of(Map.of(
                        "Z-1", Result.notApplicable("No canary.", Summaries.SECOND)), Set.of("Z-1"))),
                Arguments.of("failure", 2, Summaries.of(Map.of(), Set.of())));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aRunOfAnyOutcomeIsAsTheSchemaSays(String outcome, int exitCode, Summary summary) throws IOException {
        JsonNode run = written(summary);

        assertThat(complaints(run)).isEmpty();
        assertThat(run.path("result").asText()).isEqualTo(outcome);
        assertThat(run.path("exitCode").asInt()).isEqualTo(exitCode);
    }

    @Test
    void itTellsWhatWasFoundOfEachCriterionInTheTasksOrder() throws IOException {
        JsonNode run = written(Summaries.of(Map.of("Z-1", Result.proven("300 of 300 by 1.1.0", Summaries.SECOND),
                "B-1", Result.notMet("Expected: x", Summaries.SECOND)), Set.of("Z-1", "B-1")));

        assertThat(run.path("$schema").asText()).isEqualTo("run.schema.json");
        assertThat(folder.resolve("reports/run.schema.json")).exists();
        assertThat(run.path("criteria")).extracting(line -> line.path("id").asText())
                .containsExactly("Z-1", "B-1", "A-1");
        assertThat(run.path("criteria").path(0).toString()).contains("\"verdict\":\"proven\"",
                "\"seen\":\"300 of 300 by 1.1.0\"", "\"seconds\":1.0").doesNotContain("reason");
        assertThat(run.path("criteria").path(1).toString())
                .contains("\"verdict\":\"not-met\"", "\"cause\":\"criterion\"");
        assertThat(run.path("criteria").path(2).toString()).contains("\"selected\":false", "\"verdict\":\"not-run\"");
        assertThat(run.path("counts").toString())
                .isEqualTo("{\"proven\":1,\"notMet\":1,\"notRun\":1,\"notApplicable\":0}");
        assertThat(run.path("selection").path("by").path("cucumber.filter.tags").asText()).isEqualTo("@x");
        assertThat(run.path("begin").asText()).isEqualTo("2026-01-01T00:00:00.500Z");
    }

    @Test
    void itTellsHowNearTheWaitsCameToTheirLimits() throws IOException {
        assertThat(written(Summaries.green()).path("waits").toString()).isEqualTo(
                "[{\"criterion\":\"Z-1\",\"limit\":\"scale-down\",\"seconds\":31.25,\"of\":120.0}]");
    }

    @ParameterizedTest
    @EnumSource(WaitLimit.class)
    void theSchemaKnowsEveryKindOfWait(WaitLimit limit) throws IOException {
        JsonNode run = written(Summaries.green());
        ((ObjectNode) run.path("waits").path(0)).put("limit", limit.name().toLowerCase(Locale.ROOT).replace('_', '-'));

        assertThat(complaints(run)).isEmpty();
    }

    static Stream<Consumer<ObjectNode>> mutations() {
        return Stream.of(
                run -> run.put("extra", 1),
                run -> run.withObject("/target").put("token", "x"),
                run -> ((ObjectNode) run.path("criteria").path(0)).put("extra", 1),
                run -> ((ObjectNode) run.path("criteria").path(0)).put("verdict", "passed"),
                run -> ((ObjectNode) run.path("criteria").path(0)).put("reason", "though proven"),
                run -> ((ObjectNode) run.path("criteria").path(0)).put("verdict", "not-met"),
                run -> ((ObjectNode) run.path("criteria").path(0)).put("selected", false),
                run -> ((ObjectNode) run.path("criteria").path(0)).remove("words"),
                run -> ((ObjectNode) run.path("criteria").path(0)).put("seconds", -1),
                run -> run.put("result", "green"),
                run -> run.put("exitCode", 1),
                run -> run.put("exitCode", 5),
                run -> run.put("begin", "yesterday"),
                run -> run.put("id", "X"),
                run -> run.remove("versions"),
                run -> run.withObject("/versions").put("suiteCommit", "main"),
                run -> run.remove("waits"),
                run -> run.withArray("/withoutScenario").add("Nobody is paged."),
                run -> ((ObjectNode) run.path("waits").path(0)).put("limit", "lunch"),
                run -> ((ObjectNode) run.path("waits").path(0)).put("seconds", -1),
                run -> ((ObjectNode) run.path("waits").path(0)).put("of", 0),
                run -> ((ObjectNode) run.path("waits").path(0)).put("criterion", ""),
                run -> run.withObject("/reproduce").put("command", "rm -r x"),
                run -> ((ArrayNode) run.path("criteria")).removeAll());
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void whatIsNotAsItShouldBeIsRefused(Consumer<ObjectNode> mutation) throws IOException {
        ObjectNode run = (ObjectNode) written(Summaries.green());
        mutation.accept(run);

        assertThat(complaints(run)).isNotEmpty();
    }

    @Test
    void whatUsersOfTheLiveReleaseGotIsPartOfWhatWasProvedOn() throws IOException {
        assertThat(written(Summaries.green()).path("target").has("users")).isFalse();
        users = new RunRecord.Users(614, 3, "3 of 614 requests failed");
        exitCode = 3;
        JsonNode run = written(Summaries.green());

        assertThat(run.at("/target/users").toString())
                .isEqualTo("{\"requests\":614,\"failed\":3,\"words\":\"3 of 614 requests failed\"}");
        assertThat(run.path("result").asText()).isEqualTo("partial");
        assertThat(complaints(run)).isEmpty();
    }

    private JsonNode written(Summary summary) throws IOException {
        Path file = folder.resolve("reports/run.json");
        RunRecord.of("k7x2p", BEGIN, BEGIN.plusSeconds(90), summary, exitCode == 0 ? summary.exitCode() : exitCode,
                List.of(new WaitRecord("Z-1", WaitLimit.SCALE_DOWN, Duration.ofMillis(31_250),
                        Duration.ofSeconds(120))), Map.of("cucumber.filter.tags", "@x"),
                new RunRecord.Target("lab", "https://198.18.0.2:6443", Map.of("APPLICATION", "sample-api"),
                        List.of(new RunRecord.Laid("value-tag", "ambiguous", "", "each fits", "VALUE_TAG",
                                List.of("image.tag", "global.tag"))), users),
                Map.of("suite", SuiteVersion.version(), "kubernetes", "v1.34.1", "argoCd", "v3.2.1"),
                new RunRecord.Reproduce("mvn test -Dcucumber.filter.tags=@x", List.of("ARGOCD_AUTH_TOKEN")))
                .write(file, text -> text);
        return new ObjectMapper().readTree(Files.readString(file));
    }

    private static List<String> complaints(JsonNode run) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(RunRecord.class.getResourceAsStream("run.schema.json"));
        return schema.validate(run).stream().map(Object::toString).toList();
    }
}
