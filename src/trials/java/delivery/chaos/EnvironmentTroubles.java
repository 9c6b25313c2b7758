package delivery.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.acceptance.SuiteProcess;
import delivery.environment.Platform;
import delivery.history.CallLog;
import delivery.lab.Lab;
import delivery.proxy.ProxyRoute;
import delivery.report.RunRecord;
import delivery.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trials in which the environment fails while the suite runs. Each criterion must either be proven or have no result,
 * and the reason must name what failed. Run with {@code make chaos}. The trials run one after the other, since each
 * breaks something that all of them need.
 */
class EnvironmentTroubles {

    /** Limit for one run: several times the slowest run, but less than the suite's own limit for one scenario. */
    private static final Duration LONGEST = Duration.ofMinutes(9);
    private static final Path RUNS = Path.of("target", "chaos");

    private static Map<String, String> lab;
    private static Platform platform;
    private static TrialTable table;

    static Stream<FaultCase> cases() {
        return FaultCase.all().stream()
                .filter(known -> known.id().matches(System.getProperty("delivery.trouble", ".*")));
    }

    @BeforeAll
    static void reachTheLab() {
        lab = new HashMap<>(new Lab(Path.of("lab")).up(line -> { }));
        lab.put("PARALLEL", "2");
        platform = Platform.open(Settings.load(lab, new Properties(), Map.of()), new CallLog());
        table = new TrialTable(Path.of("reports", "environment.md"));
    }

    @AfterAll
    static void leaveIt() {
        platform.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isNoVerdictOnTheDelivery(FaultCase tried) throws IOException {
        FaultRun trial = trial(tried);
        table.add(trial);
        assertThat(trial.wrong()).as(tried + ": " + trial.verdict() + " " + trial.reason()).isEmpty();
    }

    private static FaultRun withoutReports(FaultCase tried, Path folder, Map<String, String> settings, Instant begun)
            throws IOException, InterruptedException {
        try (ReportFolder none = new ReportFolder(tried.trouble().folder().orElseThrow(), folder);
                SuiteProcess run =
                        SuiteProcess.start(folder, "@" + tried.trouble().criterion(), settings, none.options())) {
            int exit = run.await(LONGEST);
            Duration took = Duration.between(begun, Instant.now());
            return FaultRun.withoutReports(tried, run.output(), exit, new Leftovers(platform).afterAWhile(), took);
        }
    }

    /** Makes a minimal run, which removes what the run before it could not. */
    private static void sweep(Path folder) throws IOException, InterruptedException {
        try (SuiteProcess next = SuiteProcess.start(folder, "@PRE-1", lab, "-Ddelivery.html=false")) {
            next.await(LONGEST);
        }
    }

    private static FaultRun trial(FaultCase tried) {
        Instant begun = Instant.now();
        Map<String, String> settings = new HashMap<>(lab);
        Path folder = RUNS.resolve(tried.id());
        try {
            FaultInjection.recovered();
            Files.createDirectories(folder);
            if (tried.trouble().folder().isPresent()) {
                return withoutReports(tried, folder, settings, begun);
            }
            Optional<ProxyRoute> detour = tried.trouble().misconduct().isEmpty() ? Optional.empty()
                    : Optional.of(ProxyRoute.by(tried.trouble().misconduct().get(), platform, folder));
            detour.ifPresent(between -> settings.putAll(between.settings()));
            Optional<OtherClock> clock = tried.trouble().offset().isEmpty() ? Optional.empty()
                    : Optional.of(new OtherClock(tried.trouble().offset().get(), folder));
            clock.ifPresent(other -> settings.putAll(other.settings()));
            try (SuiteProcess run = SuiteProcess.start(folder, "@" + tried.trouble().criterion(), settings,
                    "-Ddelivery.html=false")) {
                Optional<FaultInjection.Struck> component = tried.how().isEmpty() ? Optional.empty()
                        : Optional.of(new FaultInjection(tried, platform.cluster().client(), run).carryOut());
                int exit = run.await(LONGEST);
                RunRecord record = run.record();
                FaultInjection.Struck struck = component.orElseGet(() -> new FaultInjection.Struck(Optional.empty(),
                        detour.map(between -> between.misconducts() == 0)
                                .or(() -> clock.map(other -> other.wasNotThere(record, begun))).orElse(true)));
                Duration took = Duration.between(begun, Instant.now());
                if (tried.trouble().outlived()) {
                    sweep(folder.resolve("next"));
                }
                List<String> left = new Leftovers(platform).afterAWhile();
                return FaultRun.of(tried, record, exit, struck, left, took);
            } finally {
                detour.ifPresent(ProxyRoute::close);
            }
        } catch (Exception | AssertionError trouble) {
            return FaultRun.none(tried, Duration.between(begun, Instant.now()), trouble);
        }
    }
}
