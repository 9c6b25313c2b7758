package delivery.chaos;

import delivery.text.TableCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of the outcome of each case. It is written again after each case, so that no outcome is lost. */
final class TrialTable {

    private final Path file;
    private final Instant begun = Instant.now();
    private final List<FaultRun> trials = new ArrayList<>();

    TrialTable(Path file) {
        this.file = file;
    }

    void add(FaultRun trial) throws IOException {
        trials.add(trial);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text());
        System.out.println((trial.wrong().isEmpty() ? "well     " : "NOT well ") + trial.tried() + ": "
                + trial.verdict() + " (" + trial.took().toSeconds() + " s) " + trial.reason() + trial.wrong().stream()
                        .map(wrong -> "\n    " + wrong).collect(Collectors.joining()));
    }

    private String text() {
        return "# The environment fails while a criterion is proved\n\nOn the lab, begun "
                + begun.truncatedTo(ChronoUnit.SECONDS) + ": of " + trials.size() + " runs "
                + trials.stream().filter(trial -> trial.wrong().isEmpty()).count()
                + " as it must be. A criterion is proven,"
                + " or the environment is said not to be fit; nothing else is right, and nothing may be left.\n\n"
                + "Recovery is the time from the kill or the thaw until `lab/lab status` finds every component ready,"
                + " which takes a second or two itself. Left over is what still carries our label two minutes after the"
                + " run.\n\n"
                + "| what | done to it | when | criterion | verdict | reason, its first line | recovery | left over |"
                + " run | |\n"
                + "|---|---|---|---|---|---|---:|---|---:|---|\n"
                + trials.stream().map(TrialTable::row).collect(Collectors.joining());
    }

    private static String row(FaultRun trial) {
        Fault trouble = trial.tried().trouble();
        return "| " + String.join(" | ", trouble.component().isEmpty() ? trouble.id() : trouble.component(),
                trial.tried().done(), trouble.when() == null ? "all the while" : trouble.when().toString(),
                trouble.criterion(), trial.verdict(), TableCell.of(trial.reason()),
                trial.recovery().map(TrialTable::seconds).orElse(""),
                trial.left().isEmpty() ? "nothing" : String.join(", ", trial.left()), seconds(trial.took()),
                trial.wrong().isEmpty() ? "well" : "**" + TableCell.of(String.join("; ", trial.wrong())) + "**")
                + " |\n";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
