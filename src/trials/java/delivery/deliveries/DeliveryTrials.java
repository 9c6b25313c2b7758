package delivery.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.acceptance.LiveState;
import delivery.acceptance.SuiteProcess;
import delivery.environment.Platform;
import delivery.history.CallLog;
import delivery.lab.Lab;
import delivery.report.RunRecord;
import delivery.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trials of deliveries of other shapes than the lab's own: each must be proved, or refused, as its table says. Run with
 * {@code make deliveries}; each is deployed on the lab, surveyed, proved and removed again. With {@code MODE=in-place}
 * those whose tables have a result for it are proved in place, and must afterwards be as they were; one that no copy
 * can be made of is always proved in place. Some are also broken on purpose, and then the right criteria must fail.
 */
class DeliveryTrials {

    private static final Duration LONGEST = Duration.ofMinutes(9);
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(5);
    private static final Duration LAYOUT = Duration.ofSeconds(60);
    private static final Path RUNS = Path.of("target", "deliveries");
    private static final Lab LAB = new Lab(Path.of("lab"));

    private static final boolean IN_PLACE = "in-place".equals(System.getenv("MODE"));

    static Stream<SampleDelivery> deliveries() {
        return SampleDelivery.all().stream().filter(delivery -> !IN_PLACE || delivery.isProvedInPlace())
                .map(delivery -> IN_PLACE ? delivery.provedInPlace() : delivery)
                .filter(delivery -> delivery.name().matches(System.getProperty("delivery.only", ".*")));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("deliveries")
    void endsAsItsTableSays(SampleDelivery delivery) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(LAB.up(line -> { }));
        settings.put("APPLICATION", delivery.application());
        settings.put("HOST_DOMAIN", delivery.application() + ".test");
        lab("apply", delivery, SampleDelivery.FOLDER);
        try {
            List<String> differences = new ArrayList<>(delivery.missing(layout(delivery, settings)));
            settings.putAll(delivery.settings());
            if (IN_PLACE) {
                settings.put("MODE", "in-place");
            }
            differences.addAll(settings.containsKey("MODE") ? unchanged(delivery, settings)
                    : run(delivery, "", settings));
            assertThat(differences).as(delivery.name()).isEmpty();
        } finally {
            lab("remove", delivery, SampleDelivery.FOLDER);
        }
    }

    static Stream<Arguments> broken() {
        return IN_PLACE ? Stream.empty() : deliveries().flatMap(delivery -> delivery.broken().stream()
                .map(broken -> Arguments.of(delivery, broken)));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("broken")
    void isRedForWhatIsBroken(SampleDelivery delivery, BrokenSample broken) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(LAB.up(line -> { }));
        settings.put("APPLICATION", delivery.application());
        settings.put("HOST_DOMAIN", delivery.application() + ".test");
        settings.putAll(delivery.settings());
        settings.put("YES", "1");
        Path copies = copy(SampleDelivery.FOLDER, RUNS.resolve("broken").toAbsolutePath());
        broken.breakIn(copies.resolve(delivery.name()));
        lab("apply", delivery, copies);
        try {
            assertThat(run(broken.table(delivery), broken.tags(), settings)).as(delivery + ": " + broken).isEmpty();
        } finally {
            lab("remove", delivery, copies);
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return to;
    }

    /** @param copies folder in which the lab finds its deliveries */
    private static void lab(String action, SampleDelivery delivery, Path copies)
            throws IOException, InterruptedException {
        Files.createDirectories(RUNS);
        Path said = RUNS.resolve(delivery.name() + "-" + action + ".txt");
        ProcessBuilder builder = new ProcessBuilder("lab/lab", "delivery", action, delivery.name())
                .redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("LAB_DELIVERIES", copies.toAbsolutePath().toString());
        Process process = builder.start();
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

    /** Returns how a run in place differs from the table, and what it leaves changed. */
    private static List<String> unchanged(SampleDelivery delivery, Map<String, String> settings)
            throws IOException, InterruptedException {
        settings.put("YES", "1");
        try (Platform platform = Platform.open(Settings.load(settings, new Properties(), Map.of()), new CallLog())) {
            LiveState before = LiveState.of(platform);
            List<String> differences = new ArrayList<>(run(delivery, "", settings));
            differences.addAll(before.differences(LiveState.of(platform)));
            return differences;
        }
    }

    private static List<String> run(SampleDelivery delivery, String tags, Map<String, String> settings)
            throws IOException, InterruptedException {
        try (SuiteProcess run = SuiteProcess.start(RUNS.resolve(delivery.name()), tags, settings)) {
            int code = run.await(LONGEST);
            List<RunRecord.Line> criteria = Files.exists(run.folder().resolve("run.json"))
                    ? run.record().criteria().stream().filter(RunRecord.Line::selected).toList() : List.of();
            return delivery.differences(code, criteria, run.output());
        }
    }
}
