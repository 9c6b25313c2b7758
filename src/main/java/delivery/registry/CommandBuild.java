package delivery.registry;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.RecordedCall;
import delivery.text.Ellipsis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Builds and pushes with a team's own command. A shell runs it with IMAGE, TAG, VERSION and BASE in its environment.
 * Only one runs at a time, because two builds in one folder may disturb each other.
 */
public record CommandBuild(String command, Registry registry, CallLog log, Guards guards) implements Build {

    /** The last lines of the output are the most useful ones. */
    private static final int LAST_LINES = 12;
    private static final int LONGEST = 2000;

    /**
     * The limits of a command.
     *
     * @param limit     for each run of it
     * @param withheld  variables of the suite's environment that it does not get
     * @param redaction removes secrets from its output
     */
    public record Guards(Duration limit, Set<String> withheld, UnaryOperator<String> redaction) {
    }

    @Override
    public synchronized PushedImage make(ImageName base, String tag, String version) {
        ImageName image = base.withTag(tag);
        run(base, image, version);
        PushedImage pushed = registry.image(image).orElseThrow(() -> failed("ended with 0, and the registry has no "
                + image, image, version)).by(command);
        log.record(new RecordedCall(pushed.at(), "registry", "PUT", pushed.path(), 201, ""));
        return pushed;
    }

    private void run(ImageName base, ImageName image, String version) {
        try {
            Path said = Files.createTempFile("build-", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true)
                        .redirectOutput(said.toFile());
                builder.environment().keySet().removeAll(guards.withheld());
                builder.environment().put("IMAGE", registry.reference(image));
                builder.environment().put("BASE", registry.reference(base));
                builder.environment().put("TAG", image.tag());
                builder.environment().put("VERSION", version);
                Process process = builder.start();
                process.getOutputStream().close();
                if (!ended(process)) {
                    throw failed("was not done after " + guards.limit().toSeconds() + " s" + last(said), image,
                            version);
                }
                if (process.exitValue() != 0) {
                    throw failed("ended with " + process.exitValue() + last(said), image, version);
                }
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the command of BUILD could not be run: " + e.getMessage(), e);
        }
    }

    /** Whether the command ended in time. In either case, none of its processes is left. */
    private boolean ended(Process process) {
        try {
            return process.waitFor(guards.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while BUILD ran", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private String last(Path said) throws IOException {
        List<String> lines = new String(Files.readAllBytes(said), StandardCharsets.UTF_8).lines()
                .filter(line -> !line.isBlank()).toList();
        String end = String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        return lines.isEmpty() ? "; it said nothing" : "; it said last:\n" + Ellipsis.to(LONGEST,
                guards.redaction().apply(end)) + "\n";
    }

    private EnvironmentNotFit failed(String how, ImageName image, String version) {
        return new EnvironmentNotFit("The command of BUILD " + how, "Run it with IMAGE=" + registry.reference(image)
                + " TAG=" + image.tag() + " VERSION=" + version + ", until it pushes that image");
    }
}
