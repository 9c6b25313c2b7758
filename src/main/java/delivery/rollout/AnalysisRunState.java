package delivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import delivery.chart.GoDuration;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An AnalysisRun at one moment.
 *
 * @param type       its purpose: {@code Step}, {@code Background}, {@code PrePromotion}, {@code PostPromotion}
 * @param terminated whether it was asked to end early: its phase is then Successful without any measurement
 * @param planned    seconds that its measurements take at least, by its own numbers; 0 if they set no end
 * @param completed  when it ended, to the second; empty if it has not ended or the time is unknown
 */
public record AnalysisRunState(String name, String hash, String type, String phase, String message, boolean terminated,
        List<Metric> metrics, long planned, Optional<ServerTime> completed, List<String> args) {

    private static final String POST_PROMOTION = "PostPromotion";
    /** Providers that see a version's answers; all others count answers and name no version. */
    private static final Set<String> SEE_ANSWERS = Set.of("web", "job", "plugin");
    /** A value without data: of a query that matches no series, or of a division by zero. */
    private static final Pattern NOTHING = Pattern.compile("(?i)\\[?(\\s*NaN\\s*,?)*]?|null|<nil>");

    /**
     * The measurements of one metric.
     *
     * @param counted  number of measurements that were judged; failed attempts to measure do not count
     * @param dryRun   whether the metric is only reported and never fails a release
     * @param provider {@code web}, {@code prometheus}, …; empty if unknown
     */
    public record Metric(String name, String phase, int counted, int successful, int failed, int errors,
            boolean dryRun, String provider, List<Measurement> measurements) {

        /** Whether the metric had something to judge. A job yields no value, only an outcome. */
        private boolean measured() {
            return counted > 0 && (mayName() || measurements.stream()
                    .anyMatch(measurement -> !NOTHING.matcher(measurement.value().strip()).matches()));
        }

        /** Whether its values may name a version, as far as is known. */
        private boolean mayName() {
            return provider.isEmpty() || seesAnswers(provider);
        }

        private boolean names(String version) {
            return measurements.stream().anyMatch(measurement -> AnalysisRunState.names(measurement.value(), version));
        }
    }

    /** One measurement: the value that was judged, and the result. */
    public record Measurement(String phase, String value, String message) {
    }

    /** Whether a provider sees a version's answers; the others count answers and name no version. */
    public static boolean seesAnswers(String provider) {
        return SEE_ANSWERS.contains(provider);
    }

    public static AnalysisRunState parse(JsonNode object) {
        JsonNode status = object.path("status");
        Map<String, String> providers = new HashMap<>();
        object.path("spec").path("metrics").forEach(metric -> metric.path("provider").fieldNames().forEachRemaining(
                provider -> providers.put(metric.path("name").asText(""), provider)));
        List<String> args = object.path("spec").path("args").valueStream().map(arg -> arg.path("value").asText(""))
                .toList();
        List<Metric> metrics = status.path("metricResults").valueStream().map(metric -> new Metric(
                metric.path("name").asText(""), metric.path("phase").asText(""), metric.path("count").asInt(),
                metric.path("successful").asInt(), metric.path("failed").asInt(), metric.path("error").asInt(),
                metric.path("dryRun").asBoolean(), providers.getOrDefault(metric.path("name").asText(""), ""),
                metric.path("measurements").valueStream().map(measurement ->
                        new Measurement(measurement.path("phase").asText(""), measurement.path("value").asText(""),
                                measurement.path("message").asText(""))).toList())).toList();
        JsonNode labels = object.path("metadata").path("labels");
        return new AnalysisRunState(object.path("metadata").path("name").asText(""),
                labels.path(ReplicaSetState.HASH_LABEL).asText(""), labels.path("rollout-type").asText(""),
                status.path("phase").asText("Pending"), status.path("message").asText(""),
                object.path("spec").path("terminate").asBoolean(), metrics,
                planned(object.path("spec")), ServerTime.parse(status.path("completedAt").asText("")), args);
    }

    private static long planned(JsonNode spec) {
        Duration longest = Duration.ZERO;
        for (JsonNode metric : spec.path("metrics")) {
            Duration interval = GoDuration.parse(metric.path("interval").asText("")).orElse(Duration.ZERO);
            // Without a count the metric is measured until the canary ends; the suite then waits for two intervals.
            Duration all = GoDuration.parse(metric.path("initialDelay").asText("")).orElse(Duration.ZERO)
                    .plus(interval.multipliedBy(metric.has("count") ? Math.max(0, metric.path("count").asInt() - 1)
                            : 2));
            longest = all.compareTo(longest) > 0 ? all : longest;
        }
        return longest.toSeconds();
    }

    /** Whether it judges the version after users were switched to it; the release is not over until it has passed. */
    boolean isPostPromotion() {
        return type.equals(POST_PROMOTION);
    }

    /**
     * Whether it judges exactly this revision. The controller names a run ROLLOUT-HASH-REVISION, followed by more; a
     * hash that returns with an undo also has runs of its earlier revisions.
     */
    public boolean isOf(ReplicaSetState canary) {
        return hash.equals(canary.hash()) && (name + "-").contains("-" + canary.hash() + "-" + canary.revision() + "-");
    }

    /** Whether it runs in the background, alongside the canary's steps. */
    public boolean isBackground() {
        return type.equals("Background");
    }

    /** Whether it ended without refusing the version. */
    boolean passed() {
        return phase.equals("Successful");
    }

    /** Whether a metric that can fail the release had something to judge. */
    boolean measured() {
        return metrics.stream().anyMatch(metric -> !metric.dryRun() && metric.measured());
    }

    /** Whether it queries counts of answers, and so needs users who receive some. */
    public boolean countsAnswers() {
        return metrics.stream().anyMatch(metric -> !metric.mayName());
    }

    /**
     * Whether it passes although it never compared the version's answer with its tag. Such an analysis need not refuse
     * a version that answers something other than its tag.
     */
    public boolean isContentWithout(String tag, String answer) {
        return counted() > 0 && !terminated && (passed() || isBackground() && !ended()) && !contradicts(tag, answer);
    }

    private boolean contradicts(String tag, String answer) {
        return metrics.stream().flatMap(metric -> metric.measurements().stream()).map(Measurement::value)
                .anyMatch(value -> names(value, answer) && (names(value, tag)
                        || args.stream().anyMatch(arg -> names(arg, tag))));
    }

    /** Whether a text contains exactly this version, not one that merely begins or ends like it. */
    private static boolean names(String text, String version) {
        return Pattern.compile("(?<![\\w.-])" + Pattern.quote(version) + "(?![\\w.-])").matcher(text).find();
    }

    public boolean ended() {
        return List.of("Successful", "Failed", "Error", "Inconclusive").contains(phase);
    }

    /** Number of measurements that were judged, over all metrics. */
    public int counted() {
        return metrics.stream().mapToInt(Metric::counted).sum();
    }

    /** A clause that lists the metrics that never fail a release; empty if all count. */
    public String dryRun() {
        String names = metrics.stream().filter(Metric::dryRun).map(Metric::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " (dryRun: metric " + names + " never fails a release, whatever it measures)";
    }

    /**
     * Why the analysis did not judge the canary, in a sentence; empty if it did. A measurement that names the canary's
     * version proves that it did. Few analyses name a version, so one that names none also counts, but one that names
     * only the other version does not.
     *
     * @param answer answer of the canary's version
     * @param before answer of the version before it
     */
    public Optional<String> complaint(String answer, String before) {
        // A terminated analysis is Successful without any measurement.
        if (terminated) {
            return Optional.of("The analysis was told to end before it had judged the canary: " + summary());
        }
        if (counted() == 0) {
            return Optional.of("The analysis judged no measurement: " + summary());
        }
        List<Metric> judging = metrics.stream().filter(metric -> !metric.dryRun() && metric.counted() > 0).toList();
        if (!judging.isEmpty() && judging.stream().noneMatch(Metric::measured)) {
            return Optional.of("The analysis was given nothing to judge; see whether its query fits the canary: "
                    + summary());
        }
        boolean others = judging.stream().noneMatch(metric -> metric.names(answer)) && judging.stream()
                .anyMatch(metric -> metric.mayName() && metric.names(before));
        return judging.isEmpty() || others ? Optional.of("No metric that can fail the release measured what the canary"
                + " answers, " + answer + dryRun() + ": " + summary()) : Optional.empty();
    }

    /**
     * Why the analysis did not end as expected, in a sentence; empty if it did. A background analysis counts as
     * successful while it is running.
     *
     * @param ended  expected phase: {@code Successful} or {@code Failed}
     * @param answer answer of the canary's version
     * @param before answer of the version before it
     */
    public Optional<String> complaint(String ended, String answer, String before) {
        boolean as = phase.equals(ended) || ended.equals("Successful") && isBackground() && phase.equals("Running");
        return complaint(answer, before).or(() -> as ? Optional.empty()
                : Optional.of("The analysis is " + phase + ", expected: " + ended + dryRun() + ": " + summary()));
    }

    /** The result in words: "Failed, metric version 0 successful and 1 failed". */
    public String outcome() {
        return phase + metrics.stream().map(metric -> ", metric " + metric.name() + " " + metric.successful()
                + " successful and " + metric.failed() + " failed").collect(Collectors.joining());
    }

    public String summary() {
        return name + ": " + phase + (message.isEmpty() ? "" : " (" + message + ")") + metrics.stream()
                .map(metric -> ", " + metric.name() + (metric.dryRun() ? " (dryRun)" : "") + " "
                        + metric.successful() + " successful, " + metric.failed()
                        + " failed, " + metric.errors() + " not measured: " + metric.measurements().stream()
                        .map(measurement -> measurement.value().isEmpty() ? measurement.message() : measurement.value())
                        .distinct().collect(Collectors.joining(" | ")))
                .collect(Collectors.joining());
    }
}
