package delivery.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import delivery.criteria.ExitCode;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import delivery.layout.Layout;
import delivery.waiting.WaitRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A run in machine-readable form: {@code run.json}, with its schema next to it. Unknown values are omitted. It contains
 * no secret, because none of its sources does.
 *
 * @param versions  versions of the environment's components and of the suite, by name
 * @param reproduce how to repeat the run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"$schema"})
public record RunRecord(String id, String begin, String end, Outcome result, int exitCode, Selection selection,
        Target target, Map<String, String> versions, Counts counts, List<Line> criteria, Set<String> notInChecklist,
        List<String> withoutScenario, List<Wait> waits, Reproduce reproduce) {

    static final String SCHEMA = "run.schema.json";

    private static final ObjectMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public enum Outcome {
        /** Every criterion of the task is proven, and nothing was harmed by that. */
        SUCCESS,
        /**
         * No criterion is not met, but some were not run (perhaps only because they were not selected or have no
         * scenario) or are not applicable to the delivery. Or all are proven, but the live release that they were
         * proved on was left changed, or its users were not served.
         */
        PARTIAL,
        /** A criterion is not met, or none is proven. */
        FAILURE;

        static Outcome of(Summary summary, int exitCode) {
            boolean all = summary.lines().stream()
                    .allMatch(line -> line.selected() && line.result().verdict() == Verdict.PROVEN);
            boolean any = summary.lines().stream().anyMatch(line -> line.result().verdict() == Verdict.PROVEN);
            boolean notMet = summary.lines().stream().anyMatch(line -> line.result().verdict() == Verdict.NOT_MET);
            return notMet || !any ? FAILURE : all && summary.exitCode() == 0
                    && exitCode != ExitCode.ENVIRONMENT.code() ? SUCCESS : PARTIAL;
        }

        @JsonValue
        public String spelling() {
            return spelt(this);
        }
    }

    /**
     * The criteria that were to be proved.
     *
     * @param by       the selecting properties, by name: cucumber.filter.tags; empty means everything
     * @param criteria ids that these select, in the task's order
     */
    public record Selection(Map<String, String> by, List<String> criteria) {
    }

    /**
     * The target of the run.
     *
     * @param kind     "lab" or "cluster"
     * @param settings the effective settings; of a secret only whether it is set
     * @param layout   the layout of the delivery; empty if it was not inspected
     * @param users    how users of the live release were served in the meantime; null if they were not observed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(String kind, String address, Map<String, String> settings, List<Laid> layout, Users users) {
    }

    /**
     * Users of the live release.
     *
     * @param requests number of their requests
     * @param failed   number of those with no answer, one of a gateway without a route, or 5xx
     * @param words    the answers in words, with the times of failed requests
     */
    public record Users(int requests, int failed, String words) {
    }

    /**
     * The layout of one item of the delivery.
     *
     * @param state   degree of knowledge: found, set, ambiguous, missing, none, fault
     * @param reason  the source of the conclusion
     * @param setting the setting that changes it
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Laid(String item, String state, String value, String reason, String setting,
            List<String> candidates) {

        public static List<Laid> of(Layout layout) {
            return layout.findings().stream().map(finding -> new Laid(finding.item().key(), spelt(finding.state()),
                    finding.value(), finding.reason(), finding.item().setting(), finding.candidates())).toList();
        }
    }

    /** The number of the task's criteria with each verdict. */
    public record Counts(long proven, long notMet, long notRun, long notApplicable) {
    }

    /** One criterion of the task; reason or seen is omitted if it is empty. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Line(String id, String section, String words, boolean selected, String verdict, String cause,
            String reason, String seen, double seconds) {

        static Line of(Summary.Line line) {
            Duration took = line.result().took();
            return new Line(line.criterion().id(), line.criterion().section(), line.criterion().words(),
                    line.selected(), spelt(line.result().verdict()), spelt(line.result().cause()),
                    line.result().reason(), line.result().seen(), took.toMillis() / 1000.0);
        }
    }

    /**
     * The slowest wait of its kind that a criterion had, however it ended.
     *
     * @param limit kind of the wait: "sync"
     * @param of    its limit in seconds
     */
    public record Wait(String criterion, String limit, double seconds, double of) {

        static Wait of(WaitRecord wait) {
            return new Wait(wait.who(), spelt(wait.limit()), wait.took().toMillis() / 1000.0,
                    wait.atMost().toMillis() / 1000.0);
        }
    }

    /**
     * How to repeat the run.
     *
     * @param command for a shell, in the project's folder
     * @param secrets names of the settings that must be in the environment
     */
    public record Reproduce(String command, List<String> secrets) {
    }

    /** Returns the record of a run; its target is null if nothing was reached. */
    public static RunRecord of(String id, Instant begin, Instant end, Summary summary, int exitCode,
            List<WaitRecord> waits, Map<String, String> selectedBy, Target target, Map<String, String> versions,
            Reproduce reproduce) {
        return new RunRecord(id, begin.truncatedTo(ChronoUnit.MILLIS).toString(),
                end.truncatedTo(ChronoUnit.MILLIS).toString(), Outcome.of(summary, exitCode), exitCode,
                new Selection(selectedBy, summary.lines().stream().filter(Summary.Line::selected)
                        .map(line -> line.criterion().id()).toList()),
                target, versions, new Counts(count(summary, Verdict.PROVEN), count(summary, Verdict.NOT_MET),
                        count(summary, Verdict.NOT_RUN), count(summary, Verdict.NOT_APPLICABLE)),
                summary.lines().stream().map(Line::of).toList(), summary.unknown(), summary.withoutScenario(),
                waits.stream().map(Wait::of).toList(),
                reproduce);
    }

    /** Returns the location of the record's schema. */
    @JsonProperty("$schema")
    public String schema() {
        return SCHEMA;
    }

    /**
     * Writes the record, and its schema next to it.
     *
     * @param redaction removes secrets from each text
     */
    public void write(Path file, UnaryOperator<String> redaction) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Files.writeString(file, JSON.writeValueAsString(redacted(JSON.valueToTree(this), redaction)) + "\n");
        try (InputStream schema = RunRecord.class.getResourceAsStream(SCHEMA)) {
            Files.copy(schema, folder.resolve(SCHEMA), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static JsonNode redacted(JsonNode node, UnaryOperator<String> redaction) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(redacted(field.getValue(), redaction)));
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                array.set(index, redacted(array.get(index), redaction));
            }
        }
        return node.isTextual() ? TextNode.valueOf(redaction.apply(node.asText())) : node;
    }

    private static long count(Summary summary, Verdict verdict) {
        return summary.lines().stream().filter(line -> line.result().verdict() == verdict).count();
    }

    private static String spelt(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
