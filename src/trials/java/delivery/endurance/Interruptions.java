package delivery.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import delivery.acceptance.LiveState;
import delivery.acceptance.SuiteProcess;
import delivery.environment.Platform;
import delivery.history.CallLog;
import delivery.lab.Lab;
import delivery.settings.Settings;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Trials of runs that are ended by Ctrl-C and kill -9 in turn, each at a random moment. The next run must be green, and
 * nothing of the old one may be left. Nothing else may run on the lab meanwhile. Run with {@code make interruptions
 * N=10}. With {@code MODE=in-place} the live release must end as it was, and background users send requests to it all
 * the while.
 */
class Interruptions {

    private static final int WANTED = Integer.getInteger("delivery.times", 10);
    private static final long SEED =
            Long.getLong("delivery.seed", ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    /** A blue-green release, a canary and an undo: enough to show that leftovers of an old run disturb none of them. */
    private static final String SOME = "@BG-3 or @CAN-1 or @RB-2";
    private static final String ALL = "";
    private static final int TRIES = 3;
    private static final boolean IN_PLACE = "in-place".equals(System.getenv("MODE"));
    private static final Duration LONGEST = Duration.ofHours(12);

    private static Platform platform;
    private static BackgroundTraffic users;
    private static Aftermath aftermath;
    private static Random random;
    private static Duration usual;

    @BeforeAll
    static void open() {
        Map<String, String> lab = new Lab(Path.of("lab")).up(line -> { });
        platform = Platform.open(Settings.load(lab, new Properties(), Map.of()), new CallLog());
        users = platform.gateway().observe(platform.settings().hostDomain(), Endpoint.VERSION, LONGEST, 1);
        aftermath = new Aftermath(platform, new InterruptionTable(Path.of("reports",
                IN_PLACE ? "interruptions-in-place.md" : "interruptions.md"), "Complete runs"
                + (IN_PLACE ? " in place" : "") + " ended by Ctrl-C and kill -9 in turn, each at a random moment (seed "
                + SEED + "); after each a run of " + SOME + ", and of everything first and last."),
                IN_PLACE ? Optional.of(LiveState.of(platform)) : Optional.empty());
        random = new Random(SEED);
        System.out.println("The moments are of the seed " + SEED + ": -Ddelivery.seed=" + SEED
                + " takes the same again");
    }

    @AfterAll
    static void close() {
        System.out.println("Users of the live release all the while: " + users.soFar().sentence());
        users.close();
        platform.close();
    }

    @TestFactory
    Stream<DynamicTest> theNextRunIsGreenAndNothingIsLeft() {
        return Stream.of(
                Stream.of(dynamicTest("before all", () -> uninterrupted("before all"))),
                IntStream.rangeClosed(1, WANTED).mapToObj(number -> dynamicTest("interruption " + number,
                        () -> interrupted(number))),
                Stream.of(dynamicTest("after all", () -> uninterrupted("after all")))).flatMap(tests -> tests);
    }

    private static void uninterrupted(String when) throws IOException, InterruptedException {
        try (SuiteProcess run = aftermath.start(when.replace(' ', '-'), ALL)) {
            Instant begun = aftermath.firstScenario(run);
            Interruption result = aftermath.of(when, run, Aftermath.How.LEFT_ALONE, begun, ALL);
            usual = Duration.between(begun, Instant.now());
            assertThat(result.complaints()).as(when).isEmpty();
        }
    }

    private static void interrupted(int number) throws IOException, InterruptedException {
        assertThat(usual).as("the time that a run takes, by the one before all").isNotNull();
        Duration longest = usual;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try (SuiteProcess run = aftermath.start(number + "-interrupted", ALL)) {
                Instant begun = aftermath.firstScenario(run);
                Duration moment = Duration.ofMillis(Math.round(random.nextDouble() * longest.toMillis()));
                if (!run.endsWithin(moment.minus(Duration.between(begun, Instant.now())))) {
                    Interruption result = aftermath.of(String.valueOf(number), run,
                            number % 2 == 1 ? Aftermath.How.CTRL_C : Aftermath.How.KILL_9, begun, SOME);
                    assertThat(result.complaints()).as("interruption " + number).isEmpty();
                    return;
                }
                // Faster than the first run, this one ended before the moment: choose another within its duration.
                longest = Duration.between(begun, Instant.now());
            }
        }
        throw new AssertionError(TRIES + " runs ended before they could be interrupted");
    }
}
