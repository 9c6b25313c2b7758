package delivery.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.acceptance.ClassArchive;
import delivery.acceptance.SuiteProcess;
import delivery.environment.Platform;
import delivery.history.CallLog;
import delivery.lab.Lab;
import delivery.report.AllureReport;
import delivery.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The place where mutants are tried: the lab, and a table of the results. There is one for each process. */
final class Laboratory {

    /** Limit for a run: several times the slowest one. */
    private static final Duration LONGEST = Duration.ofMinutes(8);
    private static final Path RUNS = Path.of("target", "mutants");
    private static final Path REPORTS = Path.of("reports");
    private static final boolean WITH_ALL = Boolean.getBoolean("delivery.all");

    private static Laboratory only;

    private final Map<String, String> lab = new HashMap<>(new Lab(Path.of("lab")).up(line -> { }));
    private final Platform platform = Platform.open(Settings.load(lab, new Properties(), Map.of()), new CallLog());
    private final MutantTable table = new MutantTable(REPORTS.resolve("mutants.md"),
            new AllureReport(RUNS.resolve("allure-results"), Path.of("target", "renderer")));

    private final String[] options;

    private Laboratory() throws IOException {
        try {
            this.options = Stream.concat(Stream.of("-Ddelivery.html=false"),
                    ClassArchive.make(Path.of("target", "class-archive"), lab).options().stream())
                    .toArray(String[]::new);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the classes of the runs were put into an archive", e);
        }
        // The only limit is the lab's processors: two scenarios of a mutant run side by side, and so do some mutants.
        lab.put("PARALLEL", "4");
    }

    static synchronized Laboratory open() throws IOException {
        if (only == null) {
            only = new Laboratory();
        }
        return only;
    }

    /**
     * Returns the mutants to try: those whose ids the property {@code delivery.mutant} matches. Without it these are
     * all, or with the property {@code delivery.all} those for which it is known what all criteria say.
     */
    static Stream<Mutant> asked() {
        String only = System.getProperty("delivery.mutant");
        return Catalogue.all().stream()
                .filter(mutant -> only == null ? !WITH_ALL || mutant.triedWithAll() : mutant.id().matches(only))
                .map(mutant -> WITH_ALL ? mutant.withAll() : mutant);
    }

    /** Breaks the delivery, has the criteria tried, and requires the result that the catalogue gives. */
    void require(Mutant mutant) throws IOException {
        Proof proof = tried(mutant);
        table.add(proof);
        assertThat(proof.complaints()).as(mutant.toString()).isEmpty();
    }

    private Proof tried(Mutant mutant) {
        Instant begun = Instant.now();
        try (BrokenDelivery broken = new BrokenDelivery(mutant, platform, lab);
                SuiteProcess run = SuiteProcess.start(RUNS.resolve(mutant.id()),
                        WITH_ALL ? "" : mutant.tags(), broken.settings(),
                        options)) {
            run.await(LONGEST);
            List<String> harm = broken.harm();
            return harm.isEmpty() ? Proof.of(mutant, run.record(), Duration.between(begun, Instant.now()))
                    : Proof.harmful(mutant, Duration.between(begun, Instant.now()), harm);
        } catch (Exception | AssertionError trouble) {
            return Proof.none(mutant, Duration.between(begun, Instant.now()), trouble);
        }
    }

    /** Renders Allure's report of all mutants tried so far. */
    void render() throws IOException {
        table.render(REPORTS.resolve("mutants.html"));
    }
}
