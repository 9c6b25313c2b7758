package delivery.report;

import delivery.criteria.Checklist;
import delivery.criteria.Result;
import delivery.criteria.Results;
import delivery.criteria.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Runs of a small task with three criteria in two sections, which are not in alphabetical order. */
final class Summaries {

    static final Duration SECOND = Duration.ofSeconds(1);
    static final Set<String> ALL = Set.of("Z-1", "B-1", "A-1");

    private Summaries() {
    }

    static Checklist checklist() {
        try {
            Path file = Files.createTempFile("task", ".md");
            Files.writeString(file, """
                    ## Second
                    - [ ] First `z` <of> all. <!-- Z-1 -->
                    ## First
                    - [ ] Not by its letter. <!-- B-1 -->
                    - [ ] Last. <!-- A-1 -->
                    """);
            Checklist checklist = Checklist.read(file);
            Files.delete(file);
            return checklist;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Summary of(Map<String, Result> results, Set<String> selected) {
        Results all = new Results();
        results.forEach((id, result) -> {
            all.started(id);
            all.ended(id, result);
        });
        return all.summary(checklist(), selected);
    }

    static Summary green() {
        return of(Map.of("Z-1", Result.proven("300 of 300 by 1.1.0", SECOND), "B-1", Result.proven("seen", SECOND),
                "A-1", Result.proven("seen", SECOND)), ALL);
    }
}
