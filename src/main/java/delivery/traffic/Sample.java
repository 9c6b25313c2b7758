package delivery.traffic;

import delivery.text.TableCell;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests and their results, in the order they were sent. */
public record Sample(List<Answer> answers) {

    public Sample {
        answers = answers.stream().sorted(Comparator.comparing(Answer::at)).toList();
    }

    /** Number of requests sent, including those that failed. */
    public int size() {
        return answers.size();
    }

    public SortedMap<String, Integer> byVersion() {
        return counted(served().map(answer -> answer.version().orElseThrow()));
    }

    /** Number of requests served by each pod that gave its name. */
    public SortedMap<String, Integer> byPod() {
        return counted(served().map(Answer::pod).flatMap(Optional::stream));
    }

    /** Names of the pods that answered with this version; empty if no answer names its pod. */
    public SortedSet<String> podsOf(String version) {
        return served().filter(answer -> answer.version().filter(version::equals).isPresent()).map(Answer::pod)
                .flatMap(Optional::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Number of failed requests by reason; empty if every one was served. */
    public SortedMap<String, Integer> failures() {
        return counted(answers.stream().map(Answer::failure).flatMap(Optional::stream));
    }

    public int lost() {
        return failures().values().stream().mapToInt(Integer::intValue).sum();
    }

    public int served(String version) {
        return byVersion().getOrDefault(version, 0);
    }

    /** Percentage of all requests, including failed ones, that this version served; 0 if there are none. */
    public double share(String version) {
        return percent(served(version));
    }

    public SortedSet<String> cookies() {
        return answers.stream().flatMap(answer -> answer.cookies().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Number of requests answered by the version that first served their user. */
    public int stayed() {
        return (int) served().filter(answer -> answer.before().equals(answer.version())).count();
    }

    /** All versions that answered, and all failures: "3 were answered by version 1.0.0, 2 failed (HTTP 502)". */
    public String sentence() {
        return sentence(version -> true);
    }

    /** The same for some versions, and all failures: "3 were answered by version 1.0.0, 2 failed (HTTP 502)". */
    String sentence(Predicate<String> listed) {
        return Stream.concat(
                byVersion().entrySet().stream().filter(served -> listed.test(served.getKey()))
                        .map(served -> served.getValue() + " were answered by version " + served.getKey()),
                failures().entrySet().stream().map(failed -> failed.getValue() + " failed (" + failed.getKey() + ")"))
                .collect(Collectors.joining(", "));
    }

    /** The shares and the failures as a Markdown table. */
    public String table() {
        StringBuilder text = new StringBuilder("| Answered by | Requests | Share |\n|---|---:|---:|\n");
        byVersion().forEach((version, count) -> row(text, "version " + version, count));
        byPod().forEach((pod, count) -> row(text, "pod " + pod, count));
        failures().forEach((reason, count) -> row(text, "failed: " + reason, count));
        text.append('\n').append(size()).append(" requests");
        if (!answers.isEmpty()) {
            text.append(" from ").append(answers.get(0).at()).append(" to ").append(answers.get(size() - 1).at())
                    .append(", the slowest took ").append(slowest().toMillis()).append(" ms");
        }
        return text.append(".\n").toString();
    }

    private void row(StringBuilder text, String by, int count) {
        text.append("| ").append(TableCell.of(by)).append(" | ").append(count)
                .append(" | ").append(String.format(Locale.ROOT, "%.1f%%", percent(count))).append(" |\n");
    }

    private Stream<Answer> served() {
        return answers.stream().filter(Answer::served);
    }

    private Duration slowest() {
        return answers.stream().map(Answer::took).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private double percent(int count) {
        return answers.isEmpty() ? 0 : 100.0 * count / answers.size();
    }

    private static SortedMap<String, Integer> counted(Stream<String> names) {
        return names.collect(Collectors.toMap(name -> name, name -> 1, Integer::sum, TreeMap::new));
    }
}
