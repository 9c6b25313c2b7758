package delivery.run;

import delivery.criteria.CriteriaReport;
import delivery.criteria.Summary;
import delivery.history.Entry;
import delivery.history.SessionHistory;
import delivery.report.AllureReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files that a run leaves. One that cannot be written does not keep the others from it. */
final class Reports {

    /** Writes one of them. */
    private interface Writing {
        void write() throws IOException;
    }

    private final Path folder;
    private final AllureReport allure;
    private final List<String> unwritten = new ArrayList<>();

    Reports(Path folder, AllureReport allure) {
        this.folder = folder;
        this.allure = allure;
    }

    /** Makes place for this run's results. */
    void begin() {
        allure.begin();
    }

    /** @param environment what was proved on, and with what; never a secret */
    void describe(Map<String, String> environment) {
        allure.describe(environment);
    }

    /** The report to attach to the task. */
    Path html() {
        return folder.resolve("allure.html");
    }

    /** Writes the history as it is now, and reads it back. */
    List<Entry> history(SessionHistory history) throws IOException {
        Path file = folder.resolve("session-history.md");
        history.write(file);
        return SessionHistory.read(file);
    }

    void write(Summary summary) {
        attempt(() -> new CriteriaReport(summary).write(folder.resolve("criteria.md")));
        exitCode(summary.exitCode());
        attempt(() -> allure.render(html()));
    }

    /** Says how the run ends; what was said before holds no more. */
    void exitCode(int code) {
        attempt(() -> Files.writeString(folder.resolve("exit-code"), code + "\n"));
    }

    /** Remembers a report that could not be written. */
    void unwritten(IOException why) {
        unwritten.add(why.getMessage());
    }

    /** @throws IllegalStateException if a report could not be written */
    void requireWritten() {
        if (!unwritten.isEmpty()) {
            throw new IllegalStateException("The reports could not be written: " + String.join("; ", unwritten));
        }
    }

    private void attempt(Writing report) {
        try {
            report.write();
        } catch (IOException unwritable) {
            unwritten(unwritable);
        }
    }
}
