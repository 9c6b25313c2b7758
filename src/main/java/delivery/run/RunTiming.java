package delivery.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How long a run took, for what, and how much of it was the suite's own work. */
final class RunTiming {

    private RunTiming() {
    }

    /** One line, of a run that ends now and had its last verdict before; processor time is this process's own. */
    static String words(Instant begun, Instant proved) {
        Instant now = Instant.now();
        String took =
                String.format(Locale.ROOT, "took %.1f s: %.1f s to prove, %.1f s to report and to remove what was made",
                seconds(begun, now), seconds(begun, proved), seconds(proved, now));
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return took;
        }
        double own = system.getProcessCpuTime() / 1e9;
        return took + String.format(Locale.ROOT,
                "; the suite itself %.1f s of processor time, %.0f%% of what %d cores had",
                own, 100 * own / seconds(begun, now) / system.getAvailableProcessors(),
                system.getAvailableProcessors());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
