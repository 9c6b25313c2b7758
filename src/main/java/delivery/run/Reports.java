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
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Writes the files that a run leaves. If one cannot be written, the others still are. */
final class Reports {

    private static final int MOST_TOLD = 5;
    private static final int UNFIT = 3;
    private static final int NO_VERDICT = 4;

    private static final List<String> OF_A_RUN = List.of("allure.html", "criteria.md", "run.json", "junit.xml",
            "session-history.md", "messages.ndjson", "threads.txt", "again");

    private interface Writing {
        void write() throws IOException;
    }

    private final Path folder;
    private final AllureReport allure;
    private final List<String> unwritten = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> described = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<ReportHistory> trend = Optional.empty();
    private UnaryOperator<String> redaction = UnaryOperator.identity();

    Reports(Path folder, AllureReport allure) {
        this.folder = folder;
        this.allure = allure;
    }

    /** @throws EnvironmentNotFit if this run's results cannot be stored: no proof could be reported */
    void begin() {
        try {
            allure.begin();
            Files.createDirectories(folder);
        } catch (UncheckedIOException | IOException unwritable) {
            throw new EnvironmentNotFit("The folder " + folder + " or that of the results cannot be written: "
                    + unwritable.getMessage(), "Make room there, or let them be written", unwritable);
        }
        // A run that is killed must not leave an earlier run's reports, which would be taken for its own.
        OF_A_RUN.forEach(name -> attempt(() -> Files.deleteIfExists(folder.resolve(name))));
        // Stands until the run ends: a run that is killed must not leave an earlier run's exit code.
        attempt(() -> Files.writeString(folder.resolve("exit-code"), NO_VERDICT + "\n"));
    }

    /** Sets what removes the secrets of the settings from texts. */
    void redact(UnaryOperator<String> hiding) {
        redaction = hiding;
    }

    /** @param environment the environment and its versions */
    void describe(Map<String, String> environment) {
        environment.forEach((name, words) -> described.put(name, redaction.apply(words)));
        allure.describe(described);
    }

    /** Adds one entry to the description of the environment. */
    void describe(String name, String words) {
        attempt(() -> describe(Map.of(name, words)));
    }

    /** Makes the report show earlier runs too. */
    void keepHistoryIn(Path history) {
        trend = Optional.of(new ReportHistory(history));
    }

    /** Returns the report to attach to the task. */
    Path html() {
        return folder.resolve("allure.html");
    }

    /** Writes the history as it is now, and reads it back. */
    List<HistoryEntry> history(SessionHistory history) throws IOException {
        Path file = folder.resolve("session-history.md");
        history.write(file);
        return SessionHistory.read(file);
    }

    /**
     * Writes all reports, and then the exit code, which says that the run has ended.
     *
     * @param exitCode the run's, unless a report cannot be written
     * @param record   the record of the run, by the exit code
     */
    void write(Summary summary, int exitCode, IntFunction<RunRecord> record, Instant begun) {
        RunRecord run = record.apply(exitCode);
        attempt(() -> new CriteriaReport(summary).write(folder.resolve("criteria.md")));
        attempt(() -> Files.writeString(folder.resolve("again"), again(summary)));
        attempt(() -> new JUnitXml(summary, begun).write(folder.resolve("junit.xml")));
        attempt(() -> allure.complete(summary));
        if (trend.isPresent()) {
            renderWithHistory(trend.get(), run, summary.lines().stream().allMatch(Summary.Line::selected));
        } else {
            attempt(() -> allure.render(html()));
        }
        int code = !unwritten.isEmpty() && (exitCode == 0 || summary.isPartial()) ? UNFIT : exitCode;
        attempt(() -> record.apply(code).write(folder.resolve("run.json"), redaction));
        // Last: before that, the run has not ended.
        attempt(() -> Files.writeString(folder.resolve("exit-code"), code + "\n"));
    }

    /** Renders the report with its history; one that cannot be read or written does not fail the run. */
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

    /** Returns notes for the user that put no report in doubt. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns the tags that select the criteria that could be proved but were not; empty if there are none. */
    private static String again(Summary summary) {
        return summary.lines().stream().filter(line -> line.selected()
                        && line.result().verdict() != Verdict.PROVEN
                        && line.result().verdict() != Verdict.NOT_APPLICABLE)
                .map(line -> "@" + line.criterion().id()).collect(Collectors.joining(" or "));
    }

    void unwritten(IOException why) {
        unwritten.add(why.getMessage());
    }

    /** @throws EnvironmentNotFit if a report could not be written, which says nothing of any criterion */
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
