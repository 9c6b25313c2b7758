package delivery.timeline;

import delivery.traffic.Answer;
import delivery.traffic.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers that users got from a release's first deployment to the end of its case, and the changes of the release.
 *
 * @param begun   time when users had the first version
 * @param ended   end of the collection
 * @param steady  requests that were sent at a steady rate, only to observe
 * @param samples requests of the case's own steps and waits
 * @param moments events in the order of time
 */
public record TimelineSnapshot(Instant begun, Instant ended, Sample steady, Sample samples,
        List<TimelineEvent> moments) {

    /** Most slices; more could not be distinguished in a picture, and would make it large. */
    private static final int MOST_SLICES = 60;

    public TimelineSnapshot {
        moments = moments.stream().sorted(Comparator.comparing(TimelineEvent::at)).toList();
    }

    public Duration took() {
        return Duration.between(begun, ended);
    }

    /** Returns all requests, whatever they were sent for. */
    public Sample answers() {
        return new Sample(Stream.concat(steady.answers().stream(), samples.answers().stream())
                .filter(answer -> !answer.at().isBefore(begun) && answer.at().isBefore(ended)).toList());
    }

    /** Returns the versions that answered, in the order in which they were first seen. */
    public List<String> versions() {
        Set<String> versions = new LinkedHashSet<>();
        answers().answers().forEach(answer -> answer.version().ifPresent(versions::add));
        return List.copyOf(versions);
    }

    /** Returns consecutive slices of the time, each of whole seconds. */
    public List<TimeSlice> slices() {
        long seconds = Math.max(1, (took().toSeconds() + MOST_SLICES) / MOST_SLICES);
        List<List<Answer>> pieces = new ArrayList<>();
        for (long from = 0; from * 1000 < Math.max(1, took().toMillis()); from += seconds) {
            pieces.add(new ArrayList<>());
        }
        for (Answer answer : answers().answers()) {
            long piece = begun.until(answer.at(), ChronoUnit.SECONDS) / seconds;
            pieces.get((int) Math.min(piece, pieces.size() - 1)).add(answer);
        }
        List<TimeSlice> slices = new ArrayList<>();
        for (List<Answer> piece : pieces) {
            Duration from = Duration.ofSeconds(slices.size() * seconds);
            Duration to = from.plusSeconds(seconds);
            slices.add(new TimeSlice(from, to.compareTo(took()) < 0 ? to : took(), new Sample(piece)));
        }
        return slices;
    }

    public double seconds(Instant at) {
        return begun.until(at, ChronoUnit.MILLIS) / 1000.0;
    }

    /** Summarizes the data: "41 s from 09:12:33Z on; 160 requests at a steady rate, 2600 of the steps; none failed". */
    public String sentence() {
        int failed = answers().lost();
        int own = (int) samples.answers().stream()
                .filter(answer -> !answer.at().isBefore(begun) && answer.at().isBefore(ended)).count();
        return String.format(Locale.ROOT, "%d s from %s on; %,d requests: %,d sent steadily only to see, %,d of the"
                        + " steps' own samples; %s", Math.round(took().toMillis() / 1000.0),
                begun.truncatedTo(ChronoUnit.SECONDS), answers().size(), answers().size() - own, own, failed == 0
                        ? "none failed" : String.format(Locale.ROOT, "%,d failed (%s)", failed, reasons(answers())));
    }

    /** Returns the names of the columns of {@link #rows()}. */
    public List<String> header() {
        return Stream.of(Stream.of("seconds", "what happened", "requests"),
                versions().stream().map(version -> "version " + version), Stream.of("failed"))
                .flatMap(names -> names).toList();
    }

    /** Returns the data as a table: slices with the same answers are one row if nothing happened in between. */
    public List<List<String>> rows() {
        List<TimeSlice> rows = new ArrayList<>();
        for (TimeSlice slice : slices()) {
            TimeSlice last = rows.isEmpty() ? slice : rows.get(rows.size() - 1);
            if (!rows.isEmpty() && happened(slice).isEmpty() && sameServed(last, slice)) {
                rows.set(rows.size() - 1, new TimeSlice(last.from(), slice.to(), new Sample(Stream.concat(
                        last.answers().answers().stream(), slice.answers().answers().stream()).toList())));
            } else {
                rows.add(slice);
            }
        }
        return rows.stream().map(this::row).toList();
    }

    private boolean sameServed(TimeSlice one, TimeSlice other) {
        return (one.failed() > 0) == (other.failed() > 0) && (one.answers().size() > 0) == (other.answers().size() > 0)
                && versions().stream().allMatch(version -> one.share(version) == other.share(version));
    }

    private List<String> row(TimeSlice slice) {
        List<String> cells = new ArrayList<>(List.of(
                String.format(Locale.ROOT, "%d–%d", slice.from().toSeconds(),
                        (long) Math.ceil(slice.to().toMillis() / 1000.0)),
                happened(slice), String.valueOf(slice.answers().size())));
        versions().forEach(version -> cells.add(String.format(Locale.ROOT, "%.1f%%", slice.share(version))));
        cells.add(slice.failed() == 0 ? "0" : reasons(slice.answers()));
        return cells;
    }

    private static String reasons(Sample answers) {
        return answers.failures().entrySet().stream().map(reason -> reason.getKey() + ": " + reason.getValue())
                .collect(Collectors.joining(", "));
    }

    private String happened(TimeSlice slice) {
        boolean last = slice.to().equals(took());
        return moments.stream().filter(moment -> {
            Duration at = Duration.between(begun, moment.at());
            return at.compareTo(slice.from()) >= 0 && (last || at.compareTo(slice.to()) < 0);
        }).map(moment -> String.format(Locale.ROOT, "%.1f s: %s", seconds(moment.at()), moment.words()))
                .collect(Collectors.joining("; "));
    }

    /**
     * A slice of the time, and the answers in it.
     *
     * @param from    its beginning, since the beginning of the timeline
     * @param to      its end, likewise
     * @param answers answers to the requests that were sent in it; may be empty
     */
    public record TimeSlice(Duration from, Duration to, Sample answers) {

        /** Returns a version's share of all requests of this slice in percent; 0 if there were none. */
        public double share(String version) {
            return answers.share(version);
        }

        public int failed() {
            return answers.lost();
        }
    }

    /** Something that happened to a release, in a few words: "promoted". */
    public record TimelineEvent(Instant at, String words) {
    }
}
