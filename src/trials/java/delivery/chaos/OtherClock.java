package delivery.chaos;

import delivery.report.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A clock that is set differently for one run than for this machine, and so than for the cluster on it. */
final class OtherClock {

    private static final Path SOURCE = Path.of("src/trials/resources/chaos/clock.c");
    private static final long LONGEST_SECONDS = 60;

    private final int offset;
    private final Path library;

    /**
     * @param offset seconds that the clock is ahead; negative if it is behind
     * @param folder for the library that sets it
     * @throws IllegalStateException if there is no C compiler
     */
    OtherClock(int offset, Path folder) throws IOException, InterruptedException {
        this.offset = offset;
        this.library = folder.resolve("clock.so").toAbsolutePath();
        Process compiler;
        try {
            compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), SOURCE.toString(),
                    "-ldl")
                    .redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new IllegalStateException("There is no C compiler here: apt-get install gcc libc6-dev", missing);
        }
        String said = new String(compiler.getInputStream().readAllBytes());
        if (!compiler.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
            throw new IllegalStateException(SOURCE + " could not be compiled: " + said);
        }
    }

    /** Returns the environment variables that give a run this clock. */
    Map<String, String> settings() {
        return Map.of("LD_PRELOAD", library.toString(), "CLOCK_OFFSET", String.valueOf(offset));
    }

    /**
     * Whether a run did not have this clock.
     *
     * @param begun start of the run by this machine's clock
     */
    boolean wasNotThere(RunRecord run, Instant begun) {
        Duration ahead = Duration.between(begun, Instant.parse(run.begin()));
        return ahead.minusSeconds(offset).abs().toSeconds() > Math.abs(offset) / 2;
    }
}
