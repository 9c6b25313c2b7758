package delivery.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.acceptance.SuiteProcess;
import delivery.lab.Lab;
import delivery.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proof that deliveries of other shapes than the lab's own are proved, or refused, as their tables say. Run with
 * {@code make deliveries}; each is deployed on the lab, looked at, proved and removed again.
 */
class DeliveryTrials {

    private static final Duration LONGEST = Duration.ofMinutes(9);
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(5);
    private static final Duration LAYOUT = Duration.ofSeconds(60);
    private static final Path RUNS = Path.of("target", "deliveries");
    private static final Lab LAB = new Lab(Path.of("lab"));

    static Stream<SampleDelivery> deliveries() {
        return SampleDelivery.all().stream()
                .filter(delivery -> delivery.name().matches(System.getProperty("delivery.only", ".*")));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("deliveries")
    void endsAsItsTableSays(SampleDelivery delivery) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(LAB.up(line -> { }));
        settings.put("APPLICATION", delivery.application());
        settings.put("HOST_DOMAIN", delivery.application() + ".test");
        lab("apply", delivery);
        try {
            List<String> differences = new ArrayList<>(delivery.missing(layout(delivery, settings)));
            settings.putAll(delivery.settings());
            differences.addAll(run(delivery, settings));
            assertThat(differences).as(delivery.name()).isEmpty();
        } finally {
            lab("remove", delivery);
        }
    }

    private static void lab(String action, SampleDelivery delivery) throws IOException, InterruptedException {
        Files.createDirectories(RUNS);
        Path said = RUNS.resolve(delivery.name() + "-" + action + ".txt");
        Process process = new ProcessBuilder("lab/lab", "delivery", action, delivery.name()).redirectErrorStream(true)
                .redirectOutput(said.toFile()).start();
        boolean ended = process.waitFor(LONGEST_COMMAND.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0).as("lab delivery " + action + " " + delivery.name() + ": "
                + Files.readString(said)).isTrue();
    }

    private static String layout(SampleDelivery delivery, Map<String, String> settings)
            throws IOException, InterruptedException {
        try (SuiteProcess layout = SuiteProcess.layout(RUNS.resolve(delivery.name() + "-layout"), settings)) {
            layout.await(LAYOUT);
            return layout.output();
        }
    }

    private static List<String> run(SampleDelivery delivery, Map<String, String> settings)
            throws IOException, InterruptedException {
        try (SuiteProcess run = SuiteProcess.start(RUNS.resolve(delivery.name()), "", settings)) {
            int code = run.await(LONGEST);
            List<RunRecord.Line> criteria = Files.exists(run.folder().resolve("run.json"))
                    ? run.record().criteria() : List.of();
            return delivery.differences(code, criteria, run.output());
        }
    }
}
