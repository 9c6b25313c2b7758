package delivery.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.environment.Platform;
import delivery.history.CallLog;
import delivery.lab.Lab;
import delivery.registry.ImageName;
import delivery.registry.PushedImage;
import delivery.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A comparison of the suite with a script of one whole journey, in turn on the same lab: wall time, processor time of
 * its own, and processor time of the whole machine. Nothing else should run there. Run with {@code make race N=5}.
 */
class Race {

    private static final int ROUNDS = Integer.getInteger("delivery.times", 5);
    private static final long LONGEST_MINUTES = 15;
    private static final Path SCRIPT = Path.of("src/trials/resources/race/journey.sh");
    private static final Path FOLDER = Path.of("target", "race");
    private static final Path TABLE = Path.of("reports", "race.md");
    /** Output of bash's {@code time}: seconds of wall, user and kernel time. */
    private static final Pattern TIMES = Pattern.compile("TIMES (\\S+) (\\S+) (\\S+)\\s*$");
    private static final int HERTZ = 100;

    /** @param machine seconds of processor time of all processes of the machine meanwhile */
    private record Times(double wall, double own, double machine) {
    }

    private final String run = UUID.randomUUID().toString().substring(0, 5);
    private final Platform platform = Platform.open(
            Settings.load(new Lab(Path.of("lab")).up(line -> { }), new Properties(), Map.of()),
            new CallLog());

    @Test
    void suiteAlongsideScript() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        ImageName base = ImageName.parse("ghcr.io/sample-team/sample-api:1.0.0");
        PushedImage one = push(base, "acceptance-" + run + "-race-1");
        PushedImage other = push(base, "acceptance-" + run + "-race-2");
        List<Times> suite = new ArrayList<>();
        List<Times> script = new ArrayList<>();
        try {
            timed("warm", "make --no-print-directory acceptance");
            for (int round = 1; round <= ROUNDS; round++) {
                script.add(journey(round, one, other));
                suite.add(timed("suite-" + round, "make --no-print-directory acceptance"));
            }
            Times criterion = timed("one", "make --no-print-directory acceptance TAGS=@BG-1");
            Took took = Took.in(Files.readString(FOLDER.resolve("one.txt"))).orElseThrow();
            Files.writeString(TABLE, table(suite, script, criterion, took));
        } finally {
            platform.registry().delete(one, base);
            platform.registry().delete(other, base);
            platform.close();
        }
    }

    private PushedImage push(ImageName base, String tag) {
        return platform.build().make(base, tag, tag);
    }

    private Times journey(int round, PushedImage one, PushedImage other) throws IOException, InterruptedException {
        String name = "sample-api-race-" + round + "-" + run;
        try {
            return timed("script-" + round, "lab/lab shell bash " + SCRIPT + " " + name + " " + one.name().tag() + " "
                    + other.name().tag());
        } finally {
            platform.applications().remove(name);
            // The suite begins after the removal, which counts for neither.
            platform.cluster().client().namespaces().withName(name).delete();
            platform.cluster().client().namespaces().withName(name)
                    .waitUntilCondition(Objects::isNull, LONGEST_MINUTES, TimeUnit.MINUTES);
        }
    }

    private Times timed(String what, String command) throws IOException, InterruptedException {
        double before = machine();
        Path said = FOLDER.resolve(what + ".txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "TIMEFORMAT='TIMES %3R %3U %3S'; time " + command)
                .redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().remove("KUBECONFIG");
        Process process = builder.start();
        assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).as(what + " ends").isTrue();
        String words = Files.readString(said);
        assertThat(process.exitValue()).as(what + " succeeds; it said: " + words).isZero();
        Matcher times = TIMES.matcher(words);
        assertThat(times.find()).as("times of " + what).isTrue();
        return new Times(Double.parseDouble(times.group(1)), Double.parseDouble(times.group(2))
                + Double.parseDouble(times.group(3)), machine() - before);
    }

    /** Returns the seconds of processor time that the machine has used since it was started. */
    private static double machine() throws IOException {
        String[] all = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+");
        // user, nice, system, irq, softirq; not idle and iowait
        return Stream.of(1, 2, 3, 6, 7).mapToDouble(column -> Double.parseDouble(all[column])).sum() / HERTZ;
    }

    private static String table(List<Times> suite, List<Times> script, Times criterion, Took took) {
        return "# Race\n\nThe suite (`make acceptance`) and a script of one whole journey (`" + SCRIPT
                + "`) in turn on the same warm lab, on " + Runtime.getRuntime().availableProcessors()
                + " cores, medians of "
                + suite.size() + ". Written by `make race`; what else ran on the machine counts too.\n\n"
                + "| seconds | suite | script | ratio |\n|---|---|---|---|\n"
                + row("wall time", suite.stream().map(Times::wall).toList(), script.stream().map(Times::wall).toList())
                + row("processor time of the whole machine", suite.stream().map(Times::machine).toList(),
                        script.stream().map(Times::machine).toList())
                + row("processor time of the client side", suite.stream().map(Times::own).toList(),
                        script.stream().map(Times::own).toList())
                + String.format(Locale.ROOT, "%nOne criterion, `make acceptance TAGS=@BG-1`: %.1f s from command to"
                        + " prompt, of which it proves for %.1f s (ratio %.2f); %.1f s of processor time on the client"
                        + " side.%n", criterion.wall(), took.toProve(), criterion.wall() / took.toProve(),
                        criterion.own());
    }

    private static String row(String what, List<Double> suite, List<Double> script) {
        double ours = median(suite);
        double theirs = median(script);
        return String.format(Locale.ROOT, "| %s | %.1f | %.1f | %.2f |%n", what, ours, theirs, ours / theirs);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
