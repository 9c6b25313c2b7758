package delivery.endurance;

import delivery.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The seconds that the case of each criterion takes in complete runs on a machine with no other work. Machines differ,
 * so two soaks are compared by each criterion's share of all cases of a run.
 */
final class CriterionCosts {

    static final String HEADING = "## Cost of each criterion";
    /**
     * Fewest runs to compare: the order is random, so a case finds another release each time, and a median needs many.
     */
    private static final int RUNS_TO_COMPARE = 10;
    private static final double GROWTH = 1.5;
    private static final double POINTS = 3;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\S+) \\| [\\d./ ]+ \\| (\\d+\\.\\d)% \\|$");

    private final List<RunRecord> runs;

    CriterionCosts(List<SoakRun> runs) {
        this.runs = runs.stream().filter(run -> !run.loaded() && run.complaints().isEmpty())
                .flatMap(run -> run.record().stream()).toList();
    }

    /** Returns the section of the table; empty if no run counts. */
    String text() {
        return runs.isEmpty() ? "" : "\n" + HEADING + "\n\nLeast / middle / most seconds of its own case in "
                + runs.size() + " green runs on a machine with nothing else to do, and its share of all cases.\n\n"
                + "| criterion | seconds | share |\n|---|---|---|\n"
                + criteria().map(id -> String.format(Locale.ROOT, "| %s | %s | %.1f%% |%n", id, seconds(id), share(id)))
                        .collect(Collectors.joining());
    }

    /**
     * Returns the criteria whose share of a run has grown by more than half, and by more than three points, since the
     * given table was written; none if too few runs count.
     *
     * @param before the table of an earlier soak
     */
    List<String> grown(Path before) throws IOException {
        if (runs.size() < RUNS_TO_COMPARE || !Files.exists(before)) {
            return List.of();
        }
        Map<String, Double> shares = shares(Files.readString(before));
        return criteria().filter(shares::containsKey)
                .filter(id -> share(id) > GROWTH * shares.get(id) && share(id) > POINTS + shares.get(id))
                .map(id -> String.format(Locale.ROOT, "%s takes %.1f%% of a run (middle %.1f s), and took %.1f%% in %s",
                        id, share(id), seconds(id).middle(), shares.get(id), before.getFileName())).toList();
    }

    private static Map<String, Double> shares(String table) {
        int section = table.indexOf(HEADING);
        return section < 0 ? Map.of() : ROW.matcher(table.substring(section)).results().collect(Collectors.toMap(
                row -> row.group(1), row -> Double.parseDouble(row.group(2)), (one, other) -> one, TreeMap::new));
    }

    private Stream<String> criteria() {
        return runs.stream().limit(1).flatMap(run -> run.criteria().stream()).map(RunRecord.Line::id);
    }

    private Spread seconds(String id) {
        return Spread.of(runs.stream().flatMap(run -> run.criteria().stream()).filter(line -> line.id().equals(id))
                .map(RunRecord.Line::seconds).toList());
    }

    private double share(String id) {
        return 100 * seconds(id).middle() / criteria().mapToDouble(each -> seconds(each).middle()).sum();
    }
}
