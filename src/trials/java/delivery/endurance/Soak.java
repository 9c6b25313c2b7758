package delivery.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.acceptance.SuiteProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proof that there are no false alarms: complete runs in random order, one after the other, every second one with other
 * work on the machine. A run that is not green fails the build, but the remaining runs are still made. So does a
 * criterion whose share of a run is much larger than in the last soak. Run with {@code make soak N=25}.
 */
class Soak {

    private static final int WANTED = Integer.getInteger("delivery.times", 25);
    /** Limit for a run: several times what one takes on a small machine under load. */
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Path RUNS = Path.of("target", "soak");
    private static final Path BEFORE = Path.of("src", "doc", "measured", "soak.md");
    private static final SoakTable TABLE = new SoakTable(Path.of("reports", "soak.md"), WANTED);

    static IntStream numbers() {
        return IntStream.rangeClosed(1, WANTED);
    }

    @ParameterizedTest(name = "run {0}")
    @MethodSource("numbers")
    void everyRunIsGreen(int number) throws IOException {
        SoakRun run = number % 2 == 0 ? loaded(number) : run(number, false);
        TABLE.add(run);
        assertThat(run.complaints()).as("run " + number).isEmpty();
    }

    @AfterAll
    static void noCriterionTakesMuchMoreOfARunThanBefore() throws IOException {
        assertThat(TABLE.grown(BEFORE)).as("criteria whose share of a run has grown").isEmpty();
    }

    private static SoakRun loaded(int number) {
        try (Burden burden = new Burden()) {
            SoakRun run = run(number, true);
            assertThat(burden.working()).as("the machine was loaded to the end").isTrue();
            return run;
        }
    }

    private static SoakRun run(int number, boolean loaded) {
        long seed = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        Instant begun = Instant.now();
        String output = "";
        int exit = -1;
        // An empty KUBECONFIG selects the lab.
        try (SuiteProcess suite = SuiteProcess.start(RUNS.resolve(String.valueOf(number)), "", Map.of("KUBECONFIG", ""),
                "-Dcucumber.execution.order=random:" + seed)) {
            exit = suite.await(LONGEST);
            output = suite.output();
            return new SoakRun(number, loaded, seed, since(begun), exit, Optional.of(suite.record()), Took.in(output),
                    "");
        } catch (IOException | InterruptedException | IllegalStateException trouble) {
            return new SoakRun(number, loaded, seed, since(begun), exit, Optional.empty(), Took.in(output),
                    trouble.toString());
        }
    }

    private static double since(Instant begun) {
        return Duration.between(begun, Instant.now()).toMillis() / 1000.0;
    }
}
