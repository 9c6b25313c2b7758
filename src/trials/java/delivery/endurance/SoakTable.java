package delivery.endurance;

import delivery.report.RunRecord;
import delivery.text.Ellipsis;
import delivery.text.TableCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of the outcomes of many complete runs. It is written again after each run, so that no outcome is lost. */
final class SoakTable {

    private static final int LONGEST_COMPLAINT = 220;

    private final Path file;
    private final int wanted;
    private final Instant begun = Instant.now();
    private final List<SoakRun> runs = new ArrayList<>();

    /** A wait, with the run that it was in. */
    private record Seen(RunRecord.Wait its, SoakRun run) {

        double share() {
            return its.seconds() / its.of();
        }

        String words() {
            return String.format(Locale.ROOT, "%s: %.1f of %.0f s, run %d%s", its.limit(), its.seconds(), its.of(),
                    run.number(), run.loaded() ? ", loaded" : "");
        }
    }

    /** @param wanted number of runs to make */
    SoakTable(Path file, int wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    void add(SoakRun run) throws IOException {
        runs.add(run);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text());
        System.out.printf(Locale.ROOT, "run %d of %d%s: %s after %.0f s%n", run.number(), wanted,
                run.loaded() ? ", loaded" : "", run.complaints().isEmpty() ? "green" : "NOT green: "
                        + String.join("; ", run.complaints()), run.seconds());
    }

    /** @see CriterionCosts#grown */
    List<String> grown(Path before) throws IOException {
        return new CriterionCosts(runs).grown(before);
    }

    private String text() {
        long green = runs.stream().filter(run -> run.complaints().isEmpty()).count();
        return "# Soak\n\n" + runs.size() + " of " + wanted + " complete runs, one after the other in random order, on "
                + Runtime.getRuntime().availableProcessors() + " cores, every second one with " + Burden.size()
                + " busy thread(s) of other work beside it; begun " + begun.truncatedTo(ChronoUnit.SECONDS) + ": **"
                + green + " green, " + (runs.size() - green) + " not**.\n\n"
                + "## How long\n\nLeast / middle / most, in seconds. \"In all\" has the reports and the removal"
                + " too.\n\n"
                + "| the machine | runs | to prove | in all |\n|---|---|---|---|\n"
                + times("with nothing else to do", runs.stream().filter(run -> !run.loaded()))
                + times("loaded", runs.stream().filter(SoakRun::loaded))
                + "\n## Runs\n\n| run | loaded | seed of the order | seconds | to prove | proven | not met | not run |"
                + " exit code"
                + " | |\n|---|---|---|---|---|---|---|---|---|---|\n"
                + runs.stream().map(SoakTable::row).collect(Collectors.joining())
                + "\n## Criteria\n\nThe wait that came nearest to its limit, and the slowest of each other kind.\n\n"
                + "| criterion | reds | longest | nearest to its limit | other waits |\n|---|---|---|---|---|\n"
                + criteria().stream().map(this::criterion).collect(Collectors.joining())
                + "\n## Kinds of wait\n\n| kind | limit | slowest | share of it | criterion | run"
                + " |\n|---|---|---|---|---|---|\n"
                + slowest(waits()).stream().map(SoakTable::kind)
                        .collect(Collectors.joining())
                + new CriterionCosts(runs).text();
    }

    private static String times(String when, Stream<SoakRun> of) {
        List<Took> took = of.flatMap(run -> run.took().stream()).toList();
        return took.isEmpty() ? "" : "| " + when + " | " + took.size() + " | "
                + Spread.of(took.stream().map(Took::toProve).toList()) + " | "
                + Spread.of(took.stream().map(Took::all).toList()) + " |\n";
    }

    private static String row(SoakRun run) {
        Optional<RunRecord.Counts> counts = run.record().map(RunRecord::counts);
        String complaints = TableCell.of(String.join("; ", run.complaints()));
        return String.format(Locale.ROOT, "| %d | %s | %d | %.1f | %s | %s | %s | %s | %d | %s |%n", run.number(),
                run.loaded() ? "loaded" : "", run.seed(), run.seconds(),
                run.took().map(took -> String.format(Locale.ROOT, "%.1f", took.toProve())).orElse("?"),
                counts.map(RunRecord.Counts::proven).map(String::valueOf).orElse("?"),
                counts.map(RunRecord.Counts::notMet).map(String::valueOf).orElse("?"),
                counts.map(RunRecord.Counts::notRun).map(String::valueOf).orElse("?"), run.exit(),
                complaints.isEmpty() ? "green" : "**" + Ellipsis.to(LONGEST_COMPLAINT, complaints) + "**");
    }

    /** Returns the criteria in the task's order, from the first run that has any. */
    private List<String> criteria() {
        return runs.stream().flatMap(run -> run.record().stream()).findFirst().map(RunRecord::criteria)
                .orElse(List.of())
                .stream().map(RunRecord.Line::id).toList();
    }

    private String criterion(String id) {
        List<String> reds = runs.stream()
                .filter(run -> run.record().stream().flatMap(record -> record.criteria().stream())
                        .anyMatch(line -> line.id().equals(id) && UnprovenCriteria.is(line)))
                        .map(run -> String.valueOf(run.number())).toList();
        double longest = runs.stream().flatMap(run -> run.record().stream())
                .flatMap(record -> record.criteria().stream())
                .filter(line -> line.id().equals(id)).mapToDouble(RunRecord.Line::seconds).max().orElse(0);
        List<String> waits = slowest(waits().stream().filter(seen -> seen.its().criterion().equals(id)).toList())
                .stream().map(Seen::words).toList();
        return String.format(Locale.ROOT, "| %s | %s | %.1f s | %s | %s |%n", id,
                reds.isEmpty() ? "0" : "**" + reds.size() + "**: run " + String.join(", ", reds), longest,
                waits.isEmpty() ? "it waits for nothing" : waits.get(0),
                waits.stream().skip(1).collect(Collectors.joining("; ")));
    }

    private static String kind(Seen seen) {
        return String.format(Locale.ROOT, "| %s | %.0f s | %.1f s | %.0f%% | %s | %d%s |%n", seen.its().limit(),
                seen.its().of(), seen.its().seconds(), 100 * seen.share(), seen.its().criterion(), seen.run().number(),
                seen.run().loaded() ? ", loaded" : "");
    }

    private List<Seen> waits() {
        return runs.stream().flatMap(run -> run.record().stream().flatMap(record -> record.waits().stream())
                .map(wait -> new Seen(wait, run))).toList();
    }

    /** Returns the slowest wait of each kind, sorted by how near it came to its limit. */
    private static List<Seen> slowest(List<Seen> waits) {
        Map<String, Seen> slowest = new TreeMap<>();
        waits.forEach(seen -> slowest.merge(seen.its().limit(), seen,
                (one, other) -> one.share() >= other.share() ? one : other));
        return slowest.values().stream().sorted(Comparator.comparing(Seen::share).reversed()).toList();
    }
}
