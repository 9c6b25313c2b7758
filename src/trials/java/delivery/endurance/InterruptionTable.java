package delivery.endurance;

import delivery.text.TableCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of the outcomes of interrupted runs. It is written again after each run, so that no outcome is lost. */
final class InterruptionTable {

    private final Path file;
    private final String what;
    private final Instant begun = Instant.now();
    private final List<Interruption> interruptions = new ArrayList<>();

    /** @param what the kind of trial, in one sentence */
    InterruptionTable(Path file, String what) {
        this.file = file;
        this.what = what;
    }

    void add(Interruption interruption) throws IOException {
        interruptions.add(interruption);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text());
        System.out.printf(Locale.ROOT, "%s, %s at %.1f s: %s%n", interruption.number(), interruption.how(),
                interruption.at(),
                interruption.complaints().isEmpty() ? "well" : "NOT well: "
                + String.join("; ", interruption.complaints()));
    }

    private String text() {
        long well = interruptions.stream().filter(interruption -> interruption.complaints().isEmpty()).count();
        return "# Interruptions\n\n" + what + " Begun " + begun.truncatedTo(ChronoUnit.SECONDS) + ": **" + well + " of "
                + interruptions.size() + " well**: the next run was green, and nothing was left.\n\n"
                + "| | how | at second | under way | its reports | left at once | the next run | left after it | |\n"
                + "|---|---|---|---|---|---|---|---|---|\n"
                + interruptions.stream().map(InterruptionTable::row).collect(Collectors.joining());
    }

    private static String row(Interruption one) {
        String complaints = String.join("; ", one.complaints());
        return String.format(Locale.ROOT, "| %s | %s | %.1f | %s | %s | %s | %s | %s | %s |%n", one.number(), one.how(),
                one.at(), list(one.underWay(), " "), list(one.reports(), " "), list(one.atOnce(), ", "),
                TableCell.of(one.next()), TableCell.of(one.gone()),
                complaints.isEmpty() ? "well" : "**" + TableCell.of(complaints) + "**");
    }

    private static String list(Collection<String> words, String between) {
        return words.isEmpty() ? "none" : TableCell.of(String.join(between, words));
    }
}
