package delivery.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The duration of a run, by its parts, and the processor time of the suite itself. */
final class RunTiming {

    private static final double TICKS_PER_SECOND = 100;

    private RunTiming() {
    }

    /** Returns one line about a run that ends now and whose last verdict came at {@code proved}. */
    static String words(Instant begun, Instant proved) {
        Instant now = Instant.now();
        String took =
                String.format(Locale.ROOT, "took %.1f s: %.1f s to prove, %.1f s to report and to remove what was made",
                seconds(begun, now), seconds(begun, proved), seconds(proved, now));
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return took;
        }
        double own = system.getProcessCpuTime() / 1e9 + programs();
        double alive = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        return took + String.format(Locale.ROOT,
                "; the suite and its programs %.1f s of processor time, %.0f%% of what %d cores had since it began",
                own, 100 * own / alive / system.getAvailableProcessors(), system.getAvailableProcessors());
    }

    /**
     * Returns the processor time, in seconds, of the programs that this process started and that have ended: cutime and
     * cstime of proc(5). 0 if there is no such file.
     */
    static double programs() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
        } catch (IOException none) {
            return 0;
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
