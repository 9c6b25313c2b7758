package delivery.mutants;

import delivery.report.AllureReport;
import delivery.text.Ellipsis;
import delivery.text.TableCell;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The results of all mutants: a table, and Allure's results. It is written again after each mutant, so that none is
 * lost.
 */
final class MutantTable {

    private static final int LONGEST_MESSAGE = 220;

    private final Path file;
    private final AllureReport report;
    private final FileSystemResultsWriter results;
    private final Instant begun = Instant.now();
    private final List<Proof> proofs = new ArrayList<>();

    MutantTable(Path file, AllureReport report) {
        this.file = file;
        this.report = report;
        report.begin();
        this.results = new FileSystemResultsWriter(report.results());
    }

    synchronized void add(Proof proof) throws IOException {
        proofs.add(proof);
        results.write(result(proof));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text());
        System.out.println((proof.complaints().isEmpty() ? "caught    " : "NOT caught ") + proof.mutant() + " ("
                + proof.took().toSeconds() + " s)" + proof.complaints().stream().map(complaint -> "\n    " + complaint)
                .collect(Collectors.joining()));
    }

    /** Renders Allure's report of the results. */
    synchronized void render(Path html) throws IOException {
        report.render(html);
    }

    private String text() {
        long caught = proofs.stream().filter(proof -> proof.complaints().isEmpty()).count();
        String rows = proofs.stream().sorted(Comparator.comparing((Proof proof) -> proof.mutant().layer())
                .thenComparing(proof -> proof.mutant().id())).map(MutantTable::row).collect(Collectors.joining());
        return "# Mutants\n\nThe delivery broken on purpose, on the lab, begun "
                + begun.truncatedTo(ChronoUnit.SECONDS) + ": of " + proofs.size() + " mutants " + caught
                + " were caught by exactly the criteria that are to catch them, with the cause named.\n\n"
                + "| layer | mutant | what is broken | to be red | was red | stayed green | message | time | |\n"
                + "|---|---|---|---|---|---|---|---|---|\n" + rows;
    }

    private static String row(Proof proof) {
        Mutant mutant = proof.mutant();
        String message = TableCell.of(proof.message());
        return String.format(Locale.ROOT, "| %s | `%s` | %s | %s | %s | %s | %s | %d s | %s |%n", mutant.layer(),
                mutant.id(), mutant.what(), list(mutant.red().keySet().stream().sorted().toList()),
                list(List.copyOf(proof.red().keySet())),
                list(mutant.green().stream().filter(criterion -> !proof.red().containsKey(criterion)).toList()),
                Ellipsis.to(LONGEST_MESSAGE, message),
                proof.took().toSeconds(), proof.complaints().isEmpty() ? "caught"
                        : "**" + TableCell.of(String.join("; ", proof.complaints())) + "**");
    }

    private static String list(List<String> ids) {
        return ids.isEmpty() ? "none" : String.join(" ", ids);
    }

    private static TestResult result(Proof proof) {
        long now = System.currentTimeMillis();
        boolean caught = proof.complaints().isEmpty();
        Mutant mutant = proof.mutant();
        return new TestResult().setUuid(UUID.randomUUID().toString()).setHistoryId("mutant " + mutant.id())
                .setName(mutant.toString()).setStage(Stage.FINISHED)
                .setStatus(caught ? Status.PASSED : Status.FAILED)
                .setStart(now - proof.took().toMillis()).setStop(now)
                .setLabels(new ArrayList<>(List.of(new Label().setName("epic").setValue("Mutants"),
                        new Label().setName("feature").setValue(mutant.layer()))))
                .setDescription("To be red: " + list(mutant.red().keySet().stream().sorted().toList()) + ". Was red: "
                        + list(List.copyOf(proof.red().keySet())) + ".\n\n" + proof.red().entrySet().stream()
                        .map(line -> line.getKey() + ": " + line.getValue()).collect(Collectors.joining("\n\n")))
                .setStatusDetails(new StatusDetails().setMessage(caught ? proof.message()
                        : String.join("\n", proof.complaints())));
    }
}
