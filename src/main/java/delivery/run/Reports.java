package delivery.run;

import delivery.criteria.CriteriaReport;
import delivery.criteria.Summary;
import delivery.criteria.Verdict;
import delivery.failure.EnvironmentNotFit;
import delivery.history.HistoryEntry;
import delivery.history.SessionHistory;
import delivery.report.AllureReport;
import delivery.report.JUnitXml;
import delivery.report.ReportHistory;
import delivery.report.RunRecord;
import io.qameta.allure.AllureResultsWriteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the files that a run leaves. If one cannot be written, the others still are. */
final class Reports {

    private static final int MOST_TOLD = 5;
    private static final int UNFIT = 3;
    private static final int NO_VERDICT = 4;

    private interface Writing {
        void write() throws IOException;
    }

    private final Path folder;
    private final AllureReport allure;
    private final List<String> unwritten = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> described = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<ReportHistory> trend = Optional.empty();

    Reports(Path folder, AllureReport allure) {
        this.folder = folder;
        this.allure = allure;
    }

    /** @throws EnvironmentNotFit if there is no place for this run's results: what is proved could not be told */
    void begin() {
        try {
            allure.begin();
            Files.createDirectories(folder);
        } catch (UncheckedIOException | IOException unwritable) {
            throw new EnvironmentNotFit("The folder " + folder + " or that of the results cannot be written: "
                    + unwritable.getMessage(), "Make room there, or let them be written", unwritable);
        }
        // It is written while scenarios run; where none does, an earlier run's would be taken for this one's.
        attempt(() -> Files.deleteIfExists(folder.resolve("messages.ndjson")));
        // Until the run has come to its end: one that is killed must not leave an earlier run's.
        attempt(() -> Files.writeString(folder.resolve("exit-code"), NO_VERDICT + "\n"));
    }

    /** @param environment what was proved on, and with what; never a secret */
    void describe(Map<String, String> environment) {
        described.putAll(environment);
        allure.describe(described);
    }

    /** Says one thing more of what was proved on. */
    void describe(String name, String words) {
        attempt(() -> describe(Map.of(name, words)));
    }

    /** Has the report tell of earlier runs too. */
    void keepHistoryIn(Path history) {
        trend = Optional.of(new ReportHistory(history));
    }

    /** The report to attach to the task. */
    Path html() {
        return folder.resolve("allure.html");
    }

    /** Writes the history as it is now, and reads it back. */
    List<HistoryEntry> history(SessionHistory history) throws IOException {
        Path file = folder.resolve("session-history.md");
        history.write(file);
        return SessionHistory.read(file);
    }

    /** @param begun when the run began */
    void write(Summary summary, RunRecord run, Instant begun) {
        attempt(() -> new CriteriaReport(summary).write(folder.resolve("criteria.md")));
        attempt(() -> Files.writeString(folder.resolve("exit-code"), run.exitCode() + "\n"));
        attempt(() -> Files.writeString(folder.resolve("again"), again(summary)));
        attempt(() -> run.write(folder.resolve("run.json")));
        attempt(() -> new JUnitXml(summary, begun).write(folder.resolve("junit.xml")));
        attempt(() -> allure.complete(summary));
        if (trend.isPresent()) {
            renderWithHistory(trend.get(), run, summary.lines().stream().allMatch(Summary.Line::selected));
        } else {
            attempt(() -> allure.render(html()));
        }
        if (!unwritten.isEmpty() && (run.exitCode() == 0 || summary.isPartial())) {
            attempt(() -> Files.writeString(folder.resolve("exit-code"), UNFIT + "\n"));
        }
    }

    /** Reports a history that cannot be read or written, which is not a reason to doubt the run. */
    private void renderWithHistory(ReportHistory history, RunRecord run, boolean everything) {
        boolean lent = false;
        try {
            allure.number("run " + run.id() + ", " + run.begin(), history.lend(allure.results()) + 1);
            lent = true;
        } catch (IOException unusable) {
            notes.add(unusable.getMessage() + "; the report shows this run only");
        }
        int before = unwritten.size();
        attempt(() -> allure.render(html()));
        if (lent && unwritten.size() == before) {
            try {
                history.keep(html(), everything);
            } catch (IOException unwritable) {
                notes.add(unwritable.getMessage());
            }
        }
    }

    /** What a person should hear of that keeps no report from being right. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Tags of what was to be proved, could be and was not, as a run is asked for; empty if all was. */
    private static String again(Summary summary) {
        return summary.lines().stream().filter(line -> line.selected()
                        && line.result().verdict() != Verdict.PROVEN
                        && line.result().verdict() != Verdict.NOT_APPLICABLE)
                .map(line -> "@" + line.criterion().id()).collect(Collectors.joining(" or "));
    }

    /** Remembers a report that could not be written. */
    void unwritten(IOException why) {
        unwritten.add(why.getMessage());
    }

    /** @throws EnvironmentNotFit if a report could not be written; it is no verdict on any criterion */
    void requireWritten() {
        List<String> all = unwritten.stream().distinct().toList();
        if (!all.isEmpty()) {
            throw new EnvironmentNotFit("The reports could not be written: " + all.stream().limit(MOST_TOLD)
                    .collect(Collectors.joining("; ")) + (all.size() > MOST_TOLD ? "; and more" : ""),
                    "Make room where the reports go, or let them be written there");
        }
    }

    private void attempt(Writing report) {
        try {
            report.write();
        } catch (IOException unwritable) {
            unwritten(unwritable);
        } catch (AllureResultsWriteException | UncheckedIOException unwritable) {
            unwritten(new IOException(unwritable.getMessage()
                    + (unwritable.getCause() == null ? "" : ": " + unwritable.getCause()), unwritable));
        }
    }
}
